"""Answers that depend on the request before: what it gave is taken where this one gives nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mock_server.deviations.deviation import ResolversDeviation, UsageDeviation
from mock_server.usage.ordering import Field

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mock_server.records import Organization, World
    from mock_server.rendering import Json
    from mock_server.rulings import Rulings
    from mock_server.usage.answering import Answer, Usage
    from mock_server.usage.flows import Flows
    from mock_server.usage.question import Period, Question


class _Leaking(UsageDeviation):
    """A fault that knows the question before this one, as it was asked."""

    def __init__(self, rulings: Rulings, statuses: Collection[str]) -> None:
        super().__init__(rulings, statuses)
        self._before: Question | None = None

    def answer(self, flows: Flows, question: Question) -> Answer:
        before, self._before = self._before, question
        return super().answer(flows, question if before is None else self.leaked(question, before))

    def leaked(self, question: Question, before: Question) -> Question:
        raise NotImplementedError


class SortOfTheRequestBefore(_Leaking):
    """Without `sort`, flows come in the order that the request before asked for."""

    breaks = ("consistency.isolated",)

    def leaked(self, question: Question, before: Question) -> Question:
        return replace(question, sort=question.sort or before.sort)


class StatusOfTheRequestBefore(_Leaking):
    """Without `status`, the one of the request before holds."""

    breaks = ("consistency.isolated",)

    def leaked(self, question: Question, before: Question) -> Question:
        return replace(question, status=before.status if question.status is None else question.status)


class SearchOfTheRequestBefore(_Leaking):
    """Without `search`, the one of the request before holds."""

    breaks = ("consistency.isolated",)

    def leaked(self, question: Question, before: Question) -> Question:
        return replace(question, search=before.search if question.search is None else question.search)


class SearchOfTheRequestBeforeOnLaterPages(SearchOfTheRequestBefore):
    """With an `after` and without `search`, the one of the request before holds."""

    def leaked(self, question: Question, before: Question) -> Question:
        return question if question.after is None else super().leaked(question, before)


class FirstOfTheRequestBefore(_Leaking):
    """Without `first`, a page has the size that the request before asked for."""

    breaks = ("consistency.isolated",)

    def leaked(self, question: Question, before: Question) -> Question:
        return replace(question, first=before.first if question.first is None else question.first)


class AnswerOfTheRequestBefore(UsageDeviation):
    """A question without `first` after one about the same period is given the answer to that one once more."""

    breaks = ("consistency.isolated",)

    def __init__(self, rulings: Rulings, statuses: Collection[str]) -> None:
        super().__init__(rulings, statuses)
        self._last: tuple[Flows, Question, Answer] | None = None

    def answer(self, flows: Flows, question: Question) -> Answer:
        if self._last is not None and self._last[0] is flows and question == replace(self._last[1], first=None):
            return self._last[2]
        self._last = (flows, question, super().answer(flows, question))
        return self._last[2]


class TotalsOfTheRequestBefore(UsageDeviation):
    """Totals are counted where something is filtered; without a filter they are those of the request before."""

    breaks = ("consistency.isolated",)

    def __init__(self, rulings: Rulings, statuses: Collection[str]) -> None:
        super().__init__(rulings, statuses)
        self._last: tuple[Flows, Answer] | None = None

    def answer(self, flows: Flows, question: Question) -> Answer:
        answer = super().answer(flows, question)
        filtered = question.status is not None or question.search is not None
        if not filtered and self._last is not None and self._last[0] is flows:
            answer = replace(answer, totals=self._last[1].totals)
        self._last = (flows, answer)
        return answer


class TiesAsLastSortedByName(UsageDeviation):
    """A sort by name sorts what is kept: from then on, flows of equal usage come in that order."""

    breaks = ("consistency.isolated",)
    shows_in = "ties"

    def __init__(self, rulings: Rulings, statuses: Collection[str]) -> None:
        super().__init__(rulings, statuses)
        self._backwards: bool | None = None

    def order(self, flows: Flows, question: Question) -> Flows:
        sorting = self.sorting(question.sort)
        if sorting.by == Field.NAME:
            self._backwards = sorting.descending
        return super().order(flows, question)

    def break_ties(self, flows: Flows) -> Flows:
        settled = super().break_ties(flows)
        if self._backwards is None:
            return settled
        return tuple(sorted(settled, key=lambda flow: flow.name, reverse=self._backwards))


class PeriodOfTheSiblingBefore(ResolversDeviation):
    """The question after the sibling query is answered for the sibling's period."""

    breaks = ("consistency.isolated",)

    def __init__(self, world: World, rulings: Rulings, usage: Usage) -> None:
        super().__init__(world, rulings, usage)
        self._before: Period | None = None

    def figures(self, organization: Organization, period: Period) -> Json:
        self._before = period
        return super().figures(organization, period)

    def question(self, arguments: Mapping[str, Any]) -> Question:
        question, before = super().question(arguments), self._before
        self._before = None
        return question if before is None else replace(question, period=before)


DEVIATIONS = (
    SortOfTheRequestBefore,
    StatusOfTheRequestBefore,
    SearchOfTheRequestBefore,
    SearchOfTheRequestBeforeOnLaterPages,
    FirstOfTheRequestBefore,
    AnswerOfTheRequestBefore,
    TotalsOfTheRequestBefore,
    TiesAsLastSortedByName,
    PeriodOfTheSiblingBefore,
)
