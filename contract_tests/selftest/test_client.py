"""The client's patience, and its end: what a server may do to a request before it is given up."""

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest
from pyrate_limiter import Rate

from contract_tests.access import Access, Caller
from contract_tests.budget import Budget, BudgetSpent, Patience
from contract_tests.client import LEARNT, Client, NotGraphQL, Unanswered
from contract_tests.messages import Reply, Request

BODY = json.dumps({"data": {"__typename": "Query"}}).encode()
ASKED = Request("{ __typename }", {})
Answer = Callable[[BaseHTTPRequestHandler, int], None]


@contextmanager
def serving(answer: Answer) -> Iterator[tuple[str, list[float]]]:
    """Serve an answer that knows the number of the request; yield the URL and the times of the requests."""
    times: list[float] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            times.append(time.monotonic())
            self.rfile.read(int(self.headers["Content-Length"]))
            answer(self, len(times))

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/graphql", times
    finally:
        server.shutdown()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, status: int = 200, body: bytes = BODY, **headers: str) -> None:
    handler.send_response(status)
    named = {"Content-Length": str(len(body))} | {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in named.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def asked(url: str, *, timeout: float = 5.0, budget: Budget | None = None, rate: Rate | None = None) -> Reply:
    with closing(Client(Access(url, "a-token"), budget or Budget(100, 60), rate=rate, timeout=timeout)) as client:
        return client.send(ASKED)


def at_first(trouble: Answer) -> Answer:
    """Answer the first request by trouble, and all later ones well."""
    return lambda handler, number: trouble(handler, number) if number == 1 else send(handler)


TROUBLES: dict[str, Answer] = {
    "a page of a gateway": lambda handler, _: send(handler, 502, b"<html>"),
    "too many requests": lambda handler, _: send(handler, 429, b"", Retry_After="0"),
    "a body that breaks off": lambda handler, _: send(handler, 200, BODY[:9], Content_Length="40"),
    "a body that is no JSON": lambda handler, _: send(handler, 200, b"oops"),
    "no answer at all": lambda handler, _: handler.connection.close(),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_that_passes_is_borne(trouble: str) -> None:
    with serving(at_first(TROUBLES[trouble])) as (url, times):
        assert asked(url).data == {"__typename": "Query"}
    assert len(times) == 2


def test_a_compressed_body_is_read() -> None:
    with serving(lambda handler, _: send(handler, 200, gzip.compress(BODY), Content_Encoding="gzip")) as (url, _):
        assert asked(url).data == {"__typename": "Query"}


def test_a_body_that_drips_is_given_up_after_the_timeout() -> None:
    def drip(handler: BaseHTTPRequestHandler, _: int) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        try:
            for _ in range(50):
                handler.wfile.write(b" ")
                time.sleep(0.05)
        except OSError:
            pass

    began = time.monotonic()
    with serving(drip) as (url, times), pytest.raises(Unanswered, match=r"not answer whole within 0\.3 s"):
        asked(url, timeout=0.3)
    assert (len(times), time.monotonic() - began < 10) == (3, True)


def test_a_retry_is_given_up_when_the_time_is_over() -> None:
    def hang(*_: object) -> None:
        time.sleep(3)

    began = time.monotonic()
    with serving(hang) as (url, _), pytest.raises(BudgetSpent, match=r"time of 1 s"):
        asked(url, timeout=0.7, budget=Budget(100, 1.0))
    assert time.monotonic() - began < 1.6


def test_what_hangs_once_is_asked_again_long_before_the_timeout() -> None:
    ended = threading.Event()

    def seldom(handler: BaseHTTPRequestHandler, number: int) -> None:
        if number == LEARNT + 1:
            ended.wait(30)
        else:
            send(handler)

    with serving(seldom) as (url, times), closing(Client(Access(url, "a-token"), Budget(100, 60))) as client:
        for _ in range(LEARNT + 1):
            assert client.send(ASKED).data == {"__typename": "Query"}
        ended.set()
    assert len(times) == LEARNT + 2
    assert times[-1] - times[-2] < 10


def test_a_slow_answer_is_waited_for_to_the_end_before_it_is_given_up() -> None:
    patience = Patience(33, Budget(100, 60), at_first=2)
    assert [patience.clone().read_timeout for _ in range(4)] == [2, 8, 33, 33]
    hurried = Patience(33, Budget(100, 5), at_first=20)
    assert 0 < float(hurried.clone().read_timeout or 0) <= 5


def test_what_is_no_json_for_ever_is_no_graphql() -> None:
    with serving(lambda handler, _: send(handler, 200, b"<html>")) as (url, _), pytest.raises(NotGraphQL):
        asked(url)


def test_retries_are_counted_in_the_budget() -> None:
    with serving(TROUBLES["a page of a gateway"]) as (url, times), pytest.raises(BudgetSpent):
        asked(url, budget=Budget(3, 60))
    assert len(times) == 3


def test_a_budget_that_ends_between_retries_leaves_no_connection_open() -> None:
    said: list[bytes] = []
    over = threading.Event()

    def keep(handler: BaseHTTPRequestHandler, _: int) -> None:
        handler.protocol_version = "HTTP/1.1"
        send(handler, 503, b"busy")
        handler.connection.settimeout(5)
        try:
            said.append(handler.connection.recv(1))
        finally:
            over.set()

    # The error is held on to: nothing may wait for it to be collected.
    with serving(keep) as (url, _), pytest.raises(BudgetSpent) as spent:
        asked(url, budget=Budget(1, 60))
    assert over.wait(10), spent
    assert said == [b""]


def test_retries_keep_the_rate() -> None:
    with serving(TROUBLES["too many requests"]) as (url, times), pytest.raises(Unanswered):
        asked(url, rate=Rate(1, 100))
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert len(gaps) > 2
    # A request may arrive late, and the next one is the nearer to it; no two are sent at once.
    assert min(gaps) > 0.02
    assert min(later - earlier for earlier, later in zip(times, times[2:], strict=False)) > 0.15


def test_the_rate_is_nearly_used() -> None:
    with serving(lambda handler, _: send(handler)) as (url, times):
        client = Client(Access(url, "a-token"), Budget(100, 60), rate=Rate(1, 100))
        for _ in range(12):
            client.send(ASKED)
        client.close()
    assert 1.09 <= times[-1] - times[0] < 1.5


def test_requests_together_are_in_flight_at_once_and_no_second_sees_more_than_the_rate_allows() -> None:
    def slowly(handler: BaseHTTPRequestHandler, _: int) -> None:
        time.sleep(0.5)
        send(handler)

    with serving(slowly) as (url, _):
        client = Client(Access(url, "a-token"), Budget(100, 60), rate=Rate(1, 200))
        client.send(ASKED)
        first = client.together([ASKED] * 4)
        client.send(ASKED)
        second = client.together([ASKED] * 7)
        client.close()
    times = sorted(timing.began for timing in client.timings)
    assert (first.most, second.most) == (4, 5)
    assert [reply.data for reply in first.replies + second.replies] == [{"__typename": "Query"}] * 11
    # The fifth after any one is a second later, but for what a request is late.
    assert min(later - earlier for earlier, later in zip(times, times[5:], strict=False)) > 0.9


def test_where_the_rate_lets_one_through_at_a_time_none_are_in_flight_together() -> None:
    with serving(lambda handler, _: send(handler)) as (url, _):
        client = Client(Access(url, "a-token"), Budget(100, 60), rate=Rate(1, 1000))
        assert client.together([ASKED] * 2).most == 1
        client.close()


def test_a_request_is_known_again_by_its_key_which_holds_no_token() -> None:
    request = Request("{ __typename }", {"first": 1}, Caller.LONGER)
    assert Request.of_key(request.key) == request
    assert "a-token" not in request.key
