"""Totals that are not those of the whole filtered set."""

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
        return replace(honest, totals=self.total(honest.page.flows, question))


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


class RunsForTasks(UsageDeviation):
    """`totalTasks` is the sum of runs."""

    breaks = ("totals.tasks",)

    def total(self, flows: Flows, question: Question) -> Totals:
        return replace(super().total(flows, question), tasks=sum(flow.runs for flow in flows))


DEVIATIONS = (
    PageOnlyTotals,
    PageOnlyTotalFlows,
    PageOnlyTotalTasks,
    RunsForTasks,
)
