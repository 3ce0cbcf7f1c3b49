"""Resets, gateways, hangs, throttling and latency: never broken; the run's budget, rate and time are kept."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise

import pytest
from aiohttp import web
from aiohttp.typedefs import Handler

from contract_tests.access import Access
from contract_tests.options import Options, Setting
from contract_tests.proving import options
from contract_tests.reports.report import Report
from contract_tests.running import run
from contract_tests.selftest.runs import of_verdict
from contract_tests.verdict import Verdict
from mock_server.faults import Between, Faults
from mock_server.generating import generate
from mock_server.serving import MockServer

# Whole runs: what they reach, a test of its own looks at, and tracing would double their time.
pytestmark = pytest.mark.no_cover

SOME = ("operation", "totals", "page.continuation", "consistency")
# The server's clock reads a little late or early.
JITTER = 1


@contextmanager
def troubled(
    faults: Faults | None = None, deviations: tuple[str, ...] = (), only: tuple[str, ...] = ()
) -> Iterator[tuple[Options, list[float]]]:
    """Serve the mock with some trouble; yield the options of a run against it, and when each request came."""
    world = generate()
    arrivals: list[float] = []

    @web.middleware
    async def noted(request: web.Request, handler: Handler) -> web.StreamResponse:
        arrivals.append(time.monotonic())
        return await handler(request)

    server = MockServer(world, deviations=deviations, faults=faults)
    # Before all trouble: what is reset or throttled was sent as well.
    server.app.middlewares.insert(0, noted)
    with server:
        access = Access(server.url, world.callers[0].token, world.organizations[0].id)
        yield options("quick", Setting(), only, access=access), arrivals


def wrong(report: Report) -> tuple[list[str], list[str]]:
    """Return what is broken, and what could not be judged."""
    return of_verdict(report, Verdict.BROKEN), of_verdict(report, Verdict.INCONCLUSIVE)


TROUBLES = {
    "resets, gateways and hangs": (Faults(error_rate=0.02, hang=0.5), ()),
    "a limit of the rate": (Faults(rate_limit=(100, 0.5)), SOME),
    "latency": (Faults(latency=Between(0.001, 0.01)), SOME),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_keeps_nothing_from_being_judged(trouble: str) -> None:
    faults, only = TROUBLES[trouble]
    with troubled(faults, only=only) as (asked, _):
        report = run(asked)
    assert wrong(report) == ([], [])
    assert of_verdict(report, Verdict.KEPT)


def test_a_hang_is_outlasted_by_asking_again() -> None:
    with troubled(Faults(error_rate=0.1, errors=("hang",), hang=30.0), only=("totals.flows",)) as (asked, arrivals):
        report = run(replace(asked, timeout=0.6))
    assert wrong(report) == ([], [])
    pauses = [later - earlier for earlier, later in pairwise(arrivals)]
    assert 0.6 < max(pauses) < 5


def test_what_is_wrong_is_found_through_trouble() -> None:
    faults = Faults(error_rate=0.02, hang=0.5, latency=Between(0.0, 0.005))
    with troubled(faults, ("or-for-and",), ("filter",)) as (asked, _):
        assert "filter.combined" in of_verdict(run(asked), Verdict.BROKEN)


@pytest.mark.parametrize("deviations", [(), ("cursor-skips-one",)])
@pytest.mark.parametrize("most", [7, 120])
def test_as_many_requests_are_sent_as_were_allowed(most: int, deviations: tuple[str, ...]) -> None:
    with troubled(Faults(error_rate=0.02, hang=0.1), deviations, ("page",)) as (asked, arrivals):
        report = run(replace(asked, max_requests=most))
    assert (len(arrivals), report.requests) == (most, most)


def test_what_the_budget_stops_is_inconclusive_and_says_so() -> None:
    with troubled(Faults(error_rate=0.02, hang=0.1)) as (asked, _):
        report = run(replace(asked, max_requests=250))
    reasons = {one.reason for one in report.judgements if one.verdict == Verdict.INCONCLUSIVE}
    spent = "the budget of 250 requests is spent, but for what other clauses are to have"
    assert (of_verdict(report, Verdict.BROKEN), reasons) == ([], {spent})
    assert {"totals.flows", "filter.status"} <= set(of_verdict(report, Verdict.KEPT))


def test_requests_are_not_sent_faster_than_was_allowed() -> None:
    with troubled(Faults(error_rate=0.05, hang=0.1), ("cursor-skips-one",), ("page.continuation",)) as (
        asked,
        arrivals,
    ):
        run(replace(asked, rate=40.0, max_requests=80))
    assert len(arrivals) > 40
    for first in arrivals:
        assert sum(first <= later < first + 0.5 for later in arrivals) <= 20 + JITTER


TROUBLE_WITHOUT_END = {
    "latency": Faults(latency=Between(0.05, 0.05)),
    "hangs": Faults(error_rate=0.3, hang=30.0),
    "a limit of the rate": Faults(rate_limit=(20, 60.0)),
}


@pytest.mark.parametrize("trouble", TROUBLE_WITHOUT_END)
def test_nothing_is_asked_after_the_time_is_over(trouble: str) -> None:
    with troubled(TROUBLE_WITHOUT_END[trouble]) as (asked, arrivals):
        began = time.monotonic()
        report = run(replace(asked, max_seconds=3.0))
        ended = time.monotonic()
    # What is judged on answers that are remembered takes a moment longer.
    assert (ended - began < 5, max(arrivals) - began < 3.5) == (True, True)
    assert (of_verdict(report, Verdict.BROKEN), report.exit_code) == ([], 6)
