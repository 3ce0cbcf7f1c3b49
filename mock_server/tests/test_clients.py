"""Other people's GraphQL clients walk through the mock and come to all of the flows, in their order."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from gql import Client, GraphQLRequest
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.requests import RequestsHTTPTransport
from graphql import print_schema

from mock_server.generating import generate
from mock_server.reading import parameters
from mock_server.rulings import ruled
from mock_server.serving import MockServer
from mock_server.tests.asking import DETAILS, Asking, execution
from mock_server.tests.node import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aiohttp.typedefs import Handler

WORLD = generate(flows=150)
TOKEN = WORLD.callers[0].token
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
ASKING = Asking(execution(WORLD))
VARIABLES = {
    "organizationUuid": WORLD.organizations[0].uuid,
    "period": "last_3_months",
    "status": "ENABLED",
    "search": "a",
    "sort": {"by": "name", "order": "asc"},
    "first": 7,
}
NAMES = [flow["name"] for flow in ASKING.walk(**VARIABLES)]
SDL = print_schema(ASKING.execution.schema)
WALK = {"pages": -(-len(NAMES) // 7), "names": NAMES}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with MockServer(WORLD) as running:
        yield running.url


def test_the_question_is_worth_asking() -> None:
    assert 50 < len(NAMES) < 150
    assert sorted(NAMES) == NAMES


@pytest.mark.parametrize("client", ["apollo", "urql", "graphql-request", "codegen", "relay"])
def test_a_client_in_node_walks_all_flows(clients: Path, url: str, client: str) -> None:
    asked = {"url": url, "token": TOKEN, "query": DETAILS, "variables": VARIABLES, "sdl": SDL}
    assert run(clients, f"{client}.mjs", json.dumps(asked)) == WALK


@pytest.mark.parametrize("client", ["apollo", "urql", "relay"])
def test_a_client_that_joins_pages_walks_under_opaque_cursors_and_smaller_pages(clients: Path, client: str) -> None:
    asked = {"token": TOKEN, "query": DETAILS, "variables": VARIABLES, "sdl": SDL}
    with MockServer(WORLD, ruled(["cursor-style=opaque", "page-cap=5"])) as server:
        walk = run(clients, f"{client}.mjs", json.dumps({"url": server.url, **asked}))
    assert walk == {"pages": -(-len(NAMES) // 5), "names": NAMES}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_apollo_client_walks_all_flows_and_sends_its_query_once(clients: Path, method: str) -> None:
    whole: list[bool] = []

    @web.middleware
    async def noted(request: web.Request, handler: Handler) -> web.StreamResponse:
        whole.append("query" in await parameters(request))
        return await handler(request)

    asked = {"token": TOKEN, "query": DETAILS, "variables": VARIABLES, "persisted": method}
    server = MockServer(WORLD)
    server.app.middlewares.append(noted)
    with server:
        assert run(clients, "apollo.mjs", json.dumps({"url": server.url, **asked})) == WALK
    assert whole == [False, True] + [False] * (len(whole) - 2)


def test_gql_walks_all_flows_by_the_schema_that_it_asked_for(url: str) -> None:
    client = Client(transport=RequestsHTTPTransport(url=url, headers=HEADERS), fetch_schema_from_transport=True)
    names: list[str] = []
    query: GraphQLRequest | None = page_after(None)
    while query:
        brought, query = read(client.execute(query))
        names += brought
    assert names == NAMES


def test_gql_walks_all_flows_in_an_event_loop(url: str) -> None:
    async def walked() -> list[str]:
        transport = AIOHTTPTransport(url=url, headers=HEADERS)
        async with Client(transport=transport, fetch_schema_from_transport=True) as asking:
            names: list[str] = []
            query: GraphQLRequest | None = page_after(None)
            while query:
                brought, query = read(await asking.execute(query))
                names += brought
            return names

    # gql's own way to wait for it opens an event loop that nobody closes.
    assert asyncio.run(walked()) == NAMES


def page_after(cursor: str | None) -> GraphQLRequest:
    return GraphQLRequest(DETAILS, variable_values={**VARIABLES, "after": cursor})


def read(answer: dict[str, Any]) -> tuple[list[str], GraphQLRequest | None]:
    """Return the names on a page, and what asks for the next one."""
    page = answer["integrationsUsageDetails"]
    info = page["pageInfo"]
    following = page_after(info["endCursor"]) if info["hasNextPage"] else None
    return [edge["node"]["name"] for edge in page["edges"]], following
