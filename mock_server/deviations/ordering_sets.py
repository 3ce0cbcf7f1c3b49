"""Orders of unknown fields, orders that do not run over the whole set, and orders that change the set."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from mock_server.deviations.deviation import UsageDeviation
from mock_server.refusals import InvalidInput
from mock_server.usage.ordering import Field, Key, Sorting

if TYPE_CHECKING:
    from mock_server.usage.answering import Answer
    from mock_server.usage.flows import Flow, Flows
    from mock_server.usage.question import Question, Sort

_KNOWN = frozenset({"name", "usage", "status"})


def _is_unknown(sort: Sort | None) -> bool:
    return sort is not None and sort.by is not None and sort.by.lower() not in _KNOWN


class UnknownFieldRefused(UsageDeviation):
    """An unknown `by` is an error."""

    breaks = ("sort.unknown-field",)

    def sorting(self, sort: Sort | None) -> Sorting:
        if sort is not None and _is_unknown(sort):
            raise InvalidInput(sort.by)
        return super().sorting(sort)


class UnknownFieldByName(UsageDeviation):
    """An unknown `by` sorts by name."""

    breaks = ("sort.unknown-field",)

    def sorting(self, sort: Sort | None) -> Sorting:
        return Sorting(Field.NAME, descending=False) if _is_unknown(sort) else super().sorting(sort)


class UnknownFieldObeysOrder(UsageDeviation):
    """An unknown `by` sorts by usage, in the order that was sent."""

    breaks = ("sort.unknown-field",)

    def sorting(self, sort: Sort | None) -> Sorting:
        if sort is not None and _is_unknown(sort):
            return Sorting(Field.USAGE, descending=sort.order != "asc")
        return super().sorting(sort)


class UnknownFieldUnordered(UsageDeviation):
    """An unknown `by` gives the flows as they are listed."""

    breaks = ("sort.unknown-field",)

    def order(self, flows: Flows, question: Question) -> Flows:
        return flows if _is_unknown(question.sort) else super().order(flows, question)


class UnknownFieldFindsNothing(UsageDeviation):
    """An unknown `by` gives no flows."""

    breaks = ("sort.unknown-field",)

    def select(self, flows: Flows, question: Question) -> Flows:
        return () if _is_unknown(question.sort) else super().select(flows, question)


class _Sortable(UsageDeviation):
    """A field of the node that can be sorted by, which it should not."""

    field: ClassVar[str]

    def value(self, flow: Flow) -> Key:
        raise NotImplementedError

    def order(self, flows: Flows, question: Question) -> Flows:
        honest = super().order(flows, question)
        if question.sort is None or question.sort.by != self.field:
            return honest
        return tuple(sorted(honest, key=self.value, reverse=question.sort.order == "desc"))


class RunsSortable(_Sortable):
    """`by: runs` sorts by runs."""

    breaks = ("sort.unknown-field",)
    field = "runs"

    def value(self, flow: Flow) -> Key:
        return (flow.runs,)


class TasksSortable(_Sortable):
    """`by: tasks` sorts by tasks, and obeys `order`."""

    breaks = ("sort.unknown-field",)
    field = "tasks"

    def value(self, flow: Flow) -> Key:
        return (flow.tasks,)


class LastRunAtSortable(_Sortable):
    """`by: lastRunAt` sorts by the last run."""

    breaks = ("sort.unknown-field",)
    field = "lastRunAt"

    def value(self, flow: Flow) -> Key:
        return (str(flow.last_run_at),)


class ProjectSortable(_Sortable):
    """`by: project` sorts by the project's name."""

    breaks = ("sort.unknown-field",)
    field = "project"

    def value(self, flow: Flow) -> Key:
        return (flow.project.name,)


class EmptyFieldByStatus(UsageDeviation):
    """An empty `by` sorts by status."""

    breaks = ("sort.unknown-field",)

    def sorting(self, sort: Sort | None) -> Sorting:
        by_status = sort is not None and sort.by == ""
        return Sorting(Field.STATUS, descending=False) if by_status else super().sorting(sort)


