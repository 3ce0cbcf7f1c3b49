"""What is answered the short way is what the long way answers, however requests arrive."""

from __future__ import annotations

import json
import re
import time
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_server.serving import MockServer
from mock_server.tests.asking import DETAILS
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


def numbered(number: int, *headers: str, **variables: Any) -> bytes:
    """Return the bytes of a request whose answer has its number."""
    query = DETAILS.replace("{\n  integrations", f"{{\n  n{number}: __typename integrations", 1)
    return request(*headers, query=query, **{"first": 2, **variables})


def padded(number: int) -> bytes:
    """Return the bytes of a request that a reader who does not count may take for two."""
    head, _, body = numbered(number).partition(b"\r\n\r\n")
    head = re.sub(rb"Content-Length: \d+", b"Content-Length: %d" % (len(body) + 300), head)
    return b"%b\r\n\r\n%b%b" % (head, body, b" " * 300)


def chunked(number: int) -> bytes:
    head, _, body = numbered(number).partition(b"\r\n\r\n")
    head = re.sub(rb"Content-Length: \d+", b"Transfer-Encoding: chunked", head)
    return b"%b\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (head, len(body), body)


def got(number: int) -> bytes:
    return b"GET /graphql?query={n%d:__typename} HTTP/1.1\r\nHost: mock\r\n%b\r\n\r\n" % (number, AUTHORIZATION)


SENT = {
    "known": numbered,
    "slow": lambda number: numbered(number, LONG, "Mock-Latency: 4ms"),
    "padded": padded,
    "failing": lambda number: numbered(number, organizationUuid="nobody's"),
    "chunked": chunked,
    "got": got,
}


@given(
    kinds=st.lists(st.sampled_from(("known", "slow", *SENT)), min_size=2, max_size=8),
    # Before or after a request begins, or there.
    cuts=st.lists(st.tuples(st.integers(0, 7), st.sampled_from((0, 0, 0, 1, -1, 200, -200))), max_size=6),
)
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_however_requests_arrive_each_is_answered_in_its_turn(
    server: MockServer, kinds: list[str], cuts: list[tuple[int, int]]
) -> None:
    sent = [SENT[kind](number) for number, kind in enumerate(kinds, 1)]
    begins = [0, *accumulate(map(len, sent))]
    places = {begins[which % len(sent)] + offset for which, offset in cuts}
    with Talk(server) as talk:
        for known in (numbered, padded):
            talk.exchanged(known(1))
        whole = b"".join(sent)
        for begin, end in pairwise((0, *sorted(place for place in places if 0 < place < len(whole)), len(whole))):
            talk.connection.sendall(whole[begin:end])
            time.sleep(0.001)
        answers = [talk.received() for _ in kinds]
    assert [re.findall(rb'"n(\d+)":', answer.body) for answer in answers] == [
        [b"%d" % number] for number in range(1, len(kinds) + 1)
    ]


def test_requests_sent_together_are_answered_together(server: MockServer, taken: list[bool]) -> None:
    with Talk(server) as talk:
        talk.exchanged(numbered(9))
        talk.connection.sendall(b"".join(map(numbered, range(8))))
        answers = [talk.received() for _ in range(8)]
    assert [answer.body.index(b'"n%d"' % number) > 0 for number, answer in enumerate(answers)] == [True] * 8
    assert taken.count(True) > 1


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
