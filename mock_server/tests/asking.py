"""Questions put to an execution without HTTP, as its own tests put them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mock_server import shipped, worlds
from mock_server.app import execution
from mock_server.execution import Execution, Request
from mock_server.rulings import ruled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_server.records import World
    from mock_server.rendering import Json

DETAILS = shipped.schema_text("operations/integrationsUsageDetails.graphql")
STATS = shipped.schema_text("operations/integrationsUsageStats.graphql")
ORGANIZATION = shipped.schema_text("operations/organization.graphql")

__all__ = ["DETAILS", "ORGANIZATION", "STATS", "Asking", "asking", "execution", "outcome"]


class Asking:
    """Asks one execution, as the first caller of its world about the first organization unless told otherwise."""

    def __init__(self, asked: Execution) -> None:
        self.execution = asked
        self.world: World = asked.resolvers.world

    def respond(self, query: str = DETAILS, caller: int = 0, **variables: Any) -> Json:
        """Return the response to a query; the variables stand beside the organization and the current month."""
        given = {"organizationUuid": self.world.organizations[0].uuid, "period": "current_month", **variables}
        return self.execution.respond(Request(query, given), self.world.callers[caller])

    def details(self, **variables: Any) -> Json:
        """Return the connection; fail where there is none."""
        found: Json = self.respond(**variables)["data"]["integrationsUsageDetails"]
        return found

    def pages(self, **variables: Any) -> Iterator[Json]:
        """Yield the pages of a walk."""
        page = self.details(**variables)
        yield page
        while page["pageInfo"]["hasNextPage"] and page["edges"]:
            page = self.details(**{**variables, "after": page["pageInfo"]["endCursor"]})
            yield page

    def walk(self, **variables: Any) -> list[Json]:
        """Return the nodes of all pages."""
        return [edge["node"] for page in self.pages(**variables) for edge in page["edges"]]


def asking(world: str, *settings: str) -> Asking:
    """Return what asks the world of a name, under rulings."""
    return Asking(execution(worlds.load(world), ruled(settings)))


def outcome(asked: Asking, **variables: Any) -> Any:
    """Return the code of a refusal; else how many edges came, whether there is a next page, and the total of flows."""
    response = asked.respond(**variables)
    if "errors" in response:
        return response["errors"][0]["extensions"]["code"]
    page: Json = response["data"]["integrationsUsageDetails"]
    return len(page["edges"]), page["pageInfo"]["hasNextPage"], page["totalFlows"]
