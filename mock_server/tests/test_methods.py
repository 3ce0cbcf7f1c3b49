"""GET, HEAD, OPTIONS and what is no method of this endpoint."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from mock_server.faults import Faults
from mock_server.serving import MockServer
from mock_server.tests.asking import DETAILS
from mock_server.tests.posting import ASKED, TOKEN, VARIABLES, WORLD, get, post

ORIGIN = {"Origin": "http://localhost:3000"}
METHODS = "GET, HEAD, POST, OPTIONS"


def test_a_get_is_answered_as_a_post_is(server: MockServer) -> None:
    got = get(server, query=DETAILS, variables=VARIABLES, operationName="integrationsUsageDetails")
    assert got.status_code == 200
    assert got.content == post(server).content


def test_an_empty_parameter_is_not_given(server: MockServer) -> None:
    got = get(server, query="{ __typename }", variables="", operationName="", extensions="")
    assert got.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    "parameters", [{}, {"query": ""}, {"query": "{ a }", "variables": "{"}, {"query": "{ a }", "variables": "[]"}]
)
def test_a_get_without_a_request_gets_400(server: MockServer, parameters: dict[str, Any]) -> None:
    got = get(server, **parameters)
    assert got.status_code == 400
    assert got.json()["errors"][0]["message"]


@pytest.mark.parametrize("query", ["mutation { __typename }", "query a { __typename } mutation b { __typename }"])
def test_a_mutation_is_not_sent_by_get(server: MockServer, query: str) -> None:
    got = get(server, query=query, operationName="b" if "query" in query else "")
    assert got.status_code == 405
    assert got.headers["Allow"] == "POST"


def test_a_head_has_the_headers_of_a_get_and_no_body(server: MockServer) -> None:
    got = get(server, query="{ __typename }")
    head = requests.head(server.url, params={"query": "{ __typename }"}, headers=TOKEN, timeout=10)
    assert head.status_code == 200
    assert head.headers["Content-Length"] == got.headers["Content-Length"]
    assert head.content == b""


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_another_method_is_refused_with_those_that_there_are(server: MockServer, method: str) -> None:
    response = requests.request(method, server.url, json=ASKED, headers=TOKEN, timeout=10)
    assert response.status_code == 405
    assert response.headers["Allow"] == METHODS
    assert response.json()["errors"][0]["message"]


def test_a_page_on_another_origin_may_send_a_token_and_any_other_header(server: MockServer) -> None:
    asked = "authorization,content-type,mock-latency"
    wanted = {**ORIGIN, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": asked}
    response = requests.options(server.url, headers=wanted, timeout=10)
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Allow-Methods"] == response.headers["Allow"] == METHODS
    assert response.headers["Access-Control-Allow-Headers"] == asked


def test_a_page_on_another_origin_may_read_answers_refusals_and_trouble(server: MockServer) -> None:
    with MockServer(WORLD, faults=Faults(rate_limit=(1, 60))) as limited:
        post(limited)
        throttled = post(limited, headers=ORIGIN)
    responses = [post(server, headers={**TOKEN, **ORIGIN}), post(server, headers=ORIGIN), throttled]
    assert [response.status_code for response in responses] == [200, 401, 429]
    assert {response.headers["Access-Control-Allow-Origin"] for response in responses} == {"*"}


def test_a_refused_token_comes_with_a_challenge(server: MockServer) -> None:
    assert post(server, headers={}).headers["WWW-Authenticate"] == "Bearer"
