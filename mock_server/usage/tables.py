"""What an organization's flows consumed in a period, by column: each distinct text stands once.

A row is a number, from 0 in the order in which the world lists the flows.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from mock_server.choices import IdleFlows, LastRun
from mock_server.usage import periods
from mock_server.usage.flows import Flow

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from datetime import datetime

    from mock_server.columns import Columns, Stretch
    from mock_server.months import Window
    from mock_server.records import Project
    from mock_server.rulings import Rulings

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


def crowded(columns: Columns, within: Window, rulings: Rulings) -> Table:
    """Return the same for flows that are columns already: each stretch of usage is added up once."""
    sums = [_sums(stretch, within, rulings) for stretch in columns.stretches]
    tasks, runs = _added(columns, [one.tasks for one in sums]), _added(columns, [one.runs for one in sums])
    lasts = [one.last for one in sums]
    last: list[datetime | bool | None] = [False] * len(columns)
    for part in reversed(columns.parts):
        last = [lasts[place] if known is False else known for known, place in zip(last, part, strict=True)]
    listed = rulings.idle_flows is IdleFlows.LISTED
    shown = [listed or did > 0 or ran > 0 for did, ran in zip(tasks, runs, strict=True)]
    return Table(
        names=columns.names,
        projects=columns.projects,
        statuses=columns.statuses,
        name=array("I", compress(columns.name, shown)),
        project=array("I", compress(columns.project, shown)),
        status=array("I", compress(columns.status, shown)),
        tasks=array("q", compress(tasks, shown)),
        runs=array("q", compress(runs, shown)),
        last_run_at=[None if isinstance(moment, bool) else moment for moment in compress(last, shown)],
    )


class _Sums(NamedTuple):
    """What a stretch comes to; `last` is False where nothing ran, and None where the time is not known."""

    tasks: int
    runs: int
    last: datetime | bool | None


def _sums(stretch: Stretch, within: Window, rulings: Rulings) -> _Sums:
    days = [day for day in stretch if day.day in within]
    told = stretch if rulings.last_run is LastRun.EVER else days
    last = periods.last_run(told) if any(day.runs for day in told) else False
    return _Sums(sum(day.tasks for day in days), sum(day.runs for day in days), last)


def _added(columns: Columns, sums: Sequence[int]) -> Sequence[int]:
    added: Sequence[int] = [0] * len(columns)
    for part in columns.parts:
        added = [so_far + sums[place] for so_far, place in zip(added, part, strict=True)]
    return added


def _places(items: Iterable[Item]) -> tuple[list[Item], array[int]]:
    found: dict[Item, int] = {}
    places = array("I", (found.setdefault(item, len(found)) for item in items))
    return list(found), places
