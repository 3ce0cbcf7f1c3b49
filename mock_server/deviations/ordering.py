"""Default orders and orders by usage that are by the wrong thing, in the wrong direction, or by half."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mock_server.deviations.deviation import UsageDeviation
from mock_server.usage.ordering import DEFAULT, Field, Key, Sorting
from mock_server.usage.question import Period

if TYPE_CHECKING:
    from mock_server.usage.flows import Flow, Flows
    from mock_server.usage.question import Question, Sort


class DefaultAscending(UsageDeviation):
    """Without `sort`, flows come with the fewest tasks first."""

    breaks = ("sort.default",)

    def sorting(self, sort: Sort | None) -> Sorting:
        return Sorting(Field.USAGE, descending=False) if sort is None else super().sorting(sort)


class DefaultByName(UsageDeviation):
    """Without `sort`, flows come by name."""

    breaks = ("sort.default",)

    def sorting(self, sort: Sort | None) -> Sorting:
        return Sorting(Field.NAME, descending=False) if sort is None else super().sorting(sort)


class DefaultByRuns(UsageDeviation):
    """Without `sort`, flows come by runs."""

    breaks = ("sort.default",)

    def order(self, flows: Flows, question: Question) -> Flows:
        honest = super().order(flows, question)
        return honest if question.sort else tuple(sorted(honest, key=lambda flow: -flow.runs))


class DefaultUnordered(UsageDeviation):
    """Without `sort`, flows come as they are listed."""

    breaks = ("sort.default",)

    def order(self, flows: Flows, question: Question) -> Flows:
        return super().order(flows, question) if question.sort else flows


class DefaultAscendingInLastMonth(UsageDeviation):
    """Without `sort`, the flows of `last_month` come with the fewest tasks first."""

    breaks = ("sort.default",)

    def order(self, flows: Flows, question: Question) -> Flows:
        honest = super().order(flows, question)
        return honest[::-1] if question.sort is None and question.period is Period.LAST_MONTH else honest


class DefaultUnorderedUnderSearch(UsageDeviation):
    """Without `sort`, flows that were searched for come as they are listed."""

    breaks = ("sort.default",)

    def order(self, flows: Flows, question: Question) -> Flows:
        return flows if question.sort is None and question.search else super().order(flows, question)


class DefaultBestMatchFirst(UsageDeviation):
    """Without `sort`, flows whose name begins with the text that was searched for come first."""

    breaks = ("sort.default",)

    def order(self, flows: Flows, question: Question) -> Flows:
        honest = super().order(flows, question)
        if question.sort is not None or not question.search:
            return honest
        begun = tuple(flow for flow in honest if flow.name.startswith(question.search))
        return begun + tuple(flow for flow in honest if flow not in begun)


class UsageAsText(UsageDeviation):
    """Tasks are sorted as text: 9 before 10."""

    breaks = ("sort.usage", "sort.default")

    def key(self, flow: Flow, sorting: Sorting) -> Key:
        return (str(flow.tasks),) if sorting.by is Field.USAGE else super().key(flow, sorting)


class UsageByRuns(UsageDeviation):
    """`by: usage` sorts by runs."""

    breaks = ("sort.usage",)

    def key(self, flow: Flow, sorting: Sorting) -> Key:
        return (flow.runs,) if sorting.by is Field.USAGE else super().key(flow, sorting)


class UsageAlwaysDescending(UsageDeviation):
    """`by: usage` does not obey `asc`."""

    breaks = ("sort.usage",)

    def sorting(self, sort: Sort | None) -> Sorting:
        honest = super().sorting(sort)
        return DEFAULT if honest.by is Field.USAGE else honest


class UsageReversed(UsageDeviation):
    """`by: usage` takes `asc` for `desc`, and the other way round."""

    breaks = ("sort.usage",)

    def sorting(self, sort: Sort | None) -> Sorting:
        honest = super().sorting(sort)
        named = sort is not None and sort.by == "usage"
        return replace(honest, descending=not honest.descending) if named else honest


class UsageByMagnitude(UsageDeviation):
    """`by: usage` sorts by the number of digits alone."""

    breaks = ("sort.usage",)

    def key(self, flow: Flow, sorting: Sorting) -> Key:
        return (len(str(flow.tasks)),) if sorting.by is Field.USAGE else super().key(flow, sorting)


class UsageWithoutTheFirst(UsageDeviation):
    """`by: usage` ascending leaves the flow with the most tasks in front."""

    breaks = ("sort.usage",)

    def order(self, flows: Flows, question: Question) -> Flows:
        honest = super().order(flows, question)
        sorting = self.sorting(question.sort)
        ascending = sorting.by is Field.USAGE and not sorting.descending
        return honest[-1:] + honest[:-1] if ascending else honest


DEVIATIONS = (
    DefaultAscending,
    DefaultByName,
    DefaultByRuns,
    DefaultUnordered,
    DefaultAscendingInLastMonth,
    DefaultUnorderedUnderSearch,
    DefaultBestMatchFirst,
    UsageAsText,
    UsageByRuns,
    UsageAlwaysDescending,
    UsageReversed,
    UsageByMagnitude,
    UsageWithoutTheFirst,
)
