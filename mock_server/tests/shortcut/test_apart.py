"""The short way is taken only where it leads to the same answer, and as long as it does."""

from __future__ import annotations

import json
import socket
import time
from contextlib import ExitStack, suppress
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from aiohttp.test_utils import make_mocked_request

from mock_server import serving, tokens
from mock_server.app import CONNECTIONS
from mock_server.serving import MockServer
from mock_server.shortcut import connections
from mock_server.shortcut.heads import is_head_of
from mock_server.tests.connecting import read_until
from mock_server.tests.posting import administer
from mock_server.tests.shortcut.talking import LONG, WORLD, Talk, framed, lasting, request

if TYPE_CHECKING:
    pass


def test_what_a_setting_changes_holds_on_a_connection_that_is_open(fresh: MockServer, taken: list[bool]) -> None:
    asked = request()
    with Talk(fresh) as talk:
        honest = talk.exchanged(asked).body
        for changes in ({"deviations": ["tasks-as-text"]}, {"world": "empty"}, {"rulings": {"page-cap": "5"}}):
            assert [talk.exchanged(asked).body for _ in range(3)] == [honest] * 3
            assert taken[-1]
            assert administer(fresh, "PATCH", json=changes).ok
            assert [talk.exchanged(asked).body == honest for _ in range(3)] == [False] * 3
            assert administer(fresh, "DELETE").ok


def test_trouble_that_is_set_meets_requests_on_a_connection_that_is_open(fresh: MockServer, taken: list[bool]) -> None:
    with Talk(fresh) as talk:
        for _ in range(2):
            assert [talk.exchanged(request()).status for _ in range(3)] == [200] * 3
            assert taken[-1]
            assert administer(fresh, "PATCH", json={"status": "503"}).ok
            assert [talk.exchanged(request()).status for _ in range(3)] == [503] * 3
            assert administer(fresh, "PATCH", json={"status": None}).ok


def test_a_token_that_ends_is_good_no_longer(taken: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    account = WORLD.service_accounts[0]
    asked = request(token=tokens.issued(account, 300))
    with MockServer(WORLD) as server, Talk(server) as talk:
        assert [talk.exchanged(asked).status for _ in range(3)] == [200] * 3
        assert taken == [True, True]
        clock = time.time
        monkeypatch.setattr(time, "time", lambda: clock() + 301)
        assert talk.exchanged(asked).status == 401


def test_a_world_that_lives_is_answered_about_as_it_is(taken: list[bool]) -> None:
    with MockServer(WORLD, live=0.01) as server, Talk(server) as talk:
        told = []
        for _ in range(60):
            time.sleep(0.005)
            told.append(talk.exchanged(request()).body)
            told.append(lasting(talk.exchanged(request(LONG))).body)
    assert any(taken)
    assert len(set(told)) > 5
    tasks = [json.loads(body)["data"]["integrationsUsageDetails"]["totalTasks"] for body in told]
    assert tasks == sorted(tasks)


def test_a_connection_that_is_in_use_stays_open(taken: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_IDLE", 0.4)
    monkeypatch.setattr(connections, "_UNSEEN", 0.1)
    with MockServer(WORLD) as server, Talk(server) as talk:
        for _ in range(40):
            time.sleep(0.02)
            assert talk.exchanged(request()).status == 200
    assert taken.count(True) > 20


def test_who_does_not_read_is_not_answered_without_end(taken: list[bool]) -> None:
    asked = request(first=50)
    with MockServer(WORLD) as server, Talk(server) as talk:
        bytes_of_one = len(talk.exchanged(asked).body)
        talk.connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        talk.connection.settimeout(1)
        with suppress(TimeoutError):
            for _ in range(2_000):
                talk.connection.sendall(asked)
                time.sleep(0.0005)
    # As much as the sockets hold between them.
    assert 0 < taken.count(True) * bytes_of_one < 10_000_000


@pytest.mark.parametrize("header", ["Connection: close", "Expect: 100-continue", "Mock-Ruling: page-cap=10"])
def test_a_head_that_means_more_takes_the_long_way(server: MockServer, taken: list[bool], header: str) -> None:
    for _ in range(3):
        with Talk(server) as talk:
            talk.connection.sendall(request(header))
            assert read_until(talk.connection, b'"pageInfo"').startswith(b"HTTP/1.1 ")
    assert taken == []


def test_an_end_does_not_wait_for_connections_that_are_idle() -> None:
    with MockServer(WORLD) as server:
        idle, used, partly = (Talk(server) for _ in range(3))
        for _ in range(2):
            used.exchanged(request())
        partly.connection.sendall(request()[:40])
        time.sleep(0.05)
        begun = time.monotonic()
    # It would wait for seconds.
    assert time.monotonic() - begun < 2
    for talk in (idle, used, partly):
        assert talk.connection.recv(1) == b""
        talk.__exit__()


def test_an_end_waits_for_what_is_being_answered() -> None:
    with ExitStack() as stack:
        with MockServer(WORLD) as server:
            talk = stack.enter_context(Talk(server))
            talk.connection.sendall(request("Mock-Latency: 500ms"))
            time.sleep(0.1)
        assert talk.received().status == 200


def test_an_older_http_is_answered_as_such(server: MockServer, taken: list[bool]) -> None:
    with Talk(server) as talk:
        for _ in range(3):
            asked = request("Connection: keep-alive").replace(b"HTTP/1.1", b"HTTP/1.0")
            assert talk.exchanged(asked).headers["Connection"] == "keep-alive"
    assert taken == []


def test_a_query_by_its_hash_is_answered_as_long_as_it_is_known(server: MockServer) -> None:
    def hashed(query: str, *, whole: bool) -> bytes:
        persisted = {"version": 1, "sha256Hash": sha256(query.encode()).hexdigest()}
        told = {"extensions": {"persistedQuery": persisted}, **({"query": query} if whole else {})}
        return framed(json.dumps(told).encode())

    with Talk(server) as talk:
        talk.exchanged(hashed("{__typename}", whole=True))
        assert b"data" in [talk.exchanged(hashed("{__typename}", whole=False)).body for _ in range(4)][-1]
        for number in range(1_100):
            talk.exchanged(hashed(f"{{n{number}: __typename}}", whole=True))
        assert b"PersistedQueryNotFound" in talk.exchanged(hashed("{__typename}", whole=False)).body


def test_a_target_may_hold_any_bytes() -> None:
    sent = b"POST /graphql?\xff HTTP/1.1\r\nHost: mock\r\n\r\n"
    assert is_head_of(make_mocked_request("POST", "/graphql?\udcff", {"Host": "mock"}), sent)
    assert not is_head_of(make_mocked_request("POST", "/graphql?\udcfe", {"Host": "mock"}), sent)


def test_a_flood_of_heads_is_not_kept(server: MockServer) -> None:
    with Talk(server) as talk:
        for number in range(600):
            for _ in range(3):
                talk.exchanged(request(f"X-Padding: {'x' * 4000}{number}"))
    held = server.app[CONNECTIONS]._heads
    assert 0 < len(held) < 300
