"""Resets, gateways, throttling and latency: never broken; the run's budget, rate and time are kept."""

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
from contract_tests.running import run
from contract_tests.selftest.runs import of_verdict
from contract_tests.verdict import Verdict
from mock_server.faults import Faults
from mock_server.generating import generate
from mock_server.serving import MockServer


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
    server.app.middlewares.append(noted)
    with server:
        access = Access(server.url, world.callers[0].token, world.organizations[0].id)
        yield options("quick", Setting(), only, access=access), arrivals


TROUBLES = {
    "resets and gateways": Faults(error_rate=0.02),
    "a limit of the rate": Faults(rate_limit=(60, 1.0)),
    "latency": Faults(latency=(0.001, 0.02)),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_is_never_called_broken(trouble: str) -> None:
    with troubled(TROUBLES[trouble], only=("operation", "totals", "page.continuation", "consistency")) as (asked, _):
        report = run(asked)
    assert (of_verdict(report, Verdict.BROKEN), of_verdict(report, Verdict.INCONCLUSIVE)) == ([], [])


@pytest.mark.parametrize("deviations", [(), ("cursor-skips-one",)])
def test_no_more_requests_are_sent_than_were_allowed(deviations: tuple[str, ...]) -> None:
    with troubled(Faults(error_rate=0.02), deviations, ("page",)) as (asked, arrivals):
        report = run(replace(asked, max_requests=120))
    # What a reset took away never came to be counted there.
    assert len(arrivals) <= 120
    assert report.requests == 120


def test_requests_are_not_sent_faster_than_was_allowed() -> None:
    with troubled(deviations=("cursor-skips-one",), only=("page.continuation",)) as (asked, arrivals):
        run(replace(asked, rate=40.0, max_requests=60))
    gaps = sorted(later - earlier for earlier, later in pairwise(arrivals))
    assert len(arrivals) > 40
    # A request that came a little late makes the gap after it a little short.
    assert gaps[len(gaps) // 2] > 0.02
    assert (arrivals[-1] - arrivals[0]) / (len(arrivals) - 1) > 0.02


def test_nothing_is_asked_after_the_time_is_over() -> None:
    with troubled(Faults(latency=(0.05, 0.05))) as (asked, _):
        began = time.monotonic()
        report = run(replace(asked, max_seconds=3.0))
    assert time.monotonic() - began < 6
    assert (of_verdict(report, Verdict.BROKEN), report.exit_code) == ([], 6)
