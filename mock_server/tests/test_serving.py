"""A server in a thread comes quickly and leaves nothing behind."""

from __future__ import annotations

import gc
import socket
import threading
from datetime import UTC, datetime

import pytest
import requests

from mock_server import worlds
from mock_server.refusals import Misconfigured
from mock_server.serving import MockServer, bound, url

WORLD = worlds.load("one-flow")


def test_a_server_leaves_no_thread_and_no_open_port() -> None:
    before = threading.active_count()
    for _ in range(5):
        with MockServer(WORLD) as server, requests.Session() as session:
            assert session.post(server.url, json={}, timeout=10).status_code == 401
    gc.collect()
    assert threading.active_count() == before
    with pytest.raises(requests.ConnectionError):
        requests.post(server.url, json={}, timeout=10)


def test_a_server_that_is_never_entered_leaves_nothing() -> None:
    MockServer(WORLD)
    gc.collect()


def test_servers_stand_side_by_side() -> None:
    with MockServer(WORLD) as one, MockServer(WORLD, deviations=("tasks-as-text",)) as other:
        assert one.url != other.url


def test_a_moved_world_is_what_is_served() -> None:
    now = datetime(2027, 3, 2, tzinfo=UTC)
    assert MockServer(WORLD, now=now).world.now == now


def test_a_port_in_use_is_refused_in_one_line() -> None:
    with bound("127.0.0.1", 0) as taken, pytest.raises(Misconfigured, match=r"^port \d+ of 127.0.0.1 is in use"):
        bound("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.7", "not a host"])
def test_a_host_that_is_not_this_machine_is_refused_in_one_line(host: str) -> None:
    with pytest.raises(Misconfigured, match=f"^cannot listen on port 0 of {host}"):
        bound(host, 0)


def test_an_address_is_one_that_this_machine_reaches() -> None:
    with bound("0.0.0.0", 0) as everywhere:
        assert url(everywhere).startswith("http://127.0.0.1:")
    if socket.has_ipv6:
        with bound("::1", 0) as six:
            assert url(six).startswith("http://[::1]:")
