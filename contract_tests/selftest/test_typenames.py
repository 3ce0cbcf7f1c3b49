"""The names of a target's types, as fragments have to name them."""

import re
from typing import Any

import pytest
from graphql import build_schema, graphql_sync, print_schema

from contract_tests import contract
from contract_tests.access import Access
from contract_tests.budget import Budget
from contract_tests.client import Client
from contract_tests.memory import Memory
from contract_tests.messages import Reply, Request
from contract_tests.target import Target
from contract_tests.typenames import types
from contract_tests.verdict import CannotJudge

ACCESS = Access("http://127.0.0.1:9/graphql", "a-token")
DOCUMENTED = print_schema(contract.documented_schema())
FLOW = r"type IntegrationFlow (\{.*?\n\})"
# The documented schema, with nodes of two types that share an interface.
INTERFACE = re.sub(
    FLOW,
    r"interface IntegrationFlow \1\ntype Active implements IntegrationFlow \1\ntype Idle implements IntegrationFlow \1",
    DOCUMENTED,
    flags=re.DOTALL,
)


class InMemory(Client):
    """A server whose nodes are of some types, one after the other; it may refuse to tell its schema."""

    def __init__(self, sdl: str, *nodes: str, introspection: bool = True) -> None:
        super().__init__(ACCESS, Budget(100, 60))
        self._schema, self._nodes, self._introspection = build_schema(sdl), nodes, introspection

    def send(self, request: Request) -> Reply:
        if "__schema" in request.document and not self._introspection:
            return Reply(200, {"errors": [{"message": "introspection is off"}]})
        root = {contract.DETAILS: details(self._nodes)}
        done = graphql_sync(self._schema, request.document, root, variable_values=request.variables)
        return Reply(200, dict(done.formatted))


def details(names: tuple[str, ...]) -> dict[str, Any]:
    project = {"name": "Sales Ops", "icon": None, "color": None}
    flow = {"name": "Sync", "project": project, "tasks": 1, "runs": 1, "lastRunAt": None, "status": "ENABLED"}
    edges = [{"node": {**flow, "__typename": name}} for name in names]
    info = {"hasNextPage": False, "endCursor": None}
    return {"totalFlows": len(edges), "totalTasks": len(edges), "edges": edges, "pageInfo": info}


def target(client: Client) -> Target:
    return Target(Memory(client), ACCESS, "uuid")


def test_each_type_is_named_as_its_objects_say() -> None:
    found = types(target(InMemory(DOCUMENTED, "IntegrationFlow", introspection=False)))
    assert (found["query"], found["node"], found["project"]) == ("Query", "IntegrationFlow", "IntegrationProject")


def test_objects_of_several_types_are_named_as_the_schema_does() -> None:
    found = types(target(InMemory(INTERFACE, "Active", "Idle")))
    assert found == {
        "query": "Query",
        "integrationsUsageDetails": "IntegrationsUsageDetailsConnection",
        "edges": "IntegrationsUsageDetailsEdge",
        "node": "IntegrationFlow",
        "project": "IntegrationProject",
        "pageInfo": "PageInfo",
    }


def test_objects_of_several_types_have_no_name_without_a_schema() -> None:
    with pytest.raises(CannotJudge, match="introspection is off"):
        types(target(InMemory(INTERFACE, "Active", "Idle", introspection=False)))
