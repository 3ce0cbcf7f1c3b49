"""HTTP around GraphQL: tokens, media types and status codes."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from mock_server.rulings import ruled
from mock_server.serving import MockServer
from mock_server.tests.asking import DETAILS
from mock_server.tests.posting import ASKED, RESPONSE_JSON, TOKEN, VARIABLES, WORLD, post


def test_an_answer_is_json_in_utf_8(server: MockServer) -> None:
    response = post(server)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert response.json()["data"]["integrationsUsageDetails"]["totalFlows"] == 7


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer nobody"},
        {"Authorization": "Bearer expired-token"},
        {"Authorization": "super-admin-token"},
        {"Authorization": "Bearer"},
        {"Authorization": "Basic super-admin-token"},
        {"Authorization": 'Bearer "super-admin-token"'},
    ],
)
def test_without_a_valid_token_nothing_is_told(server: MockServer, headers: dict[str, str]) -> None:
    response = post(server, headers=headers)
    assert response.status_code == 401
    assert response.json()["errors"][0]["title"] == "Unauthorized"


@pytest.mark.parametrize("authorization", ["bearer super-admin-token", "Bearer  admin-token "])
def test_the_scheme_is_read_in_any_case_and_blanks_do_not_matter(server: MockServer, authorization: str) -> None:
    assert "errors" not in post(server, headers={"Authorization": authorization}).json()


def test_a_member_sees_the_organization_and_no_usage(server: MockServer) -> None:
    query = '{ organization(id: "301234567") { uuid } }'
    member = {"Authorization": "Bearer member-token"}
    assert post(server, {"query": query}, member).json()["data"]["organization"]["uuid"]
    refused = post(server, headers=member).json()
    assert refused["data"] == {"integrationsUsageDetails": None}
    assert refused["errors"][0]["extensions"]["code"] == "PERMISSION_DENIED"
    assert refused["errors"][0]["path"] == ["integrationsUsageDetails"]


@pytest.mark.parametrize("status", ["401", "403", "200"])
@pytest.mark.parametrize(("body", "key"), [("titled", "errors"), ("graphql", "errors"), ("single", "error")])
def test_the_refusal_is_worded_by_ruling(status: str, body: str, key: str) -> None:
    with MockServer(WORLD, ruled([f"refusal-status={status}", f"refusal-body={body}"])) as server:
        response = post(server, headers={})
    assert response.status_code == int(status)
    assert list(response.json()) == [key]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"null",
        b'{"query": NaN}',
        b"[" * 100_000,
        {},
        {"query": 1},
        {"query": DETAILS, "variables": []},
        {"query": DETAILS, "variables": "{}"},
        {"query": DETAILS, "operationName": 1},
        {"query": DETAILS, "extensions": []},
        b'{"query": "{ __typename }", "variables": {"first": ' + b"9" * 5_000 + b"}}",
    ],
)
def test_a_body_that_is_no_request_gets_400_and_an_error(server: MockServer, body: Any) -> None:
    response = post(server, body)
    assert response.status_code == 400
    assert response.json()["errors"][0]["message"]


@pytest.mark.parametrize("query", ["", "{", "{ nothing }", "{ organization { uuid } }", "{" * 5000, "{ a }" * 9000])
@pytest.mark.parametrize(("accept", "status"), [("application/json", 200), (RESPONSE_JSON, 400), ("*/*", 200)])
def test_a_document_that_cannot_be_executed_has_errors_and_no_data(
    server: MockServer, query: str, accept: str, status: int
) -> None:
    response = post(server, {"query": query}, {**TOKEN, "Accept": accept})
    assert response.status_code == status
    assert list(response.json()) == ["errors"]


@pytest.mark.parametrize("accept", ["application/json", RESPONSE_JSON])
@pytest.mark.parametrize("status", ["200", "400"])
def test_the_status_of_what_is_not_executed_is_by_ruling(status: str, accept: str) -> None:
    with MockServer(WORLD, ruled([f"invalid-status={status}"])) as server:
        response = post(server, {"query": "{ nothing }"}, {**TOKEN, "Accept": accept})
        assert (response.status_code, list(response.json())) == (int(status), ["errors"])
        assert post(server, ASKED, {**TOKEN, "Accept": accept}).status_code == 200


@pytest.mark.parametrize(
    ("settings", "member", "unknown"),
    [
        ([], 200, 200),
        (["denied-status=403"], 403, 403),
        (["denied-status=418", "unknown-organization=not-found", "not-found-status=404"], 418, 404),
        (["denied-status=403", "denial=null"], 200, 403),
    ],
)
def test_the_status_of_what_may_not_be_seen_and_is_not_there_is_by_ruling(
    settings: list[str], member: int, unknown: int
) -> None:
    with MockServer(WORLD, ruled(settings)) as server:
        refused = post(server, headers={"Authorization": "Bearer member-token"})
        nobodys = post(server, {**ASKED, "variables": {**VARIABLES, "organizationUuid": "nobody"}})
        assert (refused.status_code, nobodys.status_code, post(server).status_code) == (member, unknown, 200)
        assert refused.json()["data"] == nobodys.json()["data"] == {"integrationsUsageDetails": None}


def test_another_path_is_not_found(server: MockServer) -> None:
    assert requests.post(server.url + "x", json=ASKED, headers=TOKEN, timeout=10).status_code == 404


def test_a_body_that_is_too_large_is_refused(server: MockServer) -> None:
    response = post(server, b" " * 2_000_000)
    assert response.status_code == 413
    assert "1048576 bytes" in response.json()["errors"][0]["message"]


def test_a_batch_is_refused_in_words(server: MockServer) -> None:
    response = post(server, [ASKED, ASKED])
    assert response.status_code == 400
    assert "batch" in response.json()["errors"][0]["message"]


@pytest.mark.parametrize("text", ["\ud800", "\0", "é" * 1000, "🚀", '"'])
def test_any_text_is_a_search_a_status_and_an_organization(server: MockServer, text: str) -> None:
    for name in ("search", "status", "organizationUuid"):
        response = post(server, {**ASKED, "variables": {**VARIABLES, name: text}})
        assert response.status_code == 200
        assert "integrationsUsageDetails" in response.json()["data"]
