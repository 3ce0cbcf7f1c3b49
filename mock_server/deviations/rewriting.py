"""Where a response shows flows, and what it takes to rewrite it there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from mock_server.deviations.deviation import ExecutionDeviation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_server.execution import Request
    from mock_server.records import Caller
    from mock_server.rendering import Json

_SHOWN_BY = frozenset({"totalFlows", "totalTasks", "edges", "pageInfo"})


def connections(response: Json) -> Iterator[Json]:
    """Yield each details answer in the response, under whatever alias it stands."""
    for value in (response.get("data") or {}).values():
        if isinstance(value, dict) and not _SHOWN_BY.isdisjoint(value):
            yield value


def nodes(response: Json) -> Iterator[Json]:
    """Yield each flow in the response."""
    for connection in connections(response):
        yield from (edge["node"] for edge in connection.get("edges", ()) if "node" in edge)


class OfNodes(ExecutionDeviation):
    """A fault in one key of each node."""

    key: ClassVar[str] = ""

    def respond(self, request: Request, caller: Caller) -> Json:
        response = super().respond(request, caller)
        for part in self.parts(response):
            if self.key in part:
                self.rewrite(part)
        return response

    def parts(self, response: Json) -> Iterator[Json]:
        yield from nodes(response)

    def rewrite(self, part: Json) -> None:
        part[self.key] = self.value(part[self.key])

    def value(self, honest: Any) -> Any:
        return honest


class OfProjects(OfNodes):
    """A fault in one key of each project."""

    def parts(self, response: Json) -> Iterator[Json]:
        yield from (node["project"] for node in nodes(response) if "project" in node)


class OfConnections(OfNodes):
    """A fault in one key of the connection."""

    def parts(self, response: Json) -> Iterator[Json]:
        yield from connections(response)
