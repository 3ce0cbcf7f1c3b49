"""Equal flows that are taken for one, or that change places between pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mock_server.deviations.deviation import UsageDeviation
from mock_server.usage.paging import Size

if TYPE_CHECKING:
    from collections.abc import Collection

    from mock_server.rulings import Rulings
    from mock_server.usage.answering import Page
    from mock_server.usage.flows import Flow, Flows
    from mock_server.usage.question import Question


class TiesTurnWithEachRequest(UsageDeviation):
    """Equal flows change places from request to request."""

    breaks = ("page.ties", "consistency.repeatable")

    def __init__(self, rulings: Rulings, statuses: Collection[str]) -> None:
        super().__init__(rulings, statuses)
        self._requests = 0

    def break_ties(self, flows: Flows) -> Flows:
        self._requests += 1
        honest = super().break_ties(flows)
        return honest[::-1] if self._requests % 2 else honest


class TiesTurnAfterPageOne(UsageDeviation):
    """Equal flows come the other way round from the second page on."""

    breaks = ("page.ties",)

    def order(self, flows: Flows, question: Question) -> Flows:
        return super().order(flows[::-1] if question.after else flows, question)


class TiesTurnWithPageSize(UsageDeviation):
    """The order of equal flows depends on `first`."""

    breaks = ("page.ties",)

    def order(self, flows: Flows, question: Question) -> Flows:
        return super().order(flows[::-1] if (question.first or 0) % 2 else flows, question)


class EqualFlowsShareACursor(UsageDeviation):
    """Flows that are equal in all of it have the cursor of the first of them, as in graphql-ruby's lists."""

    breaks = ("page.ties",)
    shows_in = "twins"

    def cursor(self, flows: Flows, position: int, question: Question) -> str:
        return super().cursor(flows, flows.index(flows[position - 1]) + 1, question)


class TwinsComeOnce(UsageDeviation):
    """Flows that are equal in all of it are listed once, and counted each."""

    breaks = ("totals.flows", "totals.tasks")
    shows_in = "twins"

    def page(self, flows: Flows, question: Question) -> Page:
        return super().page(tuple(dict.fromkeys(flows)), question)


class TiesSkipped(UsageDeviation):
    """The next page begins after all flows that are equal, in what is sorted by, to the last one shown."""

    breaks = ("page.continuation",)

    def start(self, flows: Flows, question: Question) -> int:
        honest = super().start(flows, question)
        while 0 < honest < len(flows) and self._equal(flows[honest - 1], flows[honest], question):
            honest += 1
        return honest

    def _equal(self, one: Flow, other: Flow, question: Question) -> bool:
        sorting = self.sorting(question.sort)
        return self.key(one, sorting) == self.key(other, sorting)


class TiesRepeated(TiesSkipped):
    """The next page begins with all flows that are equal, in what is sorted by, to the last one shown."""

    breaks = ("page.ties",)

    def start(self, flows: Flows, question: Question) -> int:
        honest = super(TiesSkipped, self).start(flows, question)
        # Where a page holds nothing but equal flows, it would come for ever.
        least = honest - self.size(flows, question).limit + 1
        while least < honest < len(flows) and honest and self._equal(flows[honest - 1], flows[honest], question):
            honest -= 1
        return honest


class TiesCutOff(UsageDeviation):
    """A page ends before flows that are equal, in what is sorted by, to the first one that no longer fits."""

    breaks = ("page.full",)

    def size(self, flows: Flows, question: Question) -> Size:
        honest = super().size(flows, question)
        sorting = self.sorting(question.sort)
        start = self.start(flows, question)
        keys = [self.key(flow, sorting) for flow in flows[start : start + honest.limit + 1]]
        limit = honest.limit
        if len(keys) > limit:
            while limit > 1 and keys[limit - 1] == keys[honest.limit]:
                limit -= 1
        return replace(honest, limit=limit)


DEVIATIONS = (
    TiesTurnWithEachRequest,
    TiesTurnAfterPageOne,
    TiesTurnWithPageSize,
    EqualFlowsShareACursor,
    TwinsComeOnce,
    TiesSkipped,
    TiesRepeated,
    TiesCutOff,
)
