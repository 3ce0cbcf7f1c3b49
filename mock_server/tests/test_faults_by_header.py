"""The headers a request asks for trouble by: what they take, what they refuse, what they go before."""

from __future__ import annotations

import time

import pytest
import requests

from mock_server.app import SWITCH
from mock_server.faults import Faults
from mock_server.serving import MockServer
from mock_server.tests.posting import TOKEN, WORLD, post


def test_a_latency_is_waited_for(server: MockServer) -> None:
    began = time.monotonic()
    assert post(server, headers={**TOKEN, "Mock-Latency": "200ms"}).status_code == 200
    assert time.monotonic() - began > 0.2


def test_a_status_and_an_error_come_together(server: MockServer) -> None:
    told = post(server, headers={**TOKEN, "Mock-Status": "503", "Mock-Error": "empty-body"})
    assert (told.status_code, told.content) == (503, b"")


@pytest.mark.parametrize(
    ("header", "value", "says"),
    [
        ("Mock-Latency", "fast", "Mock-Latency is a time like 120ms"),
        ("Mock-Status", "200", "Mock-Status is a status from 400 to 599, not '200'"),
        ("Mock-Error", "rest", "unknown fault 'rest'; did you mean reset"),
    ],
)
def test_what_is_none_is_refused_in_words(server: MockServer, header: str, value: str, says: str) -> None:
    told = post(server, headers={**TOKEN, header: value})
    assert told.status_code == 400
    assert told.json()["errors"][0]["message"].startswith(says)


def test_a_request_goes_before_what_is_set_for_all() -> None:
    with MockServer(WORLD, faults=Faults(status=503)) as server:
        asked: tuple[dict[str, str], ...] = (
            {},
            {"Mock-Error": "none"},
            {"Mock-Status": "429"},
            {"Mock-Latency": "1ms"},
        )
        assert [post(server, headers={**TOKEN, **headers}).status_code for headers in asked] == [503, 200, 429, 503]


def test_trouble_is_switched_while_it_serves() -> None:
    with MockServer(WORLD) as server:
        assert post(server).status_code == 200
        server.app[SWITCH].trouble.switch(Faults(errors=("forbidden",)))
        assert post(server).status_code == 403


def test_a_browser_may_send_the_headers_and_its_own_question_meets_no_trouble() -> None:
    with MockServer(WORLD, faults=Faults(status=503)) as server:
        asked = "authorization,content-type,mock-error,mock-latency,mock-status"
        headers = {"Origin": "http://a.test", "Access-Control-Request-Method": "POST"}
        told = requests.options(server.url, headers={**headers, "Access-Control-Request-Headers": asked}, timeout=5)
        assert told.status_code == 204
        assert told.headers["Access-Control-Allow-Headers"] == asked
        assert post(server).headers["Access-Control-Allow-Origin"] == "*"
