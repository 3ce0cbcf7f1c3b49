"""Other people's GraphQL clients walk through the mock and come to all of the flows, in their order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from gql import Client, gql
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


@pytest.mark.parametrize("transport", [RequestsHTTPTransport, AIOHTTPTransport])
def test_gql_walks_all_flows_by_the_schema_that_it_asked_for(url: str, transport: Any) -> None:
    over = transport(url=url, headers={"Authorization": f"Bearer {TOKEN}"})
    client = Client(transport=over, fetch_schema_from_transport=True)
    names: list[str] = []
    after = None
    more = True
    while more:
        query = gql(DETAILS)
        query.variable_values = {**VARIABLES, "after": after}
        page = client.execute(query)["integrationsUsageDetails"]
        names += [edge["node"]["name"] for edge in page["edges"]]
        more, after = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]
    assert names == NAMES
