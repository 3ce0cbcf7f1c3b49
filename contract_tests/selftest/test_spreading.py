"""The suite under pytest itself and over pytest-xdist's workers: the same verdicts, one report, one budget."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from contract_tests.judgements import Judgement
from contract_tests.options import Setting
from contract_tests.proving import options
from contract_tests.reports.report import Report
from contract_tests.running import run
from contract_tests.spreading import part, together
from contract_tests.verdict import Verdict
from mock_server.records import Caller
from mock_server.serving import MockServer
from mock_server.worlds import load

CANARY = "canary-Zq7XvT4kLw9"
# Ends the second worker as a machine that fails would.
DYING = """
import os
def pytest_runtest_setup(item):
    if getattr(item.config, "workerinput", {}).get("workerid") == "gw1":
        os._exit(1)
"""


@pytest.fixture(scope="module")
def deviating() -> Iterator[MockServer]:
    world = load("ties")
    callers = tuple(Caller(CANARY, one.role, one.organizations) for one in world.callers[:1]) + world.callers[1:]
    with MockServer(replace(world, callers=callers), deviations=["page-only-totals"]) as server:
        yield server


def tried(folder: Path, url: str, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run pytest on the clauses, in a folder and with a token of its own."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--pyargs", "contract_tests.clauses"]
    asked = ["--target", url, "--organization-id", "301234567", "--seed", "3", *arguments]
    foreign = ("PIPEFY", "CONTRACT", "PYTEST_", "GITHUB", "COV_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return subprocess.run(
        [*command, *asked],
        cwd=folder,
        env={**environment, "PIPEFY_TOKEN": CANARY, **variables},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text()))


def test_two_workers_give_the_verdicts_of_one_and_one_report(deviating: MockServer, tmp_path: Path) -> None:
    said: dict[str, list[Any]] = {}
    for name, workers in (("one", "0"), ("two", "2")):
        arguments = ["--profile", "quick", "-n", workers, "--report-json", f"{name}.json", "--report-html", "page.html"]
        done = tried(tmp_path, deviating.url, *arguments, "--report-junit", "junit.xml")
        assert done.returncode == 1, done.stdout + done.stderr
        assert "broken: " in done.stdout.partition("- integrationsUsageDetails -")[2]
        report = read(tmp_path / f"{name}.json")
        verdicts = [(clause["id"], clause["verdict"], clause["follows_from"]) for clause in report["clauses"]]
        tests = ElementTree.parse(tmp_path / "junit.xml").getroot().findall(".//testcase")
        names = sorted(test.get("name", "") for test in tests)
        assert {name.partition(":")[0] for name in names} == {clause for clause, *_ in verdicts}
        said[name] = [verdicts, report["observations"], report["verdict"], report["seed"], names]
    assert said["two"] == said["one"]
    left = [done.stdout.encode(), done.stderr.encode()]
    left += [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert [text for text in left if CANARY.encode() in text] == []


def test_a_test_of_another_kind_keeps_its_own_name_in_junit_xml(deviating: MockServer, tmp_path: Path) -> None:
    (tmp_path / "test_other.py").write_text(
        "import pytest\n\n@pytest.mark.clause('of another book')\ndef test_it_is(): ...\n\ndef test_that_is(): ...\n"
    )
    tried(tmp_path, deviating.url, "test_other.py", "--only", "period", "--report-junit", "junit.xml")
    tests = ElementTree.parse(tmp_path / "junit.xml").getroot().findall(".//testcase")
    names = {test.get("name", "") for test in tests}
    assert "test_that_is" in names
    assert {name.partition(":")[0] for name in names} - {"test_that_is", "test_it_is"} == {"period.accepted"}


def test_workers_share_one_budget(deviating: MockServer, tmp_path: Path) -> None:
    arguments = ["-n", "2", "--only", "totals", "--max-requests", "150", "--report-json", "report.json"]
    tried(tmp_path, deviating.url, *arguments)
    assert 100 < read(tmp_path / "report.json")["requests"] <= 150


def test_each_worker_keeps_its_part_of_the_rate_and_of_the_requests() -> None:
    whole = replace(options("quick", Setting()), rate=10.0, max_requests=101)
    theirs = part(whole, 4, 7)
    assert (theirs.rate, theirs.max_requests, theirs.seed) == (2.5, 25, 7)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["-n", "2", "--profile", "live"], "the live profile asks one request at a time"),
        (["-n", "2", "--max-requests", "1"], "--max-requests 1 cannot be shared by 2 workers"),
        (["-n", "2", "--report-json", "/nowhere/report.json"], "cannot be written"),
        (["--report-json", "/nowhere/report.json"], "cannot be written"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    done = tried(tmp_path, "http://127.0.0.1:1/graphql", *arguments)
    assert (done.returncode, "Traceback" in done.stdout + done.stderr) == (4, False)
    assert sentence in done.stderr


def test_what_could_not_be_judged_is_no_success(tmp_path: Path) -> None:
    done = tried(tmp_path, "http://127.0.0.1:1/graphql", "--only", "totals", "--max-time", "5s")
    assert done.returncode == 6, done.stdout + done.stderr
    assert "not reachable" in done.stdout


def test_a_worker_that_dies_is_an_error_of_the_run(deviating: MockServer, tmp_path: Path) -> None:
    (tmp_path / "dying.py").write_text(DYING)
    arguments = ["-p", "dying", "-n", "2", "--max-worker-restart", "0", "--only", "totals", "--report-json", "r.json"]
    done = tried(tmp_path, deviating.url, *arguments, PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    assert "worker gw1 of pytest-xdist died" in done.stdout


@pytest.fixture(scope="module")
def kept() -> Report:
    return run(options("quick", Setting(world="documented"), ["totals"]))


def test_a_clause_is_as_bad_as_the_worst_of_its_tests(kept: Report) -> None:
    broken = Judgement("totals.flows", Verdict.BROKEN, "it is broken")
    other = replace(kept, judgements=(broken,), requests=5)
    whole = together(kept.options, [kept, other], [])
    verdicts = {one.clause: one.verdict for one in whole.judgements}
    assert (verdicts["totals.flows"], verdicts["totals.tasks"]) == (Verdict.BROKEN, Verdict.KEPT)
    assert whole.requests == kept.requests + 5


def test_what_a_dead_worker_judged_is_not_taken_for_kept(kept: Report) -> None:
    whole = together(kept.options, [kept], ["gw1"])
    assert (whole.exit_code, whole.crashes) == (
        3,
        ("the worker gw1 of pytest-xdist died, and what it judged is not known",),
    )
