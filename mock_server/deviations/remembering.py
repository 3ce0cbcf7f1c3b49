"""Answers remembered under a key that lacks one of the arguments."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mock_server.choices import Case
from mock_server.deviations.deviation import UsageDeviation
from mock_server.rulings import Rulings
from mock_server.usage.question import Period

if TYPE_CHECKING:
    from collections.abc import Collection

    from mock_server.usage.answering import Answer
    from mock_server.usage.flows import Flows
    from mock_server.usage.question import Question
    from mock_server.usage.totals import Totals


class _Remembering(UsageDeviation):
    """A fault that answers a question as the first one was answered that differs from it in one argument only."""

    def __init__(self, rulings: Rulings, statuses: Collection[str]) -> None:
        super().__init__(rulings, statuses)
        self._answers: dict[tuple[Flows, Question], Answer] = {}

    def answer(self, flows: Flows, question: Question) -> Answer:
        key = (flows, self.forgetful(question))
        if key not in self._answers:
            self._answers[key] = super().answer(flows, question)
        return self._answers[key]

    def forgetful(self, question: Question) -> Question:
        return question


class RememberedWithoutStatus(_Remembering):
    """Answers are remembered, and `status` is not in the key."""

    breaks = ("consistency.isolated",)

    def forgetful(self, question: Question) -> Question:
        return replace(question, status=None)


class RememberedWithoutSearch(_Remembering):
    """Answers are remembered, and `search` is not in the key."""

    breaks = ("consistency.isolated",)

    def forgetful(self, question: Question) -> Question:
        return replace(question, search=None)


class RememberedWithoutSort(_Remembering):
    """Answers are remembered, and `sort` is not in the key."""

    breaks = ("consistency.isolated",)

    def forgetful(self, question: Question) -> Question:
        return replace(question, sort=None)


class RememberedWithoutOrder(_Remembering):
    """Answers are remembered, and of `sort` only `by` is in the key."""

    breaks = ("consistency.isolated",)

    def forgetful(self, question: Question) -> Question:
        return replace(question, sort=question.sort and replace(question.sort, order=None))


class RememberedWithoutFirst(_Remembering):
    """Answers are remembered, and `first` is not in the key."""

    breaks = ("consistency.isolated",)

    def forgetful(self, question: Question) -> Question:
        return replace(question, first=None)


class RememberedWithoutAfter(_Remembering):
    """Answers are remembered, and `after` is not in the key."""

    breaks = ("page.continuation",)

    def forgetful(self, question: Question) -> Question:
        return replace(question, after=None)


class RememberedWithoutCase(_Remembering):
    """Answers are remembered, and `search` is in the key in lower case, though it minds the case."""

    breaks = ("consistency.isolated",)
    shows_under = Rulings(search_case=Case.EXACT)

    def forgetful(self, question: Question) -> Question:
        return replace(question, search=question.search and question.search.lower())


class RememberedWithoutBlanks(_Remembering):
    """Answers are remembered, and `search` is in the key without the blanks around it, though it minds them."""

    breaks = ("consistency.isolated",)

    def forgetful(self, question: Question) -> Question:
        return replace(question, search=question.search and question.search.strip())


class RememberedByWhatIsGiven(_Remembering):
    """Answers are remembered by the text that is given, whether it is the `status` or the `search`."""

    breaks = ("consistency.isolated",)

    def forgetful(self, question: Question) -> Question:
        if question.status is not None and question.search is not None:
            return question
        return replace(question, status=None, search=question.status or question.search)


class OrderRememberedWithoutDirection(UsageDeviation):
    """What flows are found, and in which order, is remembered, and of `sort` only `by` is in the key."""

    breaks = ("consistency.isolated",)

    def __init__(self, rulings: Rulings, statuses: Collection[str]) -> None:
        super().__init__(rulings, statuses)
        self._ordered: dict[tuple[Flows, Question], Flows] = {}

    def order(self, flows: Flows, question: Question) -> Flows:
        by = question.sort and replace(question.sort, order=None)
        key = (flows, replace(question, sort=by, first=None, after=None))
        if key not in self._ordered:
            self._ordered[key] = super().order(flows, question)
        return self._ordered[key]


class LaterPagesRememberedWithoutPeriod(UsageDeviation):
    """With an `after`, answers are remembered, and `period` is not in the key."""

    breaks = ("consistency.isolated",)

    def __init__(self, rulings: Rulings, statuses: Collection[str]) -> None:
        super().__init__(rulings, statuses)
        self._answers: dict[Question, Answer] = {}

    def answer(self, flows: Flows, question: Question) -> Answer:
        if question.after is None:
            return super().answer(flows, question)
        key = replace(question, period=Period.CURRENT_MONTH)
        if key not in self._answers:
            self._answers[key] = super().answer(flows, question)
        return self._answers[key]


class TotalsRememberedByLetters(UsageDeviation):
    """Totals are remembered, and of `search` only letters and digits are in the key."""

    breaks = ("totals.filtered",)

    def __init__(self, rulings: Rulings, statuses: Collection[str]) -> None:
        super().__init__(rulings, statuses)
        self._totals: dict[Question, Totals] = {}

    def total(self, flows: Flows, question: Question) -> Totals:
        letters = question.search and "".join(filter(str.isalnum, question.search))
        key = replace(question, search=letters, first=None, after=None)
        return self._totals.setdefault(key, super().total(flows, question))


DEVIATIONS = (
    RememberedWithoutStatus,
    RememberedWithoutSearch,
    RememberedWithoutSort,
    RememberedWithoutOrder,
    RememberedWithoutFirst,
    RememberedWithoutAfter,
    RememberedWithoutCase,
    RememberedWithoutBlanks,
    RememberedByWhatIsGiven,
    OrderRememberedWithoutDirection,
    LaterPagesRememberedWithoutPeriod,
    TotalsRememberedByLetters,
)
