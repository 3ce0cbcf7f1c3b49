"""Orders by name and by status that are none, or half of one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mock_server.deviations.deviation import UsageDeviation
from mock_server.usage.ordering import DEFAULT, Field, Key, Sorting

if TYPE_CHECKING:
    from mock_server.usage.flows import Flow, Flows
    from mock_server.usage.question import Question, Sort


class NameByProject(UsageDeviation):
    """`by: name` sorts by the project's name."""

    breaks = ("sort.name",)

    def key(self, flow: Flow, sorting: Sorting) -> Key:
        return (flow.project.name,) if sorting.by is Field.NAME else super().key(flow, sorting)


class NameAlwaysAscending(UsageDeviation):
    """`by: name` does not obey `desc`."""

    breaks = ("sort.name",)

    def sorting(self, sort: Sort | None) -> Sorting:
        honest = super().sorting(sort)
        return replace(honest, descending=False) if honest.by is Field.NAME else honest


class NameReversed(UsageDeviation):
    """`by: name` takes `asc` for `desc`, and the other way round."""

    breaks = ("sort.name",)

    def sorting(self, sort: Sort | None) -> Sorting:
        honest = super().sorting(sort)
        return replace(honest, descending=not honest.descending) if honest.by is Field.NAME else honest


class NameByLength(UsageDeviation):
    """`by: name` puts short names first."""

    breaks = ("sort.name",)

    def key(self, flow: Flow, sorting: Sorting) -> Key:
        return (len(flow.name), flow.name) if sorting.by is Field.NAME else super().key(flow, sorting)


class NameByItsFirstLetter(UsageDeviation):
    """`by: name` looks at the first letter alone."""

    breaks = ("sort.name",)

    def key(self, flow: Flow, sorting: Sorting) -> Key:
        return (flow.name[:1],) if sorting.by is Field.NAME else super().key(flow, sorting)


class NameNotSortable(UsageDeviation):
    """`by: name` gives the default order."""

    breaks = ("sort.name",)

    def sorting(self, sort: Sort | None) -> Sorting:
        honest = super().sorting(sort)
        return DEFAULT if honest.by is Field.NAME else honest


class StatusNotSortable(UsageDeviation):
    """`by: status` gives the default order."""

    breaks = ("sort.status",)

    def sorting(self, sort: Sort | None) -> Sorting:
        honest = super().sorting(sort)
        return DEFAULT if honest.by is Field.STATUS else honest


class StatusAlwaysAscending(UsageDeviation):
    """`by: status` does not obey `desc`."""

    breaks = ("sort.status",)

    def sorting(self, sort: Sort | None) -> Sorting:
        honest = super().sorting(sort)
        return replace(honest, descending=False) if honest.by is Field.STATUS else honest


class StatusWithinProjects(UsageDeviation):
    """`by: status` sorts by project first."""

    breaks = ("sort.status",)

    def key(self, flow: Flow, sorting: Sorting) -> Key:
        honest = super().key(flow, sorting)
        return (flow.project.name, *honest) if sorting.by is Field.STATUS else honest


class StatusAfterTasks(UsageDeviation):
    """`by: status` puts the flows without tasks last, whatever their status."""

    breaks = ("sort.whole-set",)

    def order(self, flows: Flows, question: Question) -> Flows:
        honest = super().order(flows, question)
        by_status = self.sorting(question.sort).by is Field.STATUS
        return tuple(sorted(honest, key=lambda flow: flow.tasks == 0)) if by_status else honest


DEVIATIONS = (
    NameByProject,
    NameAlwaysAscending,
    NameReversed,
    NameByLength,
    NameByItsFirstLetter,
    NameNotSortable,
    StatusNotSortable,
    StatusAlwaysAscending,
    StatusWithinProjects,
    StatusAfterTasks,
)
