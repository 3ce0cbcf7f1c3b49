"""Faults that a request asks for itself, by headers; each does what its sentence says, over HTTP."""

from __future__ import annotations

import asyncio
import json
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from unittest.mock import AsyncMock, Mock

import pytest
import requests
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from mock_server.faults import FAULTS, Faults
from mock_server.serving import MockServer
from mock_server.tests.connecting import connected, raw, read_until
from mock_server.tests.posting import ASKED, TOKEN, WORLD, post

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELD = "integrationsUsageDetails"
STATUSES = {
    "unauthorized": 401,
    "forbidden": 403,
    "rate-limited": 429,
    "rate-limited-until": 429,
    "rate-limited-silently": 429,
    "server-error": 500,
    "bad-gateway": 502,
    "unavailable": 503,
    "gateway-timeout": 504,
}
CODES = {
    "permission-denied": "PERMISSION_DENIED",
    "not-found": "RESOURCE_NOT_FOUND",
    "invalid-role": "INVALID_ROLE",
    "invalid-input": "INVALID_INPUT",
    "usage-limit-exceeded": "USAGE_LIMIT_EXCEEDED",
    "feature-not-allowed": "FEATURE_NOT_ALLOWED_BY_ORGANIZATION_PLAN",
    "query-timeout": None,
}
NO_JSON = ("cut-json", "not-json", "empty-body")
NO_ANSWER = ("reset", "closed", "hang", "truncated")
READ = ("internal-error", "single-error", "partial-data", "error-beside-data", "slow-drip")


@pytest.fixture(scope="module")
def server() -> Iterator[MockServer]:
    """Serve the documented world; what is slow takes a third of a second."""
    with MockServer(WORLD, faults=Faults(hang=0.3)) as running:
        yield running


def asking(server: MockServer, name: str, body: Any = ASKED) -> requests.Response:
    return post(server, body, {**TOKEN, "Mock-Error": name})


def test_every_fault_is_tried_here() -> None:
    assert {*STATUSES, *CODES, *NO_JSON, *NO_ANSWER, *READ} == set(FAULTS)


@pytest.mark.parametrize("name", STATUSES)
def test_a_fault_answers_its_status(server: MockServer, name: str) -> None:
    assert asking(server, name).status_code == STATUSES[name]


def test_a_token_that_is_over_is_told_as_documented(server: MockServer) -> None:
    told = asking(server, "unauthorized")
    assert told.json()["errors"][0].keys() == {"title", "detail"}
    assert 'error="invalid_token"' in told.headers["WWW-Authenticate"]


def test_who_is_throttled_hears_how_long_in_seconds_as_a_date_or_not_at_all(server: MockServer) -> None:
    waits = [asking(server, name).headers.get("Retry-After") for name in STATUSES if name.startswith("rate")]
    assert (waits[0], waits[2]) == ("1", None)
    assert 0 < parsedate_to_datetime(waits[1] or "").timestamp() - time.time() <= 3


@pytest.mark.parametrize("name", CODES)
def test_a_field_is_null_beside_its_error(server: MockServer, name: str) -> None:
    told = asking(server, name)
    (error,) = told.json()["errors"]
    assert (told.status_code, told.json()["data"], error["path"]) == (200, {FIELD: None}, [FIELD])
    assert error["extensions"].get("code") == CODES[name]
    assert error["extensions"]["correlation_id"]


def test_each_alias_is_null_beside_an_error_of_its_own(server: MockServer) -> None:
    query = '{ a: organization(id: "301234567") { uuid } b: organization(id: "301234567") { uuid } __typename }'
    told = asking(server, "permission-denied", {"query": query}).json()
    assert told["data"] == {"a": None, "b": None, "__typename": "Query"}
    assert [error["path"] for error in told["errors"]] == [["a"], ["b"]]


def test_an_internal_error_has_no_data(server: MockServer) -> None:
    told = asking(server, "internal-error").json()
    assert (list(told), told["errors"][0]["message"]) == (["errors"], "Internal server error")


def test_a_single_error_is_in_the_other_documented_shape(server: MockServer) -> None:
    assert asking(server, "single-error").json()["error"]["details"].keys() == {"code", "correlation_id"}


