"""Findings asked again, as their reader does it: against a server that was mended, and one that was not."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_tests.access import Caller
from contract_tests.cases import Disturbed, Several
from contract_tests.clauses.test_access import Intrusion
from contract_tests.differing import plain
from contract_tests.disclosure import Asking
from contract_tests.profiles import PROFILES
from contract_tests.questions import LAST_MONTH, Question, Sort
from contract_tests.recalling import Recalled, Recorded, values
from contract_tests.scopes import Listed
from contract_tests.selftest.runs import command
from contract_tests.words import words
from mock_server.serving import MockServer
from mock_server.worlds import load


@pytest.fixture(scope="module")
def honest() -> Iterator[str]:
    with MockServer(load("ties")) as server:
        yield server.url


@pytest.fixture(scope="module")
def broken() -> Iterator[str]:
    with MockServer(load("ties"), deviations=("page-only-totals",)) as server:
        yield server.url


@pytest.fixture(scope="module")
def report(broken: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / "report.json"
    organization = load("ties").organizations[0].id
    arguments = ("--target", broken, "--organization-id", organization, "--profile", "quick", "--only", "totals")
    done = command("run", *arguments, "--report-json", str(path))
    assert (done.returncode, f"contract-tests replay {path} totals.flows" in done.stdout) == (1, True)
    return path


def found(report: Path) -> list[str]:
    return [clause["id"] for clause in json.loads(report.read_text())["clauses"] if clause["finding"]]


def test_every_finding_is_asked_again(report: Path) -> None:
    done = command("replay", str(report))
    assert (done.returncode, done.stdout.count("still broken  ")) == (1, len(found(report)))
    assert len(found(report)) > 2


def test_what_was_mended_is_fixed(report: Path, honest: str) -> None:
    done = command("replay", str(report), "--target", honest)
    assert (done.returncode, done.stdout.count("fixed    ")) == (0, len(found(report)))


def test_one_clause_is_asked_in_few_requests(report: Path) -> None:
    done = command("replay", str(report), "totals.flows")
    assert (done.returncode, "0 fixed, 1 still broken, 0 could not ask" in done.stdout) == (1, True)
    assert int(done.stdout.rpartition("; ")[2].split()[0]) < 40


def test_a_server_that_is_away_could_not_be_asked(report: Path) -> None:
    done = command("replay", str(report), "totals.flows", "--target", "http://127.0.0.1:1/graphql", "--max-time", "5s")
    assert (done.returncode, "could not ask  totals.flows" in done.stdout) == (6, True)
    assert "Traceback" not in done.stdout + done.stderr


def test_an_organization_is_taken_from_the_options_before_the_report(report: Path, honest: str) -> None:
    done = command("replay", str(report), "totals.flows", "--target", honest, "--organization-id", "999")
    assert (done.returncode, "gives no UUID for" in done.stdout) == (6, True)


def test_the_embedded_mock_is_asked_where_it_was_judged(report: Path, tmp_path: Path) -> None:
    embedded = tmp_path / "embedded.json"
    written = json.loads(report.read_text())
    embedded.write_text(json.dumps({**written, "embedded": True, "organization": {"id": None, "uuid": None}}))
    done = command("replay", str(embedded), "totals.flows", token=None)
    assert (done.returncode, "Asking the embedded mock again" in done.stdout) == (0, True)


def test_a_clause_that_is_no_more_could_not_be_asked(report: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text(report.read_text().replace('"totals.flows"', '"totals.flowers"'))
    done = command("replay", str(old), "totals.flowers")
    assert (done.returncode, "the contract has no such clause" in done.stdout) == (6, True)


def test_where_the_question_shows_nothing_any_more_the_whole_clause_is_judged(report: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved.json"
    written = json.loads(report.read_text())
    for clause in written["clauses"]:
        if clause["id"] == "totals.any-page-size":
            clause["finding"]["question"]["first"] = None
    moved.write_text(json.dumps(written))
    done = command("replay", str(moved), "totals.any-page-size")
    assert (done.returncode, "the whole clause was judged" in done.stdout) == (1, True)


def test_a_report_without_a_finding_has_nothing_to_ask(report: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps({**json.loads(report.read_text()), "clauses": []}))
    done = command("replay", str(kept))
    assert (done.returncode, "no finding" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "no JSON"), ("[1]", "no report"), ('{"contract": "integrationsUsageDetails"}', "no report")],
)
def test_what_is_no_report_is_wrong_usage(text: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(text)
    done = command("replay", str(path))
    assert (done.returncode, done.stderr.count("\n"), sentence in done.stderr) == (4, 1, True)


def test_a_report_that_is_not_there_is_wrong_usage() -> None:
    done = command("replay", "/nowhere/report.json")
    assert (done.returncode, done.stderr.count("\n"), "cannot be read" in done.stderr) == (4, 1, True)


def test_a_clause_without_a_finding_is_wrong_usage_with_its_near_misses(report: Path) -> None:
    done = command("replay", str(report), "totals.flow")
    assert (done.returncode, done.stderr.count("\n"), "did you mean totals.flows" in done.stderr) == (4, 1, True)


def test_a_report_of_another_server_needs_a_token(report: Path) -> None:
    done = command("replay", str(report), token=None)
    assert (done.returncode, "PIPEFY_TOKEN" in done.stderr) == (4, True)


WORDS = words([LAST_MONTH], [], 500)
DEPTH = PROFILES["quick"].depth
QUESTION = Question(LAST_MONTH, status="ENABLED", sort=Sort("name", "asc"), first=3)
CASES = [
    (QUESTION, Question()),
    (Disturbed(QUESTION, Question(), Question(first=1)), Disturbed(Question(), Question(), Question())),
    (Several((QUESTION, Question()), further=True), Several((Question(),))),
    (Intrusion(Asking.DETAILS, Caller.STRANGER), Intrusion(Asking.TOTALS, Caller.NOBODY)),
    ("a text", "another text"),
]


def recalled(case: object, *cases: object) -> list[object]:
    recorded = Recorded("", json.loads(json.dumps(plain(values(case)))))
    return list(Recalled(Listed(cases), recorded).telling(WORDS, DEPTH))


@pytest.mark.parametrize(("case", "other"), CASES)
def test_a_case_is_made_again_from_its_values(case: object, other: object) -> None:
    assert recalled(case, other) == [case]


@pytest.mark.parametrize(("case", "other"), CASES)
def test_a_case_of_another_kind_is_none(case: object, other: object) -> None:
    assert recalled({"of": "no kind"}, case, other) == []
