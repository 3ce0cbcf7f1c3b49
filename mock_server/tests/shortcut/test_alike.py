"""What is answered the short way is what the long way answers, however requests arrive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_server.serving import MockServer
from mock_server.tests.documents import requests
from mock_server.tests.shortcut.talking import LONG, TOKEN, WORLD, Talk, lasting, request

if TYPE_CHECKING:
    pass

ACCEPTS = ("*/*", "application/json", "application/graphql-response+json", "text/html")
CODINGS = ("identity", "gzip", "deflate", "br;q=1, gzip;q=0.5")
AUTHORIZATION = b"Authorization: Bearer super-admin-token"
TOKENS = (TOKEN, "member-token", "expired-token", "nobody")


@given(
    header=st.tuples(st.sampled_from(ACCEPTS), st.sampled_from(CODINGS), st.sampled_from(TOKENS)),
    variables=st.fixed_dictionaries(
        {},
        optional={
            "first": st.sampled_from((None, 0, 1, 3, 20, 50, "3", 2.0, True, 10**20)),
            "after": st.sampled_from((None, "", "MQ", "Mg", "!")),
            "search": st.sampled_from((None, "", "a", "ß", "\u0000", "😀", "x" * 300)),
            "status": st.sampled_from((None, "ENABLED", "none")),
            "sort": st.sampled_from((None, {}, {"by": "name", "order": "desc"}, {"by": 1})),
            "organizationUuid": st.sampled_from((None, "", WORLD.organizations[0].uuid, "nobody's")),
        },
    ),
)
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_both_ways_answer_alike(
    server: MockServer, taken: list[bool], header: tuple[str, str, str], variables: dict[str, Any]
) -> None:
    accept, coding, token = header
    headers = (f"Accept: {accept}", f"Accept-Encoding: {coding}")
    with Talk(server) as talk:
        expected = lasting(talk.exchanged(request(*headers, LONG, token=token, **variables)))
        taken.clear()
        asked = request(*headers, token=token, **variables)
        answers = [lasting(talk.exchanged(asked)) for _ in range(4)]
    assert answers == [expected] * 4
    if expected.status == 200 and expected.headers.get("Content-Encoding") is None and b'"errors"' not in expected.body:
        assert taken[-3:] == [True] * 3


@given(st.data())
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_both_ways_answer_alike(server: MockServer, data: st.DataObject) -> None:
    asked = data.draw(requests(WORLD))
    body = json.dumps({"query": asked.query, "variables": asked.variables, "operationName": asked.operation_name})

    def sent(*headers: str) -> bytes:
        lines = ("POST /graphql HTTP/1.1", "Host: mock", f"Authorization: Bearer {TOKENS[0]}", *headers)
        return "\r\n".join(
            [*lines, "Content-Type: application/json", f"Content-Length: {len(body)}", "", body]
        ).encode()

    with Talk(server) as talk:
        expected = lasting(talk.exchanged(sent(LONG)))
        assert [lasting(talk.exchanged(sent())) for _ in range(3)] == [expected] * 3


def test_the_journal_has_the_same_of_both_ways(server: MockServer) -> None:
    server.journal.clear()
    with Talk(server) as talk:
        for coding in ("identity", "gzip"):
            for _ in range(4):
                talk.exchanged(request(f"Accept-Encoding: {coding}", "User-Agent: a test"))
    entries = [entry._replace(at=0.0, seconds=0.0) for _, entry in server.journal.since()]
    assert entries == [entries[0]] * 4 + [entries[4]] * 4
    assert entries[0].role == "super_admin"
    assert entries[4].coding == "gzip"
