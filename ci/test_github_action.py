"""The steps of the GitHub Action, run as they stand in its file, with the variables that a runner sets."""

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from filelock import FileLock

from mock_server.serving import MockServer

ACTION = yaml.safe_load((Path(__file__).parent / "github" / "action.yml").read_text())
WORKFLOW = yaml.safe_load((Path(__file__).parents[1] / ".github" / "workflows" / "contract.yml").read_text())
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
Shell = Callable[..., "subprocess.CompletedProcess[str]"]


@dataclass
class Judged:
    """What a step left: its exit code, what it printed, its outputs and the summary."""

    code: int
    printed: str
    outputs: dict[str, str]
    summary: str


@pytest.fixture(scope="module")
def runner(shell: Shell, root: Path, once: Path) -> Path:
    """Return the runner's folder for temporary files, with the suite installed in it by the action's own step."""
    folder, installed = once / "runner", once / "runner.installed"
    variables = {"RUNNER_TEMP": str(folder), "SUITE": STEPS["Install the suite"]["env"]["SUITE"]}
    variables["SUITE"] = variables["SUITE"].replace("${{ github.action_path }}", str(root / "ci" / "github"))
    with FileLock(once / "runner.lock"):
        if not installed.exists():
            folder.mkdir(exist_ok=True)
            done = shell(STEPS["Install the suite"]["run"], folder, variables)
            assert done.returncode == 0, done.stderr
            installed.touch()
    return folder


@pytest.fixture
def judge(shell: Shell, runner: Path, tmp_path: Path) -> Callable[..., Judged]:
    def run(**inputs: str) -> Judged:
        given = {name: one["default"] for name, one in ACTION["inputs"].items()} | {
            name.replace("_", "-"): value for name, value in inputs.items()
        }
        names = {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", r"\1", value) for name, value in STEPS["Judge"]["env"].items()
        }
        output, summary = tmp_path / "output", tmp_path / "summary.md"
        runners = {"GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary)}
        variables = {name: given[value] for name, value in names.items()}
        done = shell(STEPS["Judge"]["run"], tmp_path, {**variables, **runners, "RUNNER_TEMP": str(runner)})
        outputs = dict(line.split("=", 1) for line in output.read_text().splitlines())
        said = summary.read_text() if summary.exists() else ""
        return Judged(done.returncode, done.stdout + done.stderr, outputs, said)

    return run


def asked_of(server: MockServer) -> dict[str, str]:
    return {
        "target": server.url,
        "token": server.world.callers[0].token,
        "organization_id": server.world.organizations[0].id,
        "profile": "quick",
        "only": "totals",
    }


def test_a_kept_contract_is_told_by_outputs_a_summary_and_a_notice(
    judge: Callable[..., Judged], honest: MockServer
) -> None:
    done = judge(**asked_of(honest))
    assert (done.code, done.outputs["verdict"], done.outputs["exit-code"]) == (0, "kept", "0"), done.printed
    assert "| totals |" in done.summary
    assert "::notice title=integrationsUsageDetails%3A kept::" in done.printed


def test_a_broken_one_fails_the_step_with_an_annotation_and_a_comment(
    judge: Callable[..., Judged], deviating: MockServer
) -> None:
    done = judge(**asked_of(deviating))
    assert (done.code, done.outputs["verdict"], done.outputs["exit-code"]) == (1, "broken", "1")
    assert "::error title=totals.flows is broken::" in done.printed
    comment = Path(done.outputs["comment"]).read_text()
    assert comment.startswith("## ✗ integrationsUsageDetails: broken")
    assert "### ✗ totals.flows" in comment


def test_every_report_stands_in_the_folder_that_is_kept(judge: Callable[..., Judged], deviating: MockServer) -> None:
    folder = Path(judge(**asked_of(deviating)).outputs["report"])
    assert sorted(path.name for path in folder.iterdir()) == ["comment.md", "report.html", "report.json", "report.xml"]
    assert json.loads((folder / "report.json").read_text())["verdict"] == "broken"
    assert ElementTree.parse(folder / "report.xml").getroot().tag == "testsuites"
    assert STEPS["Keep the reports"]["with"]["path"] == "${{ steps.judge.outputs.report }}"


def test_it_need_not_fail(judge: Callable[..., Judged], deviating: MockServer) -> None:
    done = judge(**asked_of(deviating), fail="false")
    assert (done.code, done.outputs["exit-code"]) == (0, "1")


def test_several_clauses_and_further_options_are_words(judge: Callable[..., Judged], honest: MockServer) -> None:
    done = judge(**{**asked_of(honest), "only": "totals.flows\n  period"}, options="--seed 7\n--period last_month")
    report: dict[str, Any] = json.loads((Path(done.outputs["report"]) / "report.json").read_text())
    assert {clause["id"].partition(".")[0] for clause in report["clauses"]} == {"totals", "period"}
    assert (report["seed"], report["periods"]) == (7, ["last_month"])


def test_no_input_is_run_by_the_shell(judge: Callable[..., Judged], honest: MockServer, tmp_path: Path) -> None:
    hostile = "$(touch pwned) `touch pwned` ; touch pwned"
    done = judge(**{**asked_of(honest), "only": hostile, "organization_id": hostile})
    assert (done.code, done.outputs["verdict"]) == (4, "")
    assert not (tmp_path / "pwned").exists()


def test_without_a_token_the_step_says_what_to_do(judge: Callable[..., Judged], honest: MockServer) -> None:
    done = judge(**{**asked_of(honest), "token": ""})
    assert (done.code, done.outputs["exit-code"]) == (4, "4")
    assert "set PIPEFY_TOKEN" in done.printed


def test_without_a_target_the_mock_is_judged(judge: Callable[..., Judged]) -> None:
    done = judge(profile="quick", only="period")
    assert (done.code, done.outputs["verdict"]) == (0, "kept"), done.printed


def test_every_input_is_used_and_every_output_is_made() -> None:
    text = json.dumps(ACTION["runs"])
    assert [name for name in ACTION["inputs"] if f"inputs.{name}" not in text] == []
    made = re.findall(r'echo "([\w-]+)=', STEPS["Judge"]["run"])
    assert sorted(made) == sorted(ACTION["outputs"])


def test_our_own_workflow_comments_what_the_action_wrote(shell: Shell, tmp_path: Path) -> None:
    (step,) = (one for one in WORKFLOW["jobs"]["contract"]["steps"] if "run" in one)
    program = tmp_path / "gh"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > said\n')
    program.chmod(0o755)
    comment = tmp_path / "comment.md"
    comment.write_text("## kept")
    variables = {"PATH": f"{tmp_path}:/usr/bin:/bin", "NUMBER": "7", "COMMENT": str(comment), "GH_TOKEN": "none"}
    assert shell(step["run"], tmp_path, variables).returncode == 0
    said = (tmp_path / "said").read_text().split()
    assert (said[:3], said[-1]) == (["pr", "comment", "7"], str(comment))
    assert step["env"]["COMMENT"] == "${{ steps.contract.outputs.comment }}"


def test_our_own_workflow_comments_nothing_where_the_run_could_not_begin(shell: Shell, tmp_path: Path) -> None:
    (step,) = (one for one in WORKFLOW["jobs"]["contract"]["steps"] if "run" in one)
    assert shell(step["run"], tmp_path, {"PATH": "/usr/bin:/bin", "COMMENT": ""}).returncode == 0
