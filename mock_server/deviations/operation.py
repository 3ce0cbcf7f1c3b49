"""Responses that are not what was selected, or not of its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mock_server.deviations.deviation import ExecutionDeviation
from mock_server.deviations.rewriting import OfConnections, OfNodes, connections, nodes

if TYPE_CHECKING:
    from mock_server.execution import Request
    from mock_server.records import Caller
    from mock_server.rendering import Json


class ErrorsBesideData(ExecutionDeviation):
    """An error stands beside the data."""

    breaks = ("operation.documented",)

    def respond(self, request: Request, caller: Caller) -> Json:
        response = super().respond(request, caller)
        warned = any(connections(response)) and "errors" not in response
        return {"errors": [{"message": "Some figures may lag"}], **response} if warned else response


class NullsLeftOut(ExecutionDeviation):
    """Keys of projects that are null are left out."""

    breaks = ("operation.documented",)

    def respond(self, request: Request, caller: Caller) -> Json:
        response = super().respond(request, caller)
        for node in nodes(response):
            if "project" in node:
                node["project"] = {key: value for key, value in node["project"].items() if value is not None}
        return response


class NodesWithId(OfNodes):
    """Nodes have an `id` that nobody selected."""

    breaks = ("operation.documented",)
    key = "name"

    def rewrite(self, part: Json) -> None:
        part["id"] = part["name"]


class SnakeCaseKeys(OfNodes):
    """`lastRunAt` comes as `last_run_at`."""

    breaks = ("operation.documented",)
    key = "lastRunAt"

    def rewrite(self, part: Json) -> None:
        part["last_run_at"] = part.pop("lastRunAt")


class DocumentedSortRefused(ExecutionDeviation):
    """A `sort` in the variables is an error."""

    breaks = ("operation.documented",)

    def respond(self, request: Request, caller: Caller) -> Json:
        if request.variables and request.variables.get("sort"):
            return {"errors": [{"message": "Variable $sort is not supported"}]}
        return super().respond(request, caller)


class TasksAsText(OfNodes):
    """`tasks` is text."""

    breaks = ("operation.types",)
    key = "tasks"

    def value(self, honest: Any) -> Any:
        return str(honest)


class RunsWithFractions(OfNodes):
    """`runs` has a fraction."""

    breaks = ("operation.types",)
    key = "runs"

    def value(self, honest: Any) -> Any:
        return honest + 0.5


class RunsWithFractionsOnLaterPages(RunsWithFractions):
    """`runs` has a fraction on every page but the first."""

    def respond(self, request: Request, caller: Caller) -> Json:
        is_later = bool((request.variables or {}).get("after"))
        return super().respond(request, caller) if is_later else super(OfNodes, self).respond(request, caller)


class RunsNegative(OfNodes):
    """`runs` is negative where there are few."""

    breaks = ("operation.types",)
    key = "runs"

    def value(self, honest: Any) -> Any:
        return honest - 3


class RunsNull(OfNodes):
    """`runs` is null where it is odd."""

    breaks = ("operation.types",)
    key = "runs"

    def value(self, honest: Any) -> Any:
        return None if honest % 2 else honest


class StatusAsBoolean(OfNodes):
    """`status` is whether the flow is enabled."""

    breaks = ("operation.types",)
    key = "status"

    def value(self, honest: Any) -> Any:
        return honest == "ENABLED"


class NullNode(OfConnections):
    """The last node of a page is null."""

    breaks = ("operation.types",)
    key = "edges"

    def value(self, honest: Any) -> Any:
        return [*honest[:-1], {**honest[-1], "node": None}] if honest else honest


class NullEdge(OfConnections):
    """The last edge of a page is null."""

    breaks = ("operation.types",)
    key = "edges"

    def value(self, honest: Any) -> Any:
        return [*honest[:-1], None] if honest else honest


class TotalTasksAsText(OfConnections):
    """`totalTasks` is text."""

    breaks = ("operation.types",)
    key = "totalTasks"

    def value(self, honest: Any) -> Any:
        return str(honest)


class TotalFlowsNull(OfConnections):
    """`totalFlows` is null."""

    breaks = ("operation.types",)
    key = "totalFlows"

    def value(self, honest: Any) -> Any:  # noqa: ARG002 - whatever it was
        return None


DEVIATIONS = (
    ErrorsBesideData,
    NullsLeftOut,
    NodesWithId,
    SnakeCaseKeys,
    DocumentedSortRefused,
    TasksAsText,
    RunsWithFractions,
    RunsWithFractionsOnLaterPages,
    RunsNegative,
    RunsNull,
    StatusAsBoolean,
    NullNode,
    NullEdge,
    TotalTasksAsText,
    TotalFlowsNull,
)
