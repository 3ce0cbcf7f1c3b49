"""Totals that depend on which page is asked for and on its size."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mock_server.deviations.deviation import UsageDeviation
from mock_server.usage.totals import Totals, totals

if TYPE_CHECKING:
    from mock_server.usage.answering import Answer
    from mock_server.usage.flows import Flows
    from mock_server.usage.question import Question

_NONE = Totals(0, 0)


class RemainingTotals(UsageDeviation):
    """Totals count from the page onward."""

    breaks = ("totals.every-page",)

    def total(self, flows: Flows, question: Question) -> Totals:
        return super().total(flows[self.start(flows, question) :], question)


class RunningTotals(UsageDeviation):
    """Totals count up to and with the page."""

    breaks = ("totals.every-page", "totals.any-page-size")

    def total(self, flows: Flows, question: Question) -> Totals:
        end = self.start(flows, question) + self.size(flows, question).limit
        return super().total(flows[:end], question)


class TotalsFromPageThreeWrong(UsageDeviation):
    """From the third page on, `totalTasks` is the page's."""

    breaks = ("totals.every-page",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        if self.start(flows, question) < 2 * max(len(honest.page.flows), 1):
            return honest
        return replace(honest, totals=replace(honest.totals, tasks=totals(honest.page.flows).tasks))


class TotalsWrongPastForty(UsageDeviation):
    """A page that begins after 40 flows or more has a `totalFlows` of one less."""

    breaks = ("totals.every-page",)

    def total(self, flows: Flows, question: Question) -> Totals:
        honest = super().total(flows, question)
        return replace(honest, flows=honest.flows - 1) if self.start(flows, question) >= 40 else honest


class TotalsOnTheFirstPageOnly(UsageDeviation):
    """Totals are zero with any `after`."""

    breaks = ("totals.every-page",)

    def total(self, flows: Flows, question: Question) -> Totals:
        return _NONE if question.after else super().total(flows, question)


class TotalsZeroOnTheLastPage(UsageDeviation):
    """Totals are zero on the last page of several."""

    breaks = ("totals.every-page",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        last = bool(question.after and honest.page.flows) and not honest.page.has_next_page
        return replace(honest, totals=_NONE) if last else honest


class TotalsZeroPastTheEnd(UsageDeviation):
    """Totals are zero on the empty page past the end."""

    breaks = ("totals.every-page",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        return replace(honest, totals=_NONE) if question.after and not honest.page.flows else honest


class TotalsUpToFirst(UsageDeviation):
    """`totalFlows` is never more than `first`."""

    breaks = ("totals.any-page-size",)

    def total(self, flows: Flows, question: Question) -> Totals:
        honest = super().total(flows, question)
        return honest if question.first is None else replace(honest, flows=min(honest.flows, question.first))


class TotalsOfThePageWithoutFirst(UsageDeviation):
    """Where `first` is left out, the totals are the page's."""

    breaks = ("totals.any-page-size",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        return replace(honest, totals=totals(honest.page.flows)) if question.first is None else honest


class TotalsWrongForOne(UsageDeviation):
    """With `first: 1`, `totalTasks` is the one flow's."""

    breaks = ("totals.any-page-size",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        if question.first != 1:
            return honest
        return replace(honest, totals=replace(honest.totals, tasks=totals(honest.page.flows).tasks))


class TotalsOfThePageAboveTheCap(UsageDeviation):
    """With a `first` above the cap, the totals are those of the clamped page."""

    breaks = ("totals.any-page-size",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        clamped = (question.first or 0) > self.size(flows, question).limit
        return replace(honest, totals=totals(honest.page.flows)) if clamped else honest


DEVIATIONS = (
    RemainingTotals,
    RunningTotals,
    TotalsFromPageThreeWrong,
    TotalsWrongPastForty,
    TotalsOnTheFirstPageOnly,
    TotalsZeroOnTheLastPage,
    TotalsZeroPastTheEnd,
    TotalsUpToFirst,
    TotalsOfThePageWithoutFirst,
    TotalsWrongForOne,
    TotalsOfThePageAboveTheCap,
)
