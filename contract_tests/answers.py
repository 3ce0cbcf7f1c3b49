"""Pages and flows as values, read from the JSON of an answer. Knows the documented form; judges nothing."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from contract_tests.verdict import Malformed

CURSORS = frozenset({"endCursor", "startCursor", "cursor"})
CURSOR = "a cursor"


@dataclass(frozen=True, slots=True)
class Flow:
    """One flow's usage in a period, as one edge showed it. Flows have no id: equal ones are equal."""

    name: str
    project: str
    status: str
    tasks: int
    runs: object
    last_run_at: object
    icon: object
    color: object

    def __str__(self) -> str:
        return f"{self.name!r} in {self.project!r}, {self.tasks} tasks, {self.runs} runs, {self.status}"


class Rows(Counter[Flow]):
    """Flows regardless of their order, equal ones counted."""

    def __init__(self, flows: Iterable[Flow] = ()) -> None:
        super().__init__(flows)


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of the details query."""

    total_flows: int
    total_tasks: int
    flows: tuple[Flow, ...]
    has_next_page: bool
    end_cursor: str | None

    @property
    def totals(self) -> tuple[int, int]:
        """The totals for flows and tasks."""
        return self.total_flows, self.total_tasks


def page(details: object) -> Page:
    """Read the value of `integrationsUsageDetails`.

    Raises:
        Malformed: where a value that judging needs is missing or of another type.

    """
    fields = _mapping(details, "integrationsUsageDetails")
    info = _mapping(fields.get("pageInfo"), "pageInfo")
    has_next_page, end_cursor = info.get("hasNextPage"), info.get("endCursor")
    if not isinstance(has_next_page, bool):
        raise Malformed("pageInfo.hasNextPage", "a boolean", has_next_page)
    if not (end_cursor is None or isinstance(end_cursor, str)):
        raise Malformed("pageInfo.endCursor", "a string or null", end_cursor)
    edges = fields.get("edges")
    if not isinstance(edges, list):
        raise Malformed("edges", "a list", edges)
    return Page(
        total_flows=count(fields.get("totalFlows"), "totalFlows"),
        total_tasks=count(fields.get("totalTasks"), "totalTasks"),
        flows=tuple(_flow(edge, f"edges[{index}]") for index, edge in enumerate(edges)),
        has_next_page=has_next_page,
        end_cursor=end_cursor,
    )


def without_cursors(value: Any) -> Any:
    """Return JSON in which a cursor says that it is one, and no more."""
    if isinstance(value, dict):
        return {key: CURSOR if key in CURSORS and item else without_cursors(item) for key, item in value.items()}
    return [without_cursors(item) for item in value] if isinstance(value, list) else value


def _flow(edge: object, path: str) -> Flow:
    node = _mapping(_mapping(edge, path).get("node"), f"{path}.node")
    project = _mapping(node.get("project"), f"{path}.node.project")
    return Flow(
        name=_text(node.get("name"), f"{path}.node.name"),
        project=_text(project.get("name"), f"{path}.node.project.name"),
        status=_text(node.get("status"), f"{path}.node.status"),
        tasks=count(node.get("tasks"), f"{path}.node.tasks"),
        runs=_plain(node.get("runs")),
        last_run_at=_plain(node.get("lastRunAt")),
        icon=_plain(project.get("icon")),
        color=_plain(project.get("color")),
    )


def _mapping(value: object, path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Malformed(path, "an object", value)
    return value


def _text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise Malformed(path, "a string", value)
    return value


def count(value: object, path: str) -> int:
    """Read a whole number; 540.0 is 540, since JSON knows one kind of number.

    Raises:
        Malformed: where the value is none.

    """
    if isinstance(value, bool) or not (isinstance(value, int) or (isinstance(value, float) and value.is_integer())):
        raise Malformed(path, "an integer", value)
    return int(value)


def _plain(value: object) -> object:
    """Make a value comparable as part of a row, whatever it is."""
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else value
