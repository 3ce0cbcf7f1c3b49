"""The suite as its user meets it: exit codes, sentences, reports."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from xml.etree import ElementTree

import pytest

from contract_tests import contract
from contract_tests.reports.report import suite_version
from contract_tests.selftest.runs import TOKEN, command
from mock_server.serving import MockServer
from mock_server.worlds import load


@pytest.fixture(scope="module")
def documented() -> Iterator[str]:
    with MockServer(load("documented")) as server:
        yield server.url


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["run", "--only", "totals.task"], "totals.tasks"),
        (["run", "--profile", "quik"], "quick"),
        (["run", "--period", "last_year"], "unknown period"),
        (["run", "--target", "localhost:4000"], "--target takes a URL"),
        (["run", "--target", "http://127.0.0.1:1/graphql"], "no organization"),
        (["run", "--seed", "x"], "--seed takes"),
        (["run", "--rate", "fast"], "--rate takes"),
        (["run", "--max-time", "soon"], "--max-time takes"),
        (["run", "--report-json", "/nowhere/report.json"], "cannot be written"),
        (["run", "--report-json", "/"], "cannot be written"),
        (["run", "--organization-id", "1"], "give --target"),
        (["run", "--frobnicate"], "--frobnicate"),
        (["prove", "page-only-total"], "page-only-totals"),
        ([], "required"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_4(arguments: list[str], sentence: str) -> None:
    done = command(*arguments)
    assert (done.returncode, done.stderr.count("\n")) == (4, 1)
    assert sentence in done.stderr


@pytest.mark.parametrize("token", [None, "Bearer secret-word", "secret-word\n", "secret-wörd"])
def test_a_token_that_is_none_is_wrong_usage_and_never_shown(token: str | None) -> None:
    done = command("run", "--target", "http://127.0.0.1:1/graphql", "--organization-id", "1", token=token)
    assert (done.returncode, done.stderr.count("\n"), "PIPEFY_TOKEN" in done.stderr) == (4, 1, True)
    assert "secret" not in done.stdout + done.stderr


def test_a_token_that_the_target_does_not_know_is_said_so(documented: str) -> None:
    done = command("run", "--target", documented, "--organization-id", "1", "--profile", "quick", token="nobodys-token")
    assert (done.returncode, "refuses the token" in done.stdout) == (6, True)


def test_an_organization_that_the_token_may_not_see_is_no_violation(documented: str) -> None:
    uuid = load("documented").organizations[1].uuid
    done = command("run", "--target", documented, "--organization-uuid", uuid, "--profile", "quick")
    assert (done.returncode, "denies this organization" in done.stdout) == (6, True)


def test_an_id_that_is_nobodys_is_no_violation(documented: str) -> None:
    done = command("run", "--target", documented, "--organization-id", "999", "--profile", "quick")
    assert (done.returncode, "is the id right" in done.stdout) == (6, True)


def test_a_path_without_graphql_is_said_so(documented: str) -> None:
    done = command("run", "--target", documented.replace("/graphql", "/nothing"), "--organization-id", "1")
    assert (done.returncode, "HTTP 404" in done.stdout) == (6, True)


def test_a_list_may_be_cut_short() -> None:
    done = subprocess.run(
        f"{sys.executable} -m contract_tests clauses | head -1", shell=True, capture_output=True, text=True, check=False
    )
    assert (done.stdout.count("\n"), done.stderr) == (1, "")


def test_a_target_that_keeps_the_contract_exits_with_0(documented: str, tmp_path: Path) -> None:
    organization = load("documented").organizations[0]
    report, junit, page = (tmp_path / name for name in ("report.json", "junit.xml", "report.html"))
    files = ("--report-json", str(report), "--report-junit", str(junit), "--report-html", str(page))
    done = command("run", "--target", documented, "--organization-id", organization.id, "--profile", "quick", *files)
    assert done.returncode == 0, done.stdout + done.stderr
    written = json.loads(report.read_text())
    assert written["verdict"] == "kept"
    assert [clause["id"] for clause in written["clauses"]] == list(contract.clauses())
    assert TOKEN not in done.stdout + done.stderr + report.read_text() + junit.read_text() + page.read_text()
    assert ElementTree.parse(junit).getroot().tag == "testsuites"  # our own file


def test_what_is_observed_otherwise_than_in_the_baseline_is_counted_in_the_last_line(
    documented: str, tmp_path: Path
) -> None:
    baseline = tmp_path / "baseline.json"
    baseline.write_text(json.dumps({"observations": {"introspection": "off", "bad-cursor": "refused"}}))
    asked = ("--target", documented, "--organization-id", load("documented").organizations[0].id, "--profile", "quick")
    done = command("run", *asked, "--only", "totals.flows", "--baseline", str(baseline))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "; 1 observed otherwise than in the baseline; " in done.stdout.splitlines()[-1]


def test_a_uuid_serves_instead_of_an_id(documented: str) -> None:
    uuid = load("documented").organizations[0].uuid
    done = command("run", "--target", documented, "--organization-uuid", uuid, "--profile", "quick", "--only", "totals")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_broken_clause_exits_with_1_and_says_how_to_ask_again(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    with MockServer(load("ties"), deviations=("page-only-totals",)) as server:
        organization = server.world.organizations[0]
        arguments = ("--organization-id", organization.id, "--profile", "quick", "--only", "totals")
        done = command("run", "--target", server.url, *arguments, "--report-json", str(report))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "totals.flows is broken" in done.stdout
    assert "$PIPEFY_TOKEN" in done.stdout
    (found, *_) = [clause for clause in json.loads(report.read_text())["clauses"] if clause["id"] == "totals.flows"]
    assert found["verdict"] == "broken"
    assert {"question", "expected", "got", "difference", "curl", "correlation_id"} <= set(found["finding"])
    assert found["finding"]["question"]["first"] is None
    assert '"first":' not in found["finding"]["curl"]


def test_the_same_seed_asks_the_same(documented: str) -> None:
    organization = load("documented").organizations[0]
    arguments = (
        "run",
        "--target",
        documented,
        "--organization-id",
        organization.id,
        "--seed",
        "7",
        "--profile",
        "quick",
    )
    first, second = (command(*arguments).stdout.rpartition(" requests")[0] for _ in range(2))
    assert first == second


def test_a_target_that_is_not_there_is_inconclusive(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    arguments = ("--organization-id", "1", "--max-time", "20s", "--report-json", str(report))
    done = command("run", "--target", "http://127.0.0.1:1/graphql", *arguments)
    assert (done.returncode, "Traceback" in done.stdout + done.stderr) == (6, False)
    assert "not reachable" in done.stdout
    assert json.loads(report.read_text())["verdict"] == "inconclusive"


class _Page(BaseHTTPRequestHandler):
    """Answers everything with a page for people."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b"<!doctype html><title>Welcome</title>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_target_that_is_no_graphql_is_said_so() -> None:
    with HTTPServer(("127.0.0.1", 0), _Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        done = command("run", "--target", f"http://127.0.0.1:{server.server_port}/", "--organization-id", "1")
        server.shutdown()
    assert (done.returncode, "Traceback" in done.stdout + done.stderr) == (6, False)
    assert "GraphQL endpoint" in done.stdout


def test_an_interrupted_run_reports_what_it_has_judged(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    arguments = ["run", "--profile", "deep", "--report-json", str(report)]
    running = subprocess.Popen(
        [sys.executable, "-m", "contract_tests", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    for line in running.stdout:
        if "operation.documented" in line:
            break
    running.send_signal(signal.SIGINT)
    began = time.monotonic()
    said, errors = running.communicate(timeout=60)
    assert (running.returncode, "Traceback" in said + errors) == (2, False)
    assert time.monotonic() - began < 60
    written = {clause["id"]: clause for clause in json.loads(report.read_text())["clauses"]}
    assert written["operation.documented"]["verdict"] == "kept"
    assert written["page.ties"]["verdict"] == "inconclusive"


def test_clauses_are_listed_with_their_sources() -> None:
    done = command("clauses")
    assert done.returncode == 0
    for clause in contract.clauses().values():
        assert clause.id in done.stdout
        assert clause.source in done.stdout


def test_the_version_is_the_one_of_the_reports() -> None:
    done = command("--version")
    assert (done.returncode, done.stdout) == (0, f"contract-tests {suite_version()}\n")
