"""Questions that are asked together or in a row: the cases of what an answer must not depend on."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from hypothesis.strategies import SearchStrategy

from contract_tests.covering import Size, page_size
from contract_tests.questions import ASCENDING, DESCENDING, NAME, PERIODS, STATUS, USAGE, Question, Sort
from contract_tests.scopes import Depth
from contract_tests.spellings import Beside
from contract_tests.words import NOBODYS_TEXT, Words

Case = TypeVar("Case")
Spelling = TypeVar("Spelling", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Repeated:
    """A question that is asked so often."""

    question: Question
    times: int


@dataclass(frozen=True, slots=True)
class Disturbed:
    """A question that is asked after each of two others, which differ in every argument that they give."""

    question: Question
    one: Question
    other: Question


@dataclass(frozen=True, slots=True)
class Several:
    """Questions that are asked in one operation; `further` asks the last one for its second page."""

    questions: tuple[Question, ...]
    beside: Beside = Beside.ALIKE
    further: bool = False


@dataclass(frozen=True, slots=True)
class Crowd:
    """Questions that are in flight together, so many rounds of them."""

    questions: tuple[Question, ...]
    rounds: int


@dataclass(frozen=True, slots=True)
class Spelled(Generic[Spelling]):
    """A question in another spelling, or its second page."""

    question: Question
    spelling: Spelling
    further: bool = False


@dataclass(frozen=True, slots=True)
class Made(Generic[Case]):
    """Cases made from a target's words, as many as a run's depth wants; no more are drawn."""

    cases: Callable[[Words, Depth], Iterable[Case]]

    def telling(self, words: Words, depth: Depth) -> Iterator[Case]:
        return iter(self.cases(words, depth))

    def drawn(self, words: Words) -> SearchStrategy[Case] | None:
        del words
        return None

    def many(self, depth: Depth) -> int:
        del depth
        return 0

    def simpler(self, case: Case) -> Iterator[Case]:
        del case
        return iter(())


def varied(words: Words) -> list[Question]:
    """Return a plain question for a short page, then one with each argument given, then some with several."""
    period = words.periods[0]
    plain = Question(period, first=page_size(Size.FEW, words.expected(Question(period)), words.largest))
    status = replace(plain, status=words.statuses[0])
    search = replace(plain, search=words.texts[0] if words.texts else "a")
    everything = replace(status, search=search.search, sort=Sort(USAGE, ASCENDING), first=2)
    questions = [
        plain,
        status,
        search,
        replace(plain, first=(plain.first or 1) + 2),
        everything,
        replace(plain, sort=Sort(NAME, ASCENDING)),
        replace(plain, sort=Sort(STATUS, DESCENDING)),
        replace(plain, first=None),
        *(replace(plain, period=other) for other in PERIODS if other in words.periods[1:]),
        replace(everything, sort=Sort(NAME, DESCENDING), first=1),
        replace(plain, sort=Sort(USAGE, ASCENDING)),
        replace(status, status=words.statuses[1] if len(words.statuses) > 1 else None),
        replace(search, search=words.texts[1] if len(words.texts) > 1 else None),
        replace(plain, sort=Sort("runs", ASCENDING)),
    ]
    return list(dict.fromkeys(questions))


def _with_everything(words: Words) -> Question:
    """Return the question with the most arguments."""
    return max(varied(words), key=lambda question: len(question.variables()))


def repeated(words: Words, depth: Depth) -> Iterator[Repeated]:
    """Repeat a short page, the whole of another period, then whole sets and short pages in turn."""
    plain, *others = varied(words)
    yield Repeated(plain, depth.repeats)
    yield Repeated(replace(plain, period=words.periods[-1], first=words.largest), depth.repeats)
    for place, question in enumerate(others[: depth.companions // 2 - 1]):
        yield Repeated(question if place % 2 else replace(question, first=words.largest), depth.repeats)


def disturbed(words: Words, depth: Depth) -> Iterator[Disturbed]:
    """Ask a question without an argument after two that give it; then with all of them given before."""
    plain, status, search, *_ = varied(words)
    statuses, texts = (*words.statuses, "ENABLED", "DISABLED")[:2], (*words.texts, "a", "e")[:2]
    one = replace(plain, status=statuses[0], search=texts[0], sort=Sort(NAME, ASCENDING), first=1)
    other = replace(plain, status=statuses[1], search=texts[1], sort=Sort(STATUS, DESCENDING), first=words.largest)
    bare = replace(plain, first=None)
    cases = [
        Disturbed(bare, one, other),
        Disturbed(bare, replace(bare, first=1), replace(bare, first=words.largest)),
        Disturbed(plain, one, other),
        Disturbed(bare, replace(bare, sort=Sort(USAGE, ASCENDING)), replace(bare, sort=Sort(NAME, DESCENDING))),
        Disturbed(bare, replace(bare, status=statuses[0]), replace(bare, status=statuses[1])),
        Disturbed(bare, replace(bare, search=texts[0]), replace(bare, search=texts[1])),
        Disturbed(bare, replace(bare, search=NOBODYS_TEXT), replace(bare, status=statuses[0], search=texts[0])),
        Disturbed(replace(status, first=None), one, other),
        Disturbed(replace(search, first=None), one, other),
        Disturbed(replace(bare, sort=Sort(NAME, DESCENDING)), one, other),
    ]
    yield from cases[: depth.companions]


def crowds(words: Words, depth: Depth) -> Iterator[Crowd]:
    """Ask questions together that differ in one argument each: as many as are kept connections for, and two."""
    questions, rounds = tuple(varied(words)[: depth.repeats // 2][:8]), max(2, depth.repeats // 5)
    yield Crowd(questions, rounds)
    if depth.companions > 4:
        yield Crowd(questions[:2], rounds)


def pairs(words: Words, depth: Depth) -> Iterator[Several]:
    """Ask the plain question beside each other one, before it and after it, and beside its own second page."""
    plain, *others = varied(words)
    far = replace(_with_everything(words), period=words.periods[-1])
    yield Several((plain, far))
    yield Several((far, plain))
    yield Several((others[0], plain), Beside.LESS_OF_THE_FIRST)
    yield Several((plain, others[1]), Beside.ONE_FRAGMENT)
    yield Several((plain, plain), further=True)
    for other in others[: depth.companions]:
        yield Several((plain, other))
        if depth.companions > 4:
            yield Several((other, plain))
    yield Several((*others[:2], plain))


def spelled_by(spellings: Sequence[Spelling]) -> Made[Spelled[Spelling]]:
    """Spell a question with all arguments in each of some ways, and its second page; then others in turn."""

    def cases(words: Words, depth: Depth) -> Iterator[Spelled[Spelling]]:
        questions = varied(words)[: depth.companions]
        everything = _with_everything(words)
        # The same arguments with another value: what was kept for the one must not serve the other.
        yield Spelled(everything, spellings[0])
        yield from (Spelled(replace(everything, period=period), spellings[0]) for period in words.periods[1:])
        yield from (Spelled(everything, spelling) for spelling in spellings[1 : 3 * depth.companions])
        yield from (Spelled(replace(questions[0], first=first), spellings[0]) for first in (2, 3))
        for place, question in enumerate(questions):
            yield Spelled(question, spellings[(place + 1) % len(spellings)])
        for spelling in spellings[: depth.companions // 2 + 1]:
            yield Spelled(questions[0], spelling, further=True)
        for question in questions[6::3]:
            yield from (Spelled(question, spelling, further) for spelling in spellings for further in (False, True))

    return Made(cases)