class OrderWithinPage(UsageDeviation):
    """The page is cut from the flows as they are listed, and sorted then."""

    breaks = ("sort.whole-set",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        return super().answer(self.select(flows, question), question)

    def order(self, flows: Flows, question: Question) -> Flows:
        start = self.start(flows, question)
        end = start + self.size(flows, question).limit
        return flows[:start] + super().order(flows[start:end], question) + flows[end:]


class OrderWithinThirty(UsageDeviation):
    """Each thirty flows, as they are listed, are sorted among themselves."""

    breaks = ("sort.whole-set",)

    def order(self, flows: Flows, question: Question) -> Flows:
        thirties = (flows[start : start + 30] for start in range(0, len(flows), 30))
        return tuple(flow for thirty in thirties for flow in super(OrderWithinThirty, self).order(thirty, question))


class OrderOnTheFirstPageOnly(UsageDeviation):
    """With an `after`, the rest comes as it is listed."""

    breaks = ("sort.whole-set",)

    def order(self, flows: Flows, question: Question) -> Flows:
        honest = super().order(flows, question)
        start = self.start(flows, question)
        shown = set(map(id, honest[:start]))
        return honest[:start] + tuple(flow for flow in flows if id(flow) not in shown) if start else honest


class UnorderedUnderFilters(UsageDeviation):
    """Filtered flows come as they are listed."""

    breaks = ("sort.whole-set",)

    def order(self, flows: Flows, question: Question) -> Flows:
        filtered = question.status is not None or question.search is not None
        return flows if filtered else super().order(flows, question)


class NameSortDropsNamesakes(UsageDeviation):
    """Sorted by name, flows of one name come once."""

    breaks = ("sort.same-flows",)

    def select(self, flows: Flows, question: Question) -> Flows:
        honest = super().select(flows, question)
        if self.sorting(question.sort).by is not Field.NAME:
            return honest
        return tuple({flow.name: flow for flow in honest}.values())


class StatusSortDropsDisabled(UsageDeviation):
    """Sorted by status, disabled flows are left out."""

    breaks = ("sort.same-flows",)

    def select(self, flows: Flows, question: Question) -> Flows:
        honest = super().select(flows, question)
        by_status = self.sorting(question.sort).by is Field.STATUS
        return tuple(flow for flow in honest if flow.status != "DISABLED") if by_status else honest


class AscendingDropsFlowsWithoutTasks(UsageDeviation):
    """Sorted by usage ascending, flows without tasks are left out."""

    breaks = ("sort.same-flows",)

    def select(self, flows: Flows, question: Question) -> Flows:
        honest = super().select(flows, question)
        ascending = self.sorting(question.sort) == Sorting(Field.USAGE, descending=False)
        return tuple(flow for flow in honest if flow.tasks) if ascending else honest


class SortKeepsSixty(UsageDeviation):
    """With any `sort`, no more than 60 flows come."""

    breaks = ("sort.same-flows",)

    def select(self, flows: Flows, question: Question) -> Flows:
        honest = super().select(flows, question)
        return honest[:60] if question.sort else honest


DEVIATIONS = (
    UnknownFieldRefused,
    UnknownFieldByName,
    UnknownFieldObeysOrder,
    UnknownFieldUnordered,
    UnknownFieldFindsNothing,
    RunsSortable,
    TasksSortable,
    LastRunAtSortable,
    ProjectSortable,
    EmptyFieldByStatus,
    OrderWithinPage,
    OrderWithinThirty,
    OrderOnTheFirstPageOnly,
    UnorderedUnderFilters,
    NameSortDropsNamesakes,
    StatusSortDropsDisabled,
    AscendingDropsFlowsWithoutTasks,
    SortKeepsSixty,
)
