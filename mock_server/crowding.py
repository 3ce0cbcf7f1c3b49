"""A crowd of flows: as many as are asked for, with the usage and the words of a few thousand.

Each flow beyond the few has a name of its own making, and for each month the usage of some flow of the few. So single
months repeat, as they do where flows do a task or two a day, and what three of them add up to hardly ever does. The
largest of the few are not repeated: an Int holds the total of a million flows.
"""

from __future__ import annotations

from array import array
from itertools import groupby
from typing import TYPE_CHECKING

from mock_server.columns import Columns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from mock_server.columns import Stretch
    from mock_server.records import Day, Project, Record

# In a crowd it is the flows with the fewest tasks that are many.
_REPEATED = 0.8
_DISABLED = 0.3


class _Crowd:
    """Columns as they grow."""

    def __init__(self, projects: Sequence[Project], months: Sequence[tuple[int, int]]) -> None:
        self._names: dict[str, int] = {}
        self._projects = projects
        self._statuses: dict[str, int] = {}
        self._stretches: list[Stretch] = [()]
        self._months = months
        self._name, self._project, self._status = array("I"), array("H"), array("B")
        self._parts = [array("I") for _ in months]

    def add_records(self, records: Sequence[Record]) -> None:
        """Add flows as they are."""
        places = {id(project): place for place, project in enumerate(self._projects)}
        for record in records:
            usage = {month: tuple(days) for month, days in groupby(record.usage, _month)}
            for part, month in zip(self._parts, self._months, strict=True):
                part.append(len(self._stretches) if month in usage else 0)
                if month in usage:
                    self._stretches.append(usage[month])
            self._name.append(self._names.setdefault(record.name, len(self._names)))
            self._project.append(places[id(record.project)])
            self._status.append(self._statuses.setdefault(record.status, len(self._statuses)))

    def add_others(self, upto: int, random: Random, named: Callable[[], str]) -> None:
        """Add flows with usage that is there, until there are so many. Ties and twins are among them."""
        draw, few = random.random, len(self._name)
        repeated = sorted(range(few), key=self._tasks)[: int(few * _REPEATED)]
        pools = [array("I", (part[place] for place in repeated)) for part in self._parts]
        for index in range(few, upto):
            if index % 16 == 5:
                name, project, status = self._name[-1], self._project[-1], self._status[-1]
            else:
                name = self._names.setdefault(named(), len(self._names))
                project = int(draw() * len(self._projects))
                status = self._statuses["DISABLED" if draw() < _DISABLED else "ENABLED"]
            self._name.append(name)
            self._project.append(project)
            self._status.append(status)
            for part, pool in zip(self._parts, pools, strict=True):
                part.append(part[-1] if index % 8 in (2, 5) else pool[int(draw() * len(pool))])

    def _tasks(self, place: int) -> int:
        return sum(day.tasks for part in self._parts for day in self._stretches[part[place]])

    def shuffled(self, random: Random) -> Columns:
        """Return the flows in any order."""
        order = array("I", range(len(self._name)))
        random.shuffle(order)

        def reordered(column: array[int]) -> array[int]:
            return array(column.typecode, map(column.__getitem__, order))

        return Columns(
            names=list(self._names),
            projects=self._projects,
            statuses=list(self._statuses),
            stretches=self._stretches,
            name=reordered(self._name),
            project=reordered(self._project),
            status=reordered(self._status),
            parts=[reordered(part) for part in self._parts],
        )


def _month(day: Day) -> tuple[int, int]:
    return day.day.year, day.day.month


def crowd(
    records: Sequence[Record],
    flows: int,
    random: Random,
    named: Callable[[], str],
    projects: Sequence[Project],
    months: Sequence[tuple[int, int]],
) -> Columns:
    """Return so many flows, in any order, of which the records are some; `months` are year and month, oldest first."""
    growing = _Crowd(projects, months)
    growing.add_records(records)
    growing.add_others(flows, random, named)
    return growing.shuffled(random)
