"""What was asked is kept, as much as fits, and no secret with it."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest
import requests

from mock_server import faults
from mock_server.journal import Entry, Journal
from mock_server.serving import MockServer
from mock_server.tests.connecting import connected, raw, read_until
from mock_server.tests.posting import ASKED, TOKEN, VARIABLES, WORLD, administer, get, post


def entries(server: MockServer) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = administer(server, "GET", "journal").json()["entries"]
    return found


def entry(body: bytes = b"", answer: bytes = b"") -> Entry:
    return Entry("POST", "/graphql", (), body, None, "w", 0.0, 0.0, 200, answer, None, len(answer))


def test_a_request_is_told_with_who_asked_what_and_what_came() -> None:
    with MockServer(WORLD) as server:
        answer = post(server)
        (told,) = entries(server)
    assert told["operation"] == "integrationsUsageDetails"
    assert (told["query"], told["variables"]) == (ASKED["query"], VARIABLES)
    assert (told["role"], told["world"], told["method"]) == ("super_admin", "documented", "POST")
    assert (told["status"], told["answer"]) == (200, answer.json())
    assert told["bytes"] == int(answer.headers["Content-Length"])
    assert 0 < told["milliseconds"] < 10_000


def test_a_question_by_get_is_told_as_one_by_post() -> None:
    with MockServer(WORLD) as server:
        get(server, query="query Names { organization(id: $id) { uuid } }", variables={"id": "1"})
        (told,) = entries(server)
    assert (told["operation"], told["variables"], told["method"]) == ("Names", {"id": "1"}, "GET")


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [(b"{", TOKEN, 400), (ASKED, {}, 401), ([ASKED], TOKEN, 400), ({"query": "{"}, TOKEN, 200)],
)
def test_what_is_refused_is_told_too(body: Any, headers: dict[str, str], status: int) -> None:
    with MockServer(WORLD) as server:
        answer = post(server, body, headers)
        (told,) = entries(server)
    assert (told["status"], told["answer"]) == (status, answer.json())
    assert told["role"] == ("super_admin" if headers else None)


def test_who_forgot_the_token_sees_what_they_asked() -> None:
    with MockServer(WORLD) as server:
        post(server, headers={})
        (told,) = entries(server)
    assert told["variables"] == VARIABLES


def test_so_does_who_sends_the_body_a_little_later() -> None:
    head, body = raw("query Later { __typename }").replace(b"super-admin-token", b"wrong").split(b"\r\n\r\n", 1)
    with MockServer(WORLD) as server, connected(server) as connection:
        connection.sendall(head + b"\r\n\r\n")
        connection.sendall(body)
        assert b" 401 " in read_until(connection, b"\r\n\r\n")
        assert [told["operation"] for told in entries(server)] == ["Later"]


def test_a_body_that_never_comes_is_not_waited_for() -> None:
    head = raw("{ __typename }").replace(b"super-admin-token", b"wrong").split(b"\r\n\r\n", 1)[0]
    with MockServer(WORLD) as server, connected(server) as connection:
        connection.sendall(head + b"\r\n\r\n")
        assert b" 401 " in read_until(connection, b"\r\n\r\n")
        assert [told["query"] for told in entries(server)] == [None]


def test_a_connection_that_was_cut_has_no_status() -> None:
    with MockServer(WORLD, faults=faults.Faults(error_rate=1.0, hang=0.01)) as server:
        for _ in range(12):
            try:
                post(server)
            except requests.ConnectionError:
                break
        told = entries(server)[-1]
    assert (told["status"], told["bytes"], told["answer"]) == (None, 0, "")


def test_no_token_key_or_cookie_is_kept() -> None:
    secrets = {"Authorization": "Bearer c4n4ry-1", "Cookie": "c4n4ry-2", "X-Api-Key": "c4n4ry-3"}
    with MockServer(WORLD) as server:
        post(server, headers=secrets)
        get(server, {"Cookie": "c4n4ry-4"}, query="{ __typename }")
        kept = repr(server.journal.since()) + json.dumps(entries(server))
    assert "c4n4ry" not in kept
    assert "super-admin-token" not in kept


def test_a_compressed_answer_is_told_as_it_reads() -> None:
    with MockServer(WORLD) as server:
        for coding in ("gzip", "deflate", "identity"):
            post(server, headers={**TOKEN, "Accept-Encoding": coding})
        answers = [told["answer"] for told in entries(server)]
    assert answers[0]["data"]["integrationsUsageDetails"]["totalFlows"] == 7
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.skipif(shutil.which("curl") is None, reason="the command is for curl")
def test_the_command_asks_the_same_again() -> None:
    with MockServer(WORLD) as server:
        post(server, {**ASKED, "variables": {**VARIABLES, "search": "it's $HOME"}})
        get(server, query="query N($id: ID!) { organization(id: $id) { uuid } }", variables={"id": "301234567"})
        for told in entries(server):
            command = ["sh", "-c", f"TOKEN=super-admin-token; {told['curl']}"]
            again = subprocess.run(command, capture_output=True, check=True, timeout=20).stdout
            assert json.loads(again) == told["answer"]


def test_the_oldest_give_way() -> None:
    journal = Journal(most=3)
    for _ in range(5):
        journal.add(entry())
    assert [number for number, _ in journal.since()] == [3, 4, 5]
    assert [number for number, _ in journal.since(4)] == [5]


def test_it_holds_no_more_bytes_than_it_may() -> None:
    journal = Journal(most_bytes=1_000, most_of_one=400)
    for _ in range(9):
        journal.add(entry(b"a" * 100, b"b" * 9_999))
    kept = [found for _, found in journal.since()]
    assert [len(found.answer) for found in kept] == [400]
    assert kept[0].size == 9_999


def test_what_is_cleared_is_gone_and_numbers_go_on() -> None:
    journal = Journal()
    journal.add(entry())
    journal.clear()
    assert journal.since() == []
    journal.add(entry())
    assert [number for number, _ in journal.since()] == [2]


def test_the_journal_is_read_on_from_a_number_and_cleared(fresh: MockServer) -> None:
    for _ in range(3):
        post(fresh)
    found = administer(fresh, "GET", "journal?after=1").json()
    assert ([entry["id"] for entry in found["entries"]], found["last"]) == ([2, 3], 3)
    assert administer(fresh, "GET", "journal/2").json() == found["entries"][0]
    assert administer(fresh, "DELETE", "journal").status_code == 204
    assert administer(fresh, "GET", "journal").json() == {"entries": [], "last": 3}
    assert administer(fresh, "GET", "journal/2").status_code == 404
    assert administer(fresh, "GET", "journal?after=x").status_code == 400


def test_entries_come_as_events_and_an_end_does_not_wait_for_who_listens() -> None:
    asked = b"GET /_mock/journal HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nLast-Event-ID: 1\r\n\r\n"
    with MockServer(WORLD) as server:
        post(server)
        connection = connected(server)
        connection.sendall(asked)
        assert b"200 OK" in read_until(connection, b": the journal\n\n")
        post(server)
        told = read_until(connection, b"}\n\n")
        assert b'id: 2\ndata: {"id":2,' in told
        assert b'"answer"' not in told
    with connection:
        assert read_until(connection, b"never").endswith(b"0\r\n\r\n")
