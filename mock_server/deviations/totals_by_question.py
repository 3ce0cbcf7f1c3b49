"""Totals that forget a filter, or depend on the sort or on what else is selected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mock_server.deviations.deviation import ResolversDeviation, UsageDeviation
from mock_server.deviations.selection import selected
from mock_server.usage.ordering import Field
from mock_server.usage.totals import Totals, totals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import GraphQLResolveInfo

    from mock_server.records import Caller
    from mock_server.rendering import Json
    from mock_server.usage.answering import Answer
    from mock_server.usage.flows import Flows
    from mock_server.usage.question import Question


class TotalsIgnoreFilters(UsageDeviation):
    """Totals describe all flows, whatever the filters."""

    breaks = ("totals.filtered",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        return replace(super().answer(flows, question), totals=self.total(flows, question))


class TotalFlowsIgnoreFilters(UsageDeviation):
    """`totalFlows` counts all flows, whatever the filters."""

    breaks = ("totals.filtered",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        return replace(honest, totals=replace(honest.totals, flows=len(flows)))


class TotalsIgnoreStatus(UsageDeviation):
    """Totals are not filtered by `status`."""

    breaks = ("totals.filtered",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        wider = self.select(flows, replace(question, status=None))
        return replace(super().answer(flows, question), totals=self.total(wider, question))


class TotalsIgnoreSearch(UsageDeviation):
    """Totals are not filtered by `search`."""

    breaks = ("totals.filtered",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        wider = self.select(flows, replace(question, search=None))
        return replace(super().answer(flows, question), totals=self.total(wider, question))


class TotalTasksIgnoreSearchBesideStatus(UsageDeviation):
    """`totalTasks` forgets `search` when there is a `status` too."""

    breaks = ("totals.filtered",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        if question.status is None:
            return honest
        wider = self.select(flows, replace(question, search=None))
        return replace(honest, totals=replace(honest.totals, tasks=totals(wider).tasks))


class TotalsIgnoreFiltersAfterPageOne(UsageDeviation):
    """Totals are filtered on the first page only."""

    breaks = ("totals.every-page",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        return replace(honest, totals=self.total(flows, question)) if question.after else honest


class TotalsSearchFlowNamesOnly(UsageDeviation):
    """Totals count the flows found by their own name, edges those found by their project's too."""

    breaks = ("totals.filtered",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        if question.search is None:
            return honest
        nameless = replace(flows[0].project, name="") if flows else None
        alone = [replace(flow, project=nameless) for flow in flows if nameless]
        return replace(honest, totals=totals(self.select(tuple(alone), question)))


class PageTotalsUnderStatusSort(UsageDeviation):
    """Sorted by status, the totals are the page's."""

    breaks = ("totals.any-sort",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        by_status = self.sorting(question.sort).by is Field.STATUS
        return replace(honest, totals=totals(honest.page.flows)) if by_status else honest


class TotalTasksZeroAscending(UsageDeviation):
    """Sorted ascending, `totalTasks` is zero."""

    breaks = ("totals.any-sort",)

    def total(self, flows: Flows, question: Question) -> Totals:
        honest = super().total(flows, question)
        return honest if self.sorting(question.sort).descending else replace(honest, tasks=0)


class KeysForFlowsUnderNameSort(UsageDeviation):
    """Sorted by name, `totalFlows` counts flows of one name once."""

    breaks = ("totals.any-sort",)

    def total(self, flows: Flows, question: Question) -> Totals:
        honest = super().total(flows, question)
        if self.sorting(question.sort).by is not Field.NAME:
            return honest
        return replace(honest, flows=len({flow.name for flow in flows}))


class TotalsWrongForDisabledByName(UsageDeviation):
    """Of the disabled flows, sorted by name, `totalTasks` is one short."""

    breaks = ("totals.any-sort",)

    def total(self, flows: Flows, question: Question) -> Totals:
        honest = super().total(flows, question)
        met = question.status == "DISABLED" and self.sorting(question.sort).by is Field.NAME
        return replace(honest, tasks=max(honest.tasks - 1, 0)) if met else honest


class _Selective(ResolversDeviation):
    """A fault that shows only where some field is not selected."""

    needed = ""
    lost: tuple[str, ...] = ()

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        honest = super().details(caller, arguments, info)
        return honest if self.needed in selected(info) else honest and {**honest, **dict.fromkeys(self.lost, 0)}


class TotalsZeroWithoutEdges(_Selective):
    """Totals are zero where no edges are selected."""

    breaks = ("totals.selection",)
    needed = "edges"
    lost = ("totalFlows", "totalTasks")


class TotalTasksZeroWithoutEdges(_Selective):
    """`totalTasks` is zero where no edges are selected."""

    breaks = ("totals.selection",)
    needed = "edges"
    lost = ("totalTasks",)


class TotalFlowsZeroWithoutPageInfo(_Selective):
    """`totalFlows` is zero where no `pageInfo` is selected."""

    breaks = ("totals.selection",)
    needed = "pageInfo"
    lost = ("totalFlows",)


class TotalFlowsZeroWithoutTotalTasks(_Selective):
    """`totalFlows` is zero where `totalTasks` is not selected."""

    breaks = ("totals.selection",)
    needed = "totalTasks"
    lost = ("totalFlows",)


class ProjectsSearchedWithEdgesOnly(ResolversDeviation):
    """Where no `edges` are selected, `search` looks into flow names only."""

    breaks = ("totals.selection",)

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        honest, asked = super().details(caller, arguments, info), self.question(arguments)
        if honest is None or not asked.search or "edges" in selected(info):
            return honest
        organization = self.with_usage(caller, arguments["organizationUuid"])
        found = self.usage.select(self.flows(organization, asked.period), asked)
        left = totals([flow for flow in found if asked.search.casefold() in flow.name.casefold()])
        return {**honest, "totalFlows": left.flows, "totalTasks": left.tasks}


DEVIATIONS = (
    TotalsIgnoreFilters,
    TotalFlowsIgnoreFilters,
    TotalsIgnoreStatus,
    TotalsIgnoreSearch,
    TotalTasksIgnoreSearchBesideStatus,
    TotalsIgnoreFiltersAfterPageOne,
    TotalsSearchFlowNamesOnly,
    PageTotalsUnderStatusSort,
    TotalTasksZeroAscending,
    KeysForFlowsUnderNameSort,
    TotalsWrongForDisabledByName,
    TotalsZeroWithoutEdges,
    TotalTasksZeroWithoutEdges,
    TotalFlowsZeroWithoutPageInfo,
    TotalFlowsZeroWithoutTotalTasks,
    ProjectsSearchedWithEdgesOnly,
)
