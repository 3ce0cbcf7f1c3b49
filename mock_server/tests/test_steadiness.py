"""A server that is killed comes back the same, and one that is told to end finishes what it was asked."""

from __future__ import annotations

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from mock_server.generating import generate
from mock_server.tests.asking import DETAILS, STATS
from mock_server.tests.posting import TOKEN
from mock_server.tests.test_command_line import started

WORLD = generate(flows=120, seed=9)
PLAIN = {"organizationUuid": WORLD.organizations[0].uuid, "period": "last_3_months"}


def told(url: str) -> list[bytes]:
    """Return the bytes that several questions get."""
    more: tuple[dict[str, Any], ...] = ({}, {"first": 7, "search": "a"}, {"sort": {"by": "name"}})
    bodies: list[Any] = [{"query": DETAILS, "variables": {**PLAIN, **variables}} for variables in more]
    bodies.append({"query": STATS, "variables": PLAIN})
    return [requests.post(url, json=body, headers=TOKEN, timeout=10).content for body in bodies]


def ask(url: str) -> Any:
    return requests.post(url, json={"query": "{ __typename }"}, headers=TOKEN, timeout=30).json()


def test_a_server_that_is_killed_comes_back_on_its_port_with_the_same_bytes() -> None:
    world = ("--flows", "120", "--seed", "9")
    with started(*world) as (process, lines):
        url = lines[0].split()[-1]
        first = told(url)
        process.kill()
        process.wait()
    with started(*world, "--port", url.split(":")[2].split("/")[0]) as (_, lines):
        assert lines[0].split()[-1] == url
        assert told(url) == first
    assert b'"totalFlows"' in first[0]


@pytest.mark.parametrize(("latency", "answered"), [("8s", True), ("100s", False)])
def test_what_is_in_flight_has_ten_seconds_after_the_signal(latency: str, answered: bool) -> None:
    with started("--flows", "3", "--latency", latency) as (process, lines), ThreadPoolExecutor(1) as threads:
        asking = threads.submit(ask, lines[0].split()[-1])
        time.sleep(0.7)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        # Ten, and what a busy machine takes to notice.
        assert time.monotonic() - began < 13
        if answered:
            assert asking.result() == {"data": {"__typename": "Query"}}
        else:
            assert isinstance(asking.exception(), requests.ConnectionError)
