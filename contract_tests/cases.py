"""Cases of more than one question: in a row, in one operation, in flight together, in another spelling."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from contract_tests.questions import ASCENDING, Question, Sort
from contract_tests.scopes import Depth, Scope
from contract_tests.spellings import Beside
from contract_tests.words import Words

Case = TypeVar("Case")
Spelling = TypeVar("Spelling", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Repeated:
    """Questions that are asked in turn, so many times in all."""

    questions: tuple[Question, ...]
    times: int


class Foreign(StrEnum):
    """What else than a question is asked before one."""

    SIBLING = "the sibling query for another period"
    ORGANIZATION = "the organization's UUID"
    REFUSED = "a period that there is not"
    ANOTHERS = "the details of an organization that the token cannot see"


@dataclass(frozen=True, slots=True)
class Disturbed:
    """A question that is asked after each of two others, which differ in all that they give, or after a foreign one.

    `further` asks for its second page.
    """

    question: Question
    one: Question
    other: Question | Foreign
    further: bool = False


@dataclass(frozen=True, slots=True)
class Turned:
    """Two questions that are asked one after the other, and in another guise the other way round.

    Page `sizes`, `texts` that find the same flows, or unknown `fields` to sort by, are the guises: they mean the same,
    and no server has been asked in any of them before. `further` asks for the second page of either question.
    """

    one: Question
    other: Question
    sizes: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    further: bool = False

    def guises(self) -> Iterator[tuple[Question, Question]]:
        """Yield both questions in each guise."""
        for size in self.sizes:
            yield replace(self.one, first=size), replace(self.other, first=size)
        for text in self.texts:
            yield replace(self.one, search=text), replace(self.other, search=text)
        for field in self.fields:
            sort = Sort(field, ASCENDING)
            yield replace(self.one, sort=sort), replace(self.other, sort=sort)


@dataclass(frozen=True, slots=True)
class Several:
    """Questions that are asked in one operation; `further` asks the last one for its second page."""

    questions: tuple[Question, ...]
    beside: Beside = Beside.ALIKE
    further: bool = False


@dataclass(frozen=True, slots=True)
class Crowd:
    """Questions that are in flight together, so many rounds of them; `further` asks for the second page of each too."""

    questions: tuple[Question, ...]
    rounds: int
    further: bool = False


@dataclass(frozen=True, slots=True)
class Spelled(Generic[Spelling]):
    """A question in another spelling, or its second page."""

    question: Question
    spelling: Spelling
    further: bool = False


@dataclass(frozen=True, slots=True)
class Made(Scope[Case]):
    """Cases made from a target's words, as many as a run's depth wants; no more are drawn."""

    cases: Callable[[Words, Depth], Iterable[Case]]

    def telling(self, words: Words, depth: Depth) -> Iterator[Case]:
        return iter(self.cases(words, depth))
