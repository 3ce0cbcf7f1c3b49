"""Answers that change while nothing else does: now and then a flow less, a task more, or another order."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from random import Random
from typing import TYPE_CHECKING

from mock_server.deviations.deviation import ResolversDeviation, UsageDeviation
from mock_server.usage.flows import Flows
from mock_server.usage.question import Period

if TYPE_CHECKING:
    from collections.abc import Collection

    from mock_server.records import Organization, World
    from mock_server.rulings import Rulings
    from mock_server.usage.answering import Answer, Usage
    from mock_server.usage.question import Question

# No multiple of what a client asks in one round.
_SELDOM = 7


class _NowAndThen(UsageDeviation):
    """A fault in one answer of seven."""

    def __init__(self, rulings: Rulings, statuses: Collection[str]) -> None:
        super().__init__(rulings, statuses)
        self._number = count(1)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        return honest if next(self._number) % _SELDOM else self.astray(honest)

    def astray(self, honest: Answer) -> Answer:
        raise NotImplementedError


class OneInSevenLosesAFlow(_NowAndThen):
    """One answer in seven lacks the last flow of its page."""

    breaks = ("consistency.repeatable",)

    def astray(self, honest: Answer) -> Answer:
        page = honest.page
        return replace(honest, page=replace(page, flows=page.flows[:-1], cursors=page.cursors[:-1]))


class OneInSevenCountsOneMore(_NowAndThen):
    """One answer in seven counts a flow more than there are."""

    breaks = ("consistency.repeatable",)

    def astray(self, honest: Answer) -> Answer:
        return replace(honest, totals=replace(honest.totals, flows=honest.totals.flows + 1))


class OneInSevenIsEmpty(_NowAndThen):
    """One answer in seven has the totals and no flow."""

    breaks = ("consistency.repeatable",)

    def astray(self, honest: Answer) -> Answer:
        nothing = replace(honest.page, flows=(), cursors=(), has_next_page=False, end_cursor=None, start_cursor=None)
        return replace(honest, page=nothing)


class OneInSevenIsTheOneBefore(_NowAndThen):
    """One answer in seven is the answer before it once more."""

    breaks = ("consistency.repeatable",)

    def __init__(self, rulings: Rulings, statuses: Collection[str]) -> None:
        super().__init__(rulings, statuses)
        self._before: Answer | None = None

    def answer(self, flows: Flows, question: Question) -> Answer:
        answer = super().answer(flows, question)
        self._before = answer
        return answer

    def astray(self, honest: Answer) -> Answer:
        return self._before or honest


class TiesShuffledAnew(UsageDeviation):
    """Flows of equal usage come in another order each time."""

    breaks = ("consistency.repeatable",)

    def __init__(self, rulings: Rulings, statuses: Collection[str]) -> None:
        super().__init__(rulings, statuses)
        self._random = Random(1)  # noqa: S311 - an order, and no secret

    def break_ties(self, flows: Flows) -> Flows:
        shuffled = list(super().break_ties(flows))
        self._random.shuffle(shuffled)
        return tuple(shuffled)


class ReplicaADayBehind(ResolversDeviation):
    """Two servers answer in turn, and one of them lacks what ran today."""

    breaks = ("consistency.repeatable",)

    def __init__(self, world: World, rulings: Rulings, usage: Usage) -> None:
        super().__init__(world, rulings, usage)
        self._number = count()
        self._behind: dict[tuple[str, Period], Flows] = {}

    def flows(self, organization: Organization, period: Period) -> Flows:
        if next(self._number) % 2 == 0:
            return super().flows(organization, period)
        key = (organization.uuid, period)
        if key not in self._behind:
            today = self.world.now.date()
            ran = [
                replace(record, usage=tuple(day for day in record.usage if day.day != today))
                for record in organization.flows
            ]
            self._behind[key] = self.usage.during(ran, period, today)
        return self._behind[key]


DEVIATIONS = (
    OneInSevenLosesAFlow,
    OneInSevenCountsOneMore,
    OneInSevenIsEmpty,
    OneInSevenIsTheOneBefore,
    TiesShuffledAnew,
    ReplicaADayBehind,
)
