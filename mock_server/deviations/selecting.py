"""Filters that are lost, swapped, joined wrongly or applied too late."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mock_server.deviations.deviation import UsageDeviation
from mock_server.usage.ordering import Field
from mock_server.usage.question import Period

if TYPE_CHECKING:
    from mock_server.usage.answering import Answer
    from mock_server.usage.flows import Flow, Flows
    from mock_server.usage.question import Question


class StatusIgnored(UsageDeviation):
    """`status` is ignored."""

    breaks = ("filter.status",)

    def select(self, flows: Flows, question: Question) -> Flows:
        return super().select(flows, replace(question, status=None))


class StatusInverted(UsageDeviation):
    """`status` gives the flows that do not have it."""

    breaks = ("filter.status",)

    def has_status(self, flow: Flow, question: Question) -> bool:
        return question.status is None or not super().has_status(flow, question)


class StatusByItsEnd(UsageDeviation):
    """`status` compares the last five letters, so that ENABLED and DISABLED are one."""

    breaks = ("filter.status",)

    def has_status(self, flow: Flow, question: Question) -> bool:
        return question.status is None or flow.status[-5:] == question.status[-5:]


class DisabledNeverFound(UsageDeviation):
    """`status: "DISABLED"` gives nothing."""

    breaks = ("filter.status",)

    def has_status(self, flow: Flow, question: Question) -> bool:
        return question.status != "DISABLED" and super().has_status(flow, question)


class StatusLosesTheLast(UsageDeviation):
    """`status` loses the last flow of those that have it."""

    breaks = ("filter.status",)

    def select(self, flows: Flows, question: Question) -> Flows:
        honest = super().select(flows, question)
        return honest if question.status is None else honest[:-1]


class StatusLosesFlowsWithoutTasks(UsageDeviation):
    """`status` loses the flows that are listed with no tasks."""

    breaks = ("filter.status",)

    def has_status(self, flow: Flow, question: Question) -> bool:
        return super().has_status(flow, question) and (question.status is None or flow.tasks > 0)


class StatusIgnoredInLastMonth(UsageDeviation):
    """`status` is ignored in `last_month`."""

    breaks = ("filter.status",)

    def has_status(self, flow: Flow, question: Question) -> bool:
        return question.period is Period.LAST_MONTH or super().has_status(flow, question)


class OrForAnd(UsageDeviation):
    """`status` and `search` together give the flows that pass either."""

    breaks = ("filter.combined",)

    def select(self, flows: Flows, question: Question) -> Flows:
        if question.status is None or question.search is None:
            return super().select(flows, question)
        return tuple(flow for flow in flows if self.has_status(flow, question) or self.is_found(flow, question))


class StatusIgnoredBesideSearch(UsageDeviation):
    """`status` is ignored when there is a `search`."""

    breaks = ("filter.combined",)

    def has_status(self, flow: Flow, question: Question) -> bool:
        return question.search is not None or super().has_status(flow, question)


class SearchIgnoredBesideStatus(UsageDeviation):
    """`search` is ignored when there is a `status`."""

    breaks = ("filter.combined",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        return question.status is not None or super().is_found(flow, question)


class NothingPassesBoth(UsageDeviation):
    """`status` and `search` together give nothing."""

    breaks = ("filter.combined",)

    def select(self, flows: Flows, question: Question) -> Flows:
        both = question.status is not None and question.search is not None
        return () if both else super().select(flows, question)


class FilterAfterPaging(UsageDeviation):
    """The page is cut from all flows, and filtered then."""

    breaks = ("filter.before-pagination",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        page = self.page(self.order(flows, question), question)
        kept = [place for place, flow in enumerate(page.flows) if self.select((flow,), question)]
        shown = replace(
            page,
            flows=tuple(page.flows[place] for place in kept),
            cursors=tuple(page.cursors[place] for place in kept),
        )
        return replace(honest, page=shown)


class SearchAfterPaging(UsageDeviation):
    """The page is cut before `search` is applied."""

    breaks = ("filter.before-pagination",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        page = super().answer(flows, replace(question, search=None)).page
        kept = [place for place, flow in enumerate(page.flows) if self.is_found(flow, question)]
        shown = replace(
            page,
            flows=tuple(page.flows[place] for place in kept),
            cursors=tuple(page.cursors[place] for place in kept),
        )
        return replace(honest, page=shown)


class FilterLostAfterPageOne(UsageDeviation):
    """From the second page on, the filters are lost."""

    breaks = ("filter.before-pagination",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        if not question.after:
            return honest
        return replace(honest, page=super().answer(flows, replace(question, status=None, search=None)).page)


class FilterAmongTheFirstForty(UsageDeviation):
    """Filters are applied to the 40 flows with the most tasks, not to all."""

    breaks = ("filter.status",)

    def select(self, flows: Flows, question: Question) -> Flows:
        if question.status is None and question.search is None:
            return super().select(flows, question)
        most = sorted(flows, key=lambda flow: -flow.tasks)[:40]
        return super().select(tuple(most), question)


class StatusIgnoredUnderNameSort(UsageDeviation):
    """Sorted by name, `status` is ignored."""

    breaks = ("filter.under-every-sort",)

    def has_status(self, flow: Flow, question: Question) -> bool:
        return self.sorting(question.sort).by is Field.NAME or super().has_status(flow, question)


class SearchIgnoredAscending(UsageDeviation):
    """Sorted ascending, `search` is ignored."""

    breaks = ("filter.under-every-sort",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        return not self.sorting(question.sort).descending or super().is_found(flow, question)


class StatusIgnoredWithoutFirst(UsageDeviation):
    """Where `first` is left out, `status` is ignored."""

    breaks = ("filter.under-every-sort",)

    def has_status(self, flow: Flow, question: Question) -> bool:
        return question.first is None or super().has_status(flow, question)


class SearchIgnoredForOne(UsageDeviation):
    """With `first: 1`, `search` is ignored."""

    breaks = ("filter.under-every-sort",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        return question.first == 1 or super().is_found(flow, question)


DEVIATIONS = (
    StatusIgnored,
    StatusInverted,
    StatusByItsEnd,
    DisabledNeverFound,
    StatusLosesTheLast,
    StatusLosesFlowsWithoutTasks,
    StatusIgnoredInLastMonth,
    OrForAnd,
    StatusIgnoredBesideSearch,
    SearchIgnoredBesideStatus,
    NothingPassesBoth,
    FilterAfterPaging,
    SearchAfterPaging,
    FilterLostAfterPageOne,
    FilterAmongTheFirstForty,
    StatusIgnoredUnderNameSort,
    SearchIgnoredAscending,
    StatusIgnoredWithoutFirst,
    SearchIgnoredForOne,
)
