"""What GitHub Actions is told: commands that no target can write, and Markdown that no target can shape."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from contract_tests.judgements import Finding, Judgement
from contract_tests.options import Setting
from contract_tests.proving import options
from contract_tests.reports.github import LARGEST_COMMENT, annotations, fenced, inert, markdown, publish, shielded
from contract_tests.reports.report import Report
from contract_tests.running import run
from contract_tests.verdict import Verdict

HOSTILE = "a, b: 100%\r\n::error::pwned\n```\n# | <script>alert(1)</script> ![x](http://127.0.0.1/x) @all"
ACTIONS = {"GITHUB_ACTIONS": "true"}


@pytest.fixture(scope="module")
def broken() -> Report:
    return run(options("quick", Setting(deviations=("page-only-totals",)), ["totals"]))


@pytest.fixture
def hostile(broken: Report) -> Report:
    finding = Finding({"search": HOSTILE}, HOSTILE, HOSTILE, (), HOSTILE, HOSTILE)
    judgements = (
        Judgement("totals.flows", Verdict.BROKEN, HOSTILE, finding=finding),
        Judgement("totals.tasks", Verdict.INCONCLUSIVE, HOSTILE),
        Judgement("totals.filtered", Verdict.INCONCLUSIVE, HOSTILE),
    )
    return replace(broken, judgements=judgements, target=HOSTILE, trouble=HOSTILE)


def test_each_cause_is_an_error_and_the_whole_a_notice(broken: Report) -> None:
    said = annotations(broken)
    titles = [re.split("::", command)[1] for command in said if command.startswith("::error")]
    assert titles == [f"error title={one.clause} is broken" for one in broken.violations if not one.follows_from]
    assert said[-1].startswith("::notice title=integrationsUsageDetails%3A broken::broken: ")


def test_a_clause_that_only_warns_is_a_warning(broken: Report) -> None:
    warned = replace(broken, judgements=(Judgement("page.past-the-end", Verdict.BROKEN, "it is broken"),))
    assert annotations(warned)[0].startswith("::warning title=page.past-the-end is broken::")


def test_what_stops_several_clauses_is_said_once(hostile: Report) -> None:
    assert len([command for command in annotations(hostile) if "inconclusive::" in command]) == 1
    allowed = replace(hostile, options=replace(hostile.options, allow_inconclusive=True))
    assert sum("::warning" in command for command in annotations(allowed)) == 1


def test_no_text_of_a_target_ends_a_command(hostile: Report) -> None:
    for command in annotations(hostile):
        assert len(re.split(r"[\r\n]", command)) == 1
        properties = command.split("::")[1]
        assert (properties.count("title="), properties.count(","), "100%25" in command) == (1, 0, True)


def test_what_a_run_prints_is_no_command(capsys: pytest.CaptureFixture[str]) -> None:
    with shielded(ACTIONS):
        print(HOSTILE)
    stop, *_, resume = capsys.readouterr().out.splitlines()
    assert (stop.startswith("::stop-commands::"), resume) == (True, f"::{stop.rpartition('::')[2]}::")


def test_elsewhere_nothing_is_said(broken: Report, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    summary = tmp_path / "summary.md"
    with shielded({}):
        publish(broken, {"GITHUB_STEP_SUMMARY": str(summary)})
    assert (capsys.readouterr().out, summary.exists()) == ("", False)


def test_a_run_annotates_its_job_after_what_it_prints(tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    done = subprocess.run(
        [sys.executable, "-m", "contract_tests", "run", "--profile", "quick", "--only", "stats.window"],
        env={**os.environ, **ACTIONS, "GITHUB_STEP_SUMMARY": str(summary)},
        capture_output=True,
        text=True,
        check=False,
    )
    first, *_, resumed, last = done.stdout.splitlines()
    assert (done.returncode, first.startswith("::stop-commands::")) == (0, True)
    assert (resumed, last[:9]) == (f"::{first.rpartition('::')[2]}::", "::notice ")
    assert "| stats | 1 |" in summary.read_text()


def test_the_summary_is_added_to_what_is_there(broken: Report, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("# Before\n")
    publish(broken, {**ACTIONS, "GITHUB_STEP_SUMMARY": str(summary)})
    assert summary.read_text().startswith("# Before\n## ✗ integrationsUsageDetails: broken\n")


def test_a_summary_that_cannot_be_written_is_a_warning(broken: Report, capsys: pytest.CaptureFixture[str]) -> None:
    publish(broken, {**ACTIONS, "GITHUB_STEP_SUMMARY": "/nowhere/summary.md"})
    assert "::warning title=contract-tests::the summary cannot be written" in capsys.readouterr().out


def test_the_summary_has_a_table_of_the_families_and_each_finding_to_copy(broken: Report) -> None:
    said = markdown(broken)
    row = next(line for line in said.splitlines() if line.startswith("| totals |"))
    counts = [int(cell.strip() or 0) for cell in row.split("|")[2:-1]]
    assert sum(counts) == len(broken.judgements)
    assert said.count("```sh\ncurl -sS ") == len(broken.causes)


def test_no_text_of_a_target_is_markup(hostile: Report) -> None:
    shown = MarkdownIt("commonmark").enable("table").render(markdown(hostile))
    assert re.findall(r"<(script|img|a|h1)\b", shown) == []
    assert shown.count("<h3>") == 1


@pytest.mark.parametrize("text", ["```", "a\n````\nb", "`", ""])
def test_a_block_of_code_ends_where_it_is_to_end(text: str) -> None:
    (token,) = MarkdownIt("commonmark").parse(fenced(text))
    assert (token.type, token.content) == ("fence", f"{text}\n")


def test_a_text_is_one_line_without_marks() -> None:
    assert inert("a|b\n*c*") == "a&#124;b &#42;c&#42;"


def test_a_summary_never_grows_beyond_what_github_takes(hostile: Report) -> None:
    finding = Finding({}, "", "", (), "c" * 400_000)
    clauses = ("totals.flows", "totals.tasks", "totals.filtered")
    many = tuple(Judgement(clause, Verdict.BROKEN, finding=finding) for clause in clauses)
    said = markdown(replace(hostile, judgements=many))
    assert (len(said.encode()) < 1_000_000, "… and 1 more" in said) == (True, True)


def test_a_comment_holds_what_github_takes_and_counts_the_rest(broken: Report) -> None:
    finding = Finding({}, "", "", (), "c" * 40_000)
    many = tuple(Judgement(f"totals.{name}", Verdict.BROKEN, finding=finding) for name in ("flows", "tasks"))
    said = markdown(replace(broken, judgements=many), LARGEST_COMMENT)
    assert (40_000 < len(said) < 65_536, "… and 1 more" in said) == (True, True)