def test_partial_data_lacks_one_place_that_may_be_null(server: MockServer) -> None:
    whole, part = post(server).json()["data"], asking(server, "partial-data").json()
    path = [FIELD, "edges", 0, "node", "lastRunAt"]
    assert [error["path"] for error in part["errors"]] == [path]
    row = part["data"][FIELD]["edges"][0]["node"]
    assert row.pop("lastRunAt") is None
    assert whole[FIELD]["edges"][0]["node"].pop("lastRunAt") is not None
    assert part["data"] == whole


def test_where_nothing_may_be_null_the_last_field_is_what_lacks(server: MockServer) -> None:
    query = '{ a: organization(id: "301234567") { uuid } b: organization(id: "301234567") { uuid } }'
    part = asking(server, "partial-data", {"query": query}).json()
    assert part["data"] == {"a": {"uuid": WORLD.organizations[0].uuid}, "b": None}


def test_an_error_may_stand_beside_data_that_are_whole(server: MockServer) -> None:
    told = asking(server, "error-beside-data").json()
    assert told["errors"]
    assert told["data"] == post(server).json()["data"]


@pytest.mark.parametrize("name", [*CODES, *READ])
def test_a_refusal_of_the_servers_own_stays_what_it_is(server: MockServer, name: str) -> None:
    assert asking(server, name, {"query": "{ nothing }"}).json() == post(server, {"query": "{ nothing }"}).json()


@pytest.mark.parametrize("name", NO_JSON)
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_a_body_is_whole_as_http_and_no_json(server: MockServer, name: str, coding: str) -> None:
    told = post(server, headers={**TOKEN, "Mock-Error": name, "Accept-Encoding": coding})
    assert told.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        json.loads(told.text)


@pytest.mark.parametrize("name", NO_ANSWER)
def test_a_connection_ends_before_the_answer_is_whole(server: MockServer, name: str) -> None:
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        asking(server, name)


@pytest.mark.parametrize(("name", "end"), [("reset", ConnectionResetError), ("closed", None)])
def test_a_reset_is_told_from_an_end(server: MockServer, name: str, end: type[OSError] | None) -> None:
    with connected(server) as connection:
        connection.sendall(raw("{ __typename }", f"Mock-Error: {name}"))
        if end:
            with pytest.raises(end):
                connection.recv(1)
        else:
            assert connection.recv(1) == b""


def test_a_body_that_breaks_off_promised_more(server: MockServer) -> None:
    with connected(server) as connection:
        connection.sendall(raw("{ __typename }", "Mock-Error: truncated"))
        head, _, body = read_until(connection, b"never").partition(b"\r\n\r\n")
    assert b"Content-Length: 31" in head
    assert body == b'{"data":{"__typ'


def test_a_body_that_drips_is_whole_in_the_end(server: MockServer) -> None:
    began = time.monotonic()
    assert asking(server, "slow-drip").json() == post(server).json()
    assert time.monotonic() - began > 0.3


@pytest.mark.parametrize("name", FAULTS)
def test_after_any_fault_the_server_goes_on(server: MockServer, name: str, caplog: pytest.LogCaptureFixture) -> None:
    for method in ("POST", "HEAD"):
        try:
            requests.request(method, server.url, json=ASKED, headers={**TOKEN, "Mock-Error": name}, timeout=5)
        except requests.RequestException:
            assert name in NO_ANSWER
    assert post(server).status_code == 200
    assert caplog.records == []


@pytest.mark.parametrize("name", ["truncated", "slow-drip"])
def test_who_has_gone_before_the_first_byte_is_no_error(name: str) -> None:
    async def honest(_: web.Request) -> web.StreamResponse:
        return web.Response(text="a body")

    writer = Mock(write_headers=AsyncMock(side_effect=ConnectionResetError))
    asked = make_mocked_request("POST", "/graphql", writer=writer)

    async def act() -> None:
        await FAULTS[name].act(asked, honest, 0.0)

    asyncio.run(act())
    writer.write_headers.assert_awaited_once()
