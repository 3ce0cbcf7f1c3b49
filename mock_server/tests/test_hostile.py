"""Whatever comes is answered in words, below 500, and the server goes on."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_server.tests.asking import DETAILS
from mock_server.tests.connecting import connected, raw, read_until
from mock_server.tests.posting import ASKED, JSON, TOKEN, VARIABLES, get, post

if TYPE_CHECKING:
    from mock_server.serving import MockServer

SURROGATE = "\ud800"
TWICE = " ".join(f"fragment f{place} on Query {{ ...f{place + 1} ...f{place + 1} }}" for place in range(40))
QUERIES = [
    "{ a " * 5_000,
    "{ a " * 150 + "}" * 150,
    "{" + "__typename " * 4_000 + "}",
    "{" + " ".join(f"a{place}: __typename" for place in range(3_000)) + "}",
    "{ ...f0 } " + TWICE + " fragment f40 on Query { __typename }",
    "{ organization(id: " + "[" * 9_000 + "]" * 9_000 + ") { id } }",
    "{ organization(id: " + "9" * 5_000 + ") { id } }",
    "{ integrationsUsageDetails(organizationUuid: 1, period: last_month, first: " + "9" * 5_000 + ") { totalFlows } }",
    f'{{ organization(id: "{SURROGATE}") {{ id }} }}',
    SURROGATE,
    "\0",
    "\ufeff",
]
BODIES = [
    b'{"query": "{ __typename }\xff"}',
    b'{"query": "\x00"}',
    b"[" * 500_000,
    b'{"a":' * 150_000 + b"1" + b"}" * 150_000,
    b'{"query": "{ __typename }", "variables": {"a": ' + b"9" * 100_000 + b"}}",
    b'{"query": "{ __typename }", "variables": {"a": 1e400}}',
    b'{"query": "{ __typename }", "variables": {"a": -Infinity}}',
    b'{"query": "{ __typename }", "query": null}',
    *(json.dumps({"query": query}).encode() for query in QUERIES),
]

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters()), inner, max_size=4),
    max_leaves=12,
)
PARAMETERS = st.sampled_from(("query", "variables", "operationName", "extensions"))
WORDS = (
    "{",
    "}",
    "(",
    ")",
    "$a",
    ":",
    "...",
    "on",
    "query",
    "organization",
    "integrationsUsageDetails",
    "edges",
    '"x"',
)
REQUESTS = st.one_of(
    st.dictionaries(PARAMETERS, VALUES),
    st.dictionaries(st.sampled_from(tuple(VARIABLES)), VALUES).map(lambda given: {**ASKED, "variables": given}),
    VALUES.map(lambda value: {**ASKED, "extensions": {"persistedQuery": value}}),
    st.lists(st.sampled_from(WORDS), max_size=40).map(lambda words: {"query": " ".join(words)}),
    st.integers(0, len(DETAILS)).map(lambda place: {**ASKED, "query": DETAILS[:place] + "}" + DETAILS[place:]}),
)


def is_answered(response: requests.Response) -> bool:
    """Whether this is a GraphQL response, or a refusal in words."""
    said = response.json()
    return response.status_code < 500 and ("data" in said or all(error["message"] for error in said["errors"]))


def goes_on(server: MockServer) -> bool:
    """Whether the documented question is answered as ever."""
    return bool(post(server).json()["data"]["integrationsUsageDetails"]["totalFlows"] == 7)


@pytest.mark.parametrize("body", BODIES)
def test_a_hostile_body_is_answered_in_words_and_the_server_goes_on(server: MockServer, body: bytes) -> None:
    assert is_answered(post(server, body))
    assert goes_on(server)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=300) | REQUESTS.map(lambda asked: json.dumps(asked).encode()))
def test_any_body_is_answered_in_words(server: MockServer, body: bytes) -> None:
    assert is_answered(post(server, body))
    assert goes_on(server)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.dictionaries(PARAMETERS, st.text(st.characters(exclude_categories=["Cs"]), max_size=50)))
def test_any_get_is_answered_in_words(server: MockServer, asked: dict[str, Any]) -> None:
    assert is_answered(get(server, None, **asked))


@pytest.mark.parametrize("body", [gzip.compress(b" " * 20_000_000), b"not compressed", b""])
def test_a_compressed_body_is_not_unpacked(server: MockServer, body: bytes) -> None:
    response = post(server, body, {**TOKEN, "Content-Encoding": "gzip"})
    assert response.status_code == 415
    assert response.json()["errors"][0]["message"] == "The body must not be compressed"


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "\xff"},
        {"Accept": "q=;,;q=nan"},
        {"Accept-Encoding": "\xff, gzip;q=x"},
        {"Content-Type": ";;"},
        {"Content-Type": f'{JSON}; charset="\xff"'},
        {"Authorization": "Bearer \xff"},
    ],
)
def test_a_header_that_makes_no_sense_is_answered_in_words(server: MockServer, headers: dict[str, str]) -> None:
    response = post(server, headers={**TOKEN, **headers})
    assert response.status_code < 500
    assert response.json()


def test_a_body_in_broken_chunks_is_refused_without_a_traceback_and_the_server_goes_on(
    server: MockServer, caplog: pytest.LogCaptureFixture
) -> None:
    with connected(server) as connection:
        head = raw("", "Transfer-Encoding: chunked").partition(b"Content-Length")[0]
        connection.sendall(head + b"\r\nzz\r\n{}\r\n")
        assert b" 400 " in read_until(connection, b"\r\n")
    assert goes_on(server)
    assert caplog.records == []
