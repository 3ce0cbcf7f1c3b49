"""Flows that run, are renamed, switched and added while they are judged: never broken; what is wrong is still found."""

import pytest

from contract_tests.access import Access
from contract_tests.options import Setting
from contract_tests.proving import options
from contract_tests.reports.report import Report
from contract_tests.running import run
from contract_tests.selftest.runs import of_verdict
from contract_tests.verdict import Verdict
from mock_server.generating import generate
from mock_server.serving import MockServer

# Whole runs: what they reach, a test of its own looks at, and tracing would double their time.
pytestmark = pytest.mark.no_cover

# Last month stands still, so that whatever else moves, these are judged on it.
CLOSED = {
    *("totals.flows", "totals.tasks", "totals.every-page", "totals.any-page-size", "totals.filtered"),
    *("filter.status", "filter.search-flow-name", "filter.search-project-name", "filter.combined"),
    *("filter.before-pagination", "filter.under-every-sort"),
    *("sort.default", "sort.usage", "sort.name", "sort.status", "sort.unknown-field", "sort.whole-set"),
    *("page.full", "page.continuation", "page.has-next-page", "page.end-cursor", "page.ties", "page.under-every-sort"),
    *("consistency.repeatable", "consistency.concurrent", "consistency.aliases"),
    *("stats.usage", "stats.active-flows", "stats.history-adds-up"),
}


def judged(pace: float, deviations: tuple[str, ...] = (), only: tuple[str, ...] = ()) -> Report:
    """Judge a mock in which something happens every so many seconds."""
    world = generate()
    with MockServer(world, deviations=deviations, live=pace) as server:
        caller, own = world.callers[0], world.organizations[0]
        access = Access(server.url, caller.token, own.id, member_token=world.callers[2].token)
        return run(options("quick", Setting(), only, access=access))


@pytest.mark.parametrize("pace", [0.15, 3.0])
def test_data_that_moves_is_never_called_broken_and_last_month_is_judged(pace: float) -> None:
    report = judged(pace)
    assert of_verdict(report, Verdict.BROKEN) == []
    assert CLOSED - set(of_verdict(report, Verdict.KEPT)) == set()


def test_the_report_says_what_moved() -> None:
    notes = [note for judgement in judged(0.03, only=("totals", "filter")).judgements for note in judgement.notes]
    assert any("went from" in note or "a flow changed" in note or "a new row came" in note for note in notes)


@pytest.mark.parametrize(
    ("deviation", "clause"),
    [
        ("page-only-totals", "totals.flows"),
        ("or-for-and", "filter.combined"),
        ("status-ignored", "filter.status"),
        ("cursor-skips-one", "page.continuation"),
        ("name-reversed", "sort.name"),
        ("one-in-seven-counts-one-more", "consistency.repeatable"),
    ],
)
def test_a_wrong_server_that_moves_is_found(deviation: str, clause: str) -> None:
    family = clause.partition(".")[0]
    assert clause in of_verdict(judged(0.15, (deviation,), (family,)), Verdict.BROKEN)
