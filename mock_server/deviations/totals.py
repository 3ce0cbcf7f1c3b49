"""Totals of something else than the whole filtered set, on every page alike."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mock_server.deviations.deviation import UsageDeviation
from mock_server.usage.totals import Totals, totals

if TYPE_CHECKING:
    from mock_server.usage.answering import Answer
    from mock_server.usage.flows import Flows
    from mock_server.usage.question import Question


class PageOnlyTotals(UsageDeviation):
    """Both totals describe the page, not the whole set."""

    breaks = ("totals.flows", "totals.tasks", "totals.any-page-size")

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        return replace(honest, totals=totals(honest.page.flows))


class PageOnlyTotalFlows(UsageDeviation):
    """`totalFlows` is the number of edges on the page."""

    breaks = ("totals.flows",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        return replace(honest, totals=replace(honest.totals, flows=len(honest.page.flows)))


class PageOnlyTotalTasks(UsageDeviation):
    """`totalTasks` is the sum over the page."""

    breaks = ("totals.tasks",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        return replace(honest, totals=replace(honest.totals, tasks=totals(honest.page.flows).tasks))


class OneFlowTooMany(UsageDeviation):
    """`totalFlows` is one more than there are."""

    breaks = ("totals.flows",)

    def total(self, flows: Flows, question: Question) -> Totals:
        honest = super().total(flows, question)
        return replace(honest, flows=honest.flows + 1)


class ProjectsForFlows(UsageDeviation):
    """`totalFlows` is the number of projects."""

    breaks = ("totals.flows",)

    def total(self, flows: Flows, question: Question) -> Totals:
        return replace(super().total(flows, question), flows=len({flow.project for flow in flows}))


class NamesForFlows(UsageDeviation):
    """`totalFlows` counts flows of one name once."""

    breaks = ("totals.flows",)

    def total(self, flows: Flows, question: Question) -> Totals:
        return replace(super().total(flows, question), flows=len({flow.name for flow in flows}))


class CountedUpToFifty(UsageDeviation):
    """`totalFlows` stops at 50."""

    breaks = ("totals.flows",)

    def total(self, flows: Flows, question: Question) -> Totals:
        honest = super().total(flows, question)
        return replace(honest, flows=min(honest.flows, 50))


class FlowsWithoutTasksUncounted(UsageDeviation):
    """`totalFlows` leaves out the flows that are listed with no tasks."""

    breaks = ("totals.flows",)

    def total(self, flows: Flows, question: Question) -> Totals:
        return replace(super().total(flows, question), flows=sum(flow.tasks > 0 for flow in flows))


class RunsForTasks(UsageDeviation):
    """`totalTasks` is the sum of runs."""

    breaks = ("totals.tasks",)

    def total(self, flows: Flows, question: Question) -> Totals:
        return replace(super().total(flows, question), tasks=sum(flow.runs for flow in flows))


class LargestFlowForgotten(UsageDeviation):
    """`totalTasks` leaves out the flow with the most tasks."""

    breaks = ("totals.tasks",)

    def total(self, flows: Flows, question: Question) -> Totals:
        honest = super().total(flows, question)
        return replace(honest, tasks=honest.tasks - max((flow.tasks for flow in flows), default=0))


class EqualTasksAddedOnce(UsageDeviation):
    """`totalTasks` adds equal numbers of tasks once."""

    breaks = ("totals.tasks",)

    def total(self, flows: Flows, question: Question) -> Totals:
        return replace(super().total(flows, question), tasks=sum({flow.tasks for flow in flows}))


class EnabledTasksOnly(UsageDeviation):
    """`totalTasks` leaves out the flows that are disabled by now."""

    breaks = ("totals.tasks",)

    def total(self, flows: Flows, question: Question) -> Totals:
        return replace(super().total(flows, question), tasks=totals([f for f in flows if f.status == "ENABLED"]).tasks)


class TasksRoundedToTens(UsageDeviation):
    """`totalTasks` is rounded to tens."""

    breaks = ("totals.tasks",)

    def total(self, flows: Flows, question: Question) -> Totals:
        honest = super().total(flows, question)
        # Away from a multiple of ten, so that a sum that happens to be one is wrong too.
        return replace(honest, tasks=honest.tasks // 10 * 10 + 10)


class ShortIntegerTasks(UsageDeviation):
    """`totalTasks` keeps no more than 32767, as a short integer does."""

    breaks = ("totals.tasks",)

    def total(self, flows: Flows, question: Question) -> Totals:
        honest = super().total(flows, question)
        return replace(honest, tasks=min(honest.tasks, 32767))


DEVIATIONS = (
    PageOnlyTotals,
    PageOnlyTotalFlows,
    PageOnlyTotalTasks,
    OneFlowTooMany,
    ProjectsForFlows,
    NamesForFlows,
    CountedUpToFifty,
    FlowsWithoutTasksUncounted,
    RunsForTasks,
    LargestFlowForgotten,
    EqualTasksAddedOnce,
    EnabledTasksOnly,
    TasksRoundedToTens,
    ShortIntegerTasks,
)
