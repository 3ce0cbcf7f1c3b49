"""However requests arrive, each is answered once, in its turn, and nothing else is taken for one."""

from __future__ import annotations

import re
import time
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_server.app import CONNECTIONS
from mock_server.tests.asking import DETAILS
from mock_server.tests.shortcut.talking import LONG, Talk, framed, numbered, padded, request

if TYPE_CHECKING:
    from mock_server.serving import MockServer

AUTHORIZATION = b"Authorization: Bearer super-admin-token"


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


def numbers(talk: Talk, count: int) -> list[bytes]:
    """Return which requests the next answers are to."""
    return [re.findall(rb'"n(\d+)":', talk.received().body)[0] for _ in range(count)]


def test_a_request_that_comes_while_a_long_answer_is_sent_has_its_turn(server: MockServer) -> None:
    begin, _, fields = DETAILS.partition("{\n")
    fields = fields.strip().removesuffix("}")
    many = " ".join(f"m{number}: {fields}" for number in range(60))
    large = request(query=f"{begin}{{ n1: __typename {many} }}", first=50)
    with Talk(server) as talk:
        for known in (large, numbered(3)):
            talk.exchanged(known)
        # Unread, they fill what the sockets hold, and the server waits for the client.
        for _ in range(12):
            talk.connection.sendall(large)
            time.sleep(0.05)
        talk.connection.sendall(numbered(2, "Mock-Latency: 500ms"))
        time.sleep(0.1)
        assert numbers(talk, 12) == [b"1"] * 12
        talk.connection.sendall(numbered(3))
        assert numbers(talk, 2) == [b"2", b"3"]


def test_a_request_that_comes_after_a_large_one_has_its_turn(server: MockServer) -> None:
    large = padded(1, "Mock-Latency: 200ms", more=70_000)
    with Talk(server) as talk:
        talk.exchanged(numbered(3))
        for part in (large[:60_000], large[60_000:], numbered(2, "Mock-Latency: 500ms")):
            talk.connection.sendall(part)
            time.sleep(0.05)
        assert numbers(talk, 1) == [b"1"]
        talk.connection.sendall(numbered(3))
        assert numbers(talk, 2) == [b"2", b"3"]


def test_a_body_is_not_taken_for_a_request(server: MockServer) -> None:
    known = numbered(1)
    with Talk(server) as talk:
        talk.exchanged(known)
    # What stands before is ended like a head, and as long as head and body make the whole seem to be.
    before = b"\r\n\r\n"
    head = framed(b"", "X-Padding: " + "x" * (len(known) - 134), token="nobody").removesuffix(before)
    head = re.sub(rb"Content-Length: \d+", b"Content-Length: %d" % (len(known) + 20), head) + before
    assert len(head) == len(known)
    with Talk(server) as talk:
        talk.connection.sendall(before + head + b" " * 20)
        assert talk.received().status == 401
        talk.connection.sendall(known)
        time.sleep(0.05)
        talk.connection.sendall(numbered(2))
        assert numbers(talk, 1) == [b"2"]


def test_what_one_client_may_see_is_not_told_to_another(server: MockServer) -> None:
    head, end, body = numbered(1).partition(b"\r\n\r\n")
    padding = b"".join(b"X-Padding: %b\r\n" % (b"x" * 8_000) for _ in range(9))
    shown = b"GET /_mock/health HTTP/1.1\r\nHost: mock\r\n" + padding + b"\r\n"
    cut = len(body)
    with Talk(server) as talk:
        talk.connection.sendall(shown + (head + end + body)[:cut])
        assert b'"n1"' not in talk.received().body
        time.sleep(0.05)
        talk.connection.sendall((head + end + body)[cut:])
        assert numbers(talk, 1) == [b"1"]
    # Nor is its head known as that of another, which has no token.
    assert server.app[CONNECTIONS]._heads.get(shown) is None


def test_others_have_their_turn_where_one_sends_much_at_once(server: MockServer, taken: list[bool]) -> None:
    with Talk(server) as talk:
        talk.exchanged(request())
        talk.connection.sendall(request() * 60)
        assert {talk.received().status for _ in range(60)} == {200}
    assert 0 < taken.count(True) <= 24
