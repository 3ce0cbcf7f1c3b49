"""One connection, several requests."""

from __future__ import annotations

import select
import time

import pytest

from mock_server import reading, serving
from mock_server.serving import MockServer
from mock_server.tests.connecting import connected, raw, read_until
from mock_server.tests.posting import RESPONSE_JSON, WORLD


def test_a_connection_is_kept_for_the_next_request(server: MockServer) -> None:
    with connected(server) as connection:
        for name in ("one", "two", "three"):
            connection.sendall(raw(f"{{ {name}: __typename }}"))
            assert read_until(connection, b"}}").startswith(b"HTTP/1.1 200 OK")


def test_requests_sent_without_waiting_are_answered_in_their_order(server: MockServer) -> None:
    with connected(server) as connection:
        connection.sendall(b"".join(raw(f"{{ a{number}: __typename }}") for number in range(50)))
        answers = read_until(connection, b'"a49"')
    places = [answers.index(b'{"a%d"' % number) for number in range(50)]
    assert places == sorted(places)


def test_a_refused_request_does_not_end_the_connection(server: MockServer) -> None:
    with connected(server) as connection:
        connection.sendall(raw("{", f"Accept: {RESPONSE_JSON}") + raw("{ __typename }"))
        answers = read_until(connection, b'"Query"')
    assert answers.startswith(b"HTTP/1.1 400")
    assert b"HTTP/1.1 200 OK" in answers


def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 0.1)
    with MockServer(WORLD) as server, connected(server) as connection:
        connection.sendall(raw("{ __typename }")[:-3])
        answer = read_until(connection, b"never")
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"did not come within" in answer


def test_a_head_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_IDLE", 0.3)
    with MockServer(WORLD) as server, connected(server) as connection:
        for byte in raw("{ __typename }")[:20]:
            time.sleep(0.05)
            connection.sendall(bytes([byte]))
            if select.select([connection], [], [], 0)[0]:
                break
        assert read_until(connection, b"never") == b""
