"""Two reports side by side, as their reader meets them."""

import json
from pathlib import Path
from typing import Any

import pytest

from contract_tests import contract
from contract_tests.options import Setting
from contract_tests.proving import options
from contract_tests.reports.as_json import as_json
from contract_tests.running import run
from contract_tests.selftest.runs import command

HEAD = {"contract": contract.DETAILS, "target": "https://api.example/graphql", "started": "2026-06-30T12:00:00+00:00"}


def report(folder: Path, name: str, verdicts: dict[str, str], **observations: str) -> str:
    clauses = [{"id": clause, "verdict": verdict, "reason": "a reason"} for clause, verdict in verdicts.items()]
    path = folder / name
    path.write_text(json.dumps({**HEAD, "verdict": "kept", "clauses": clauses, "observations": observations}))
    return str(path)


@pytest.mark.parametrize(
    ("before", "now", "direction", "code"),
    [
        ("kept", "broken", "worse", 1),
        ("kept", "inconclusive", "worse", 1),
        ("inconclusive", "broken", "worse", 1),
        ("not-exercised", "broken", "worse", 1),
        ("broken", "kept", "better", 0),
        ("inconclusive", "kept", "better", 0),
        ("broken", "not-exercised", "other", 0),
        ("kept", "not-exercised", "other", 0),
        ("not-exercised", "kept", "other", 0),
    ],
)
def test_a_changed_verdict_is_worse_better_or_neither(
    tmp_path: Path, before: str, now: str, direction: str, code: int
) -> None:
    files = (report(tmp_path, "one", {"totals.tasks": before}), report(tmp_path, "other", {"totals.tasks": now}))
    done = command("compare", *files)
    assert done.returncode == code
    assert f"{direction:<8}totals.tasks was {before} and is {now}" in done.stdout


def test_a_changed_observation_is_named_and_is_not_worse(tmp_path: Path) -> None:
    before = report(tmp_path, "one", {}, **{"page-cap": "50", "tie-break": "not seen"})
    done = command("compare", before, report(tmp_path, "other", {}, **{"page-cap": "25", "tie-break": "name"}))
    assert (done.returncode, "observed page-cap was 50 and is 25" in done.stdout) == (0, True)
    assert "tie-break" not in done.stdout


def test_a_clause_that_one_report_lacks_is_worse_only_where_it_is_broken(tmp_path: Path) -> None:
    none, kept = report(tmp_path, "none", {}), report(tmp_path, "kept", {"totals.tasks": "kept"})
    broken = report(tmp_path, "broken", {"totals.tasks": "broken"})
    assert [command("compare", none, other).returncode for other in (kept, broken)] == [0, 1]
    assert "totals.tasks was kept and is absent" in command("compare", kept, none).stdout


def compared(folder: Path, before: str, now: str) -> dict[str, Any]:
    done = command("compare", before, now, "--json", str(folder / "changes.json"))
    said = command("compare", before, now, "--json", "-").stdout
    found: dict[str, Any] = json.loads((folder / "changes.json").read_text())
    assert (json.loads(said), done.returncode) == (found, int(found["worse"]))
    return found


def test_runs_against_a_deviation_are_compared_as_json(tmp_path: Path) -> None:
    files = []
    for number, deviations in enumerate(((), ("page-only-totals",))):
        told = as_json(run(options("quick", Setting(deviations=deviations), ["totals"])))
        files.append(tmp_path / f"{number}.json")
        files[-1].write_text(json.dumps(told))
    worse = compared(tmp_path, *map(str, files))
    assert {one["id"] for one in worse["clauses"] if one["direction"] == "worse"} >= {"totals.flows", "totals.tasks"}
    better = compared(tmp_path, *map(str, reversed(files)))
    assert (better["worse"], {one["direction"] for one in better["clauses"]}) == (False, {"better"})
    assert compared(tmp_path, str(files[0]), str(files[0]))["clauses"] == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no JSON"),
        ("[1]", "no report"),
        ('{"contract": "integrationsUsageDetails"}', "no report"),
        (json.dumps({**HEAD, "verdict": "fine", "clauses": [], "observations": {}}), "no report"),
        (json.dumps({**HEAD, "verdict": "kept", "clauses": [7], "observations": {}}), "no report"),
        (json.dumps({**HEAD, "verdict": "kept", "clauses": [], "observations": []}), "no report"),
    ],
)
def test_what_is_no_report_is_wrong_usage(tmp_path: Path, text: str, sentence: str) -> None:
    other = tmp_path / "other"
    other.write_text(text)
    done = command("compare", report(tmp_path, "one", {}), str(other))
    assert (done.returncode, done.stderr.count("\n"), sentence in done.stderr) == (4, 1, True)


def test_a_comparison_that_cannot_be_written_is_wrong_usage(tmp_path: Path) -> None:
    one = report(tmp_path, "one", {})
    done = command("compare", one, one, "--json", str(tmp_path / "nowhere" / "changes.json"))
    assert (done.returncode, done.stderr.count("\n"), "cannot be written" in done.stderr) == (4, 1, True)
