"""Queries sent by their hash."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from mock_server.persisting import PersistedQueries
from mock_server.refusals import Unreadable
from mock_server.serving import MockServer
from mock_server.tests.posting import RESPONSE_JSON, TOKEN, WORLD, get, post

QUERY = "{ __typename }"


def extension(query: str = QUERY) -> dict[str, Any]:
    return {"version": 1, "sha256Hash": sha256(query.encode()).hexdigest()}


@pytest.mark.parametrize("headers", [TOKEN, {**TOKEN, "Accept": RESPONSE_JSON}])
def test_a_hash_is_not_found_until_its_query_came_with_it(headers: dict[str, str]) -> None:
    alone = {"extensions": {"persistedQuery": extension()}}
    with MockServer(WORLD) as server:
        unknown = post(server, alone, headers)
        whole = post(server, {**alone, "query": QUERY}, headers)
        known, got = post(server, alone, headers), get(server, headers, **alone)
    assert unknown.status_code == 200
    error = {"message": "PersistedQueryNotFound", "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND"}}
    assert unknown.json() == {"errors": [error]}
    assert whole.json() == known.json() == got.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    "persisted",
    [None, 1, {}, {"version": 2, "sha256Hash": "0"}, {"version": 1}, {"version": 1, "sha256Hash": "0" * 64}],
)
def test_what_is_no_hash_of_the_query_gets_400(server: MockServer, persisted: Any) -> None:
    response = post(server, {"query": QUERY, "extensions": {"persistedQuery": persisted}})
    assert response.status_code == 400
    assert response.json()["errors"][0]["message"]


def test_the_queries_used_last_are_kept() -> None:
    kept = PersistedQueries()
    for number in range(600):
        kept.query(f"{{ a{number} }}", extension(f"{{ a{number} }}"))
        kept.query(None, extension("{ a0 }"))
    with pytest.raises(Unreadable, match="PersistedQueryNotFound"):
        kept.query(None, extension("{ a1 }"))
    assert kept.query(None, extension("{ a599 }")) == "{ a599 }"
