"""What an organization's flows consumed in a period, by column: each distinct text stands once.

A row is a number, from 0 in the order in which the world lists the flows.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from mock_server.usage.flows import Flow

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from datetime import datetime

    from mock_server.records import Project

Item = TypeVar("Item", bound="Hashable")


@dataclass(frozen=True, slots=True)
class Table:
    """The columns. `name`, `project` and `status` hold places in `names`, `projects` and `statuses`."""

    names: Sequence[str]
    projects: Sequence[Project]
    statuses: Sequence[str]
    name: Sequence[int]
    project: Sequence[int]
    status: Sequence[int]
    tasks: Sequence[int]
    runs: Sequence[int]
    last_run_at: Sequence[datetime | None]

    def __len__(self) -> int:
        return len(self.tasks)

    def flow(self, row: int) -> Flow:
        """Return one row as a flow."""
        return Flow(
            name=self.names[self.name[row]],
            project=self.projects[self.project[row]],
            tasks=self.tasks[row],
            runs=self.runs[row],
            last_run_at=self.last_run_at[row],
            status=self.statuses[self.status[row]],
        )


def table(flows: Sequence[Flow]) -> Table:
    """Return the flows by column."""
    names, name = _places(flow.name for flow in flows)
    projects, project = _places(flow.project for flow in flows)
    statuses, status = _places(flow.status for flow in flows)
    tasks, runs = array("q", (flow.tasks for flow in flows)), array("q", (flow.runs for flow in flows))
    return Table(names, projects, statuses, name, project, status, tasks, runs, [flow.last_run_at for flow in flows])


def _places(items: Iterable[Item]) -> tuple[list[Item], array[int]]:
    found: dict[Item, int] = {}
    places = array("I", (found.setdefault(item, len(found)) for item in items))
    return list(found), places
