"""Flows by column, for worlds of any size: what many flows have in common stands once."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from mock_server.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_server.records import Day, Project

Stretch = tuple["Day", ...]


@dataclass(frozen=True, eq=False)
class Columns(Sequence[Record]):
    """A sequence of records that are put together when they are looked at.

    `name`, `project` and `status` hold places in `names`, `projects` and `statuses`. A flow's usage is made of
    stretches of days: each of `parts` holds a place in `stretches` for each flow, the oldest part first.
    """

    names: Sequence[str]
    projects: Sequence[Project]
    statuses: Sequence[str]
    stretches: Sequence[Stretch]
    name: array[int]
    project: array[int]
    status: array[int]
    parts: Sequence[array[int]]

    def __len__(self) -> int:
        return len(self.name)

    @overload
    def __getitem__(self, place: int) -> Record: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Record, ...]: ...

    def __getitem__(self, place: int | slice) -> Record | tuple[Record, ...]:
        if isinstance(place, slice):
            return tuple(map(self._record, range(len(self))[place]))
        return self._record(place)

    def __iter__(self) -> Iterator[Record]:
        return map(self._record, range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def _record(self, place: int) -> Record:
        return Record(
            self.names[self.name[place]],
            self.projects[self.project[place]],
            self.statuses[self.status[place]],
            tuple(day for part in self.parts for day in self.stretches[part[place]]),
        )


def statuses(flows: Sequence[Record]) -> frozenset[str]:
    """Return the statuses that flows have."""
    return frozenset(flows.statuses if isinstance(flows, Columns) else (flow.status for flow in flows))
