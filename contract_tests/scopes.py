"""Over which questions a clause is judged: telling ones in full, then drawn ones, then simpler ones of a broken one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from contract_tests import strategies
from contract_tests.covering import KNOWN_SORTS, UNKNOWN_SORTS, Levels, Size, covering
from contract_tests.questions import CURRENT_MONTH, Question, Sort
from contract_tests.words import MARKS, Words

Case = TypeVar("Case")


@dataclass(frozen=True, slots=True)
class Depth:
    """How much is asked: `strength` arguments meet in all their values, `unfiltered` ones where there is no filter.

    `drawn` more questions are asked for each test. `texts` of a target's, so many unknown `fields` and page `sizes`
    meet other arguments; a walk has some `pages`. Of what is written down no more than `listed` is asked. `companions`
    questions are asked beside others or after them, some of them `repeats` times in a row; `generated` queries are
    made from the schema alone.
    """

    strength: int
    unfiltered: int
    drawn: int
    texts: int
    fields: int
    sizes: tuple[Size, ...]
    pages: int
    listed: int
    companions: int
    repeats: int
    generated: int


class Scope(Protocol[Case]):
    """Where the cases of a clause come from; unless a scope says otherwise, the telling ones are all there are."""

    def telling(self, words: Words, depth: Depth) -> Iterator[Case]:
        """Yield the cases that are always judged, the most telling first."""

    def drawn(self, words: Words) -> SearchStrategy[Case] | None:
        """Return a strategy for more cases, or None where the telling ones are all."""
        del words
        return None

    def many(self, depth: Depth) -> int:
        """Return how many cases are drawn."""
        del depth
        return 0

    def simpler(self, case: Case) -> Iterator[Case]:
        """Yield cases a step simpler, the simplest first."""
        del case
        return iter(())


class Presence(StrEnum):
    """Whether an argument is given."""

    ABSENT = "absent"
    PRESENT = "present"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Questions:
    """Legal questions to the details query, with some arguments always or never given.

    `fields` narrows the sort to some documented fields, or to unknown ones where it is empty. `filtered` asks for
    at least one of `status` and `search`, `narrowed` for one of these or a `sort`. `wordy` asks for all of the words
    there are, in the largest pages only; `marked` for texts with marks that other languages read as patterns. `plainly`
    asks first without a filter, in every page size.
    """

    status: Presence = Presence.ANY
    search: Presence = Presence.ANY
    sort: Presence = Presence.ANY
    fields: tuple[str, ...] | None = None
    filtered: bool = False
    narrowed: bool = False
    wordy: bool = False
    marked: bool = False
    plainly: bool = False

    def telling(self, words: Words, depth: Depth) -> Iterator[Question]:
        plain = (SORTED if self.sort == Presence.PRESENT else PLAIN).telling(words, depth) if self.plainly else iter(())
        covering = (*self._covering(words, depth), *self._marked(words, depth))
        yield from dict.fromkeys((*filter(self._admits, plain), *self._both(words), *covering))

    def _both(self, words: Words) -> Iterator[Question]:
        """Yield for each period a question with both filters, where both are wanted."""
        if self.status == self.search == Presence.PRESENT:
            status, texts = words.statuses[0], words.texts[:1]
            yield from (Question(period, status, text) for period in words.periods for text in texts)

    def _marked(self, words: Words, depth: Depth) -> Iterator[Question]:
        """Yield texts with marks beside a status and beside a sort; where three arguments are to meet, all of them.

        Then each comes by itself in every period, too.
        """
        if not self.marked:
            return
        texts = sorted(self._texts(words, depth), key=lambda text: text not in MARKS)
        for place, text in enumerate(texts[: depth.texts if depth.strength < 3 else None]):
            question = Question(words.periods[place % len(words.periods)], search=text, first=words.largest)
            yield replace(question, status=words.statuses[place % len(words.statuses)])
            yield replace(question, sort=KNOWN_SORTS[place % len(KNOWN_SORTS)])
            if depth.strength > 2:
                yield from (replace(question, period=period) for period in words.periods)

    def _covering(self, words: Words, depth: Depth) -> Iterator[Question]:
        # Scopes take what they admit from a few coverings, and so share the answers.
        unfiltered = self.status == self.search == Presence.ABSENT
        levels = Levels(
            statuses=(None,) if unfiltered else (None, *words.statuses),
            texts=(None,) if unfiltered else (None, *self._texts(words, depth)),
            sorts=(None,) if self.sort == Presence.ABSENT else self._sorts(depth),
            sizes=self._sizes(depth, unfiltered),
        )
        for question in covering(levels, words, self._strength(depth), depth.pages):
            if self._admits(question):
                yield question

    def drawn(self, words: Words) -> SearchStrategy[Question] | None:
        return None if self.marked else _questions(self, words).filter(self._admits)

    def many(self, depth: Depth) -> int:
        return depth.drawn

    def simpler(self, case: Question) -> Iterator[Question]:
        steps = [replace(case, status=None), replace(case, search=None), replace(case, sort=None)]
        steps += [replace(case, first=None)]
        if case.search is not None and len(case.search) > 3:
            steps += [replace(case, search=case.search[: len(case.search) // 2].strip())]
        if case.first is not None:
            steps += [replace(case, first=size) for size in (1, 2, 3, case.first // 2) if 0 < size < case.first]
        if case.period != CURRENT_MONTH:
            steps += [replace(case, period=CURRENT_MONTH)]
        return (step for step in steps if step != case and self._admits(step))

    def _texts(self, words: Words, depth: Depth) -> tuple[str, ...]:
        if self.marked:
            return words.marked[: 2 * depth.listed]
        return words.texts[: 2 * depth.listed] if self.wordy else words.texts[: depth.texts]

    def _sorts(self, depth: Depth) -> tuple[Sort | None, ...]:
        unknown = UNKNOWN_SORTS[: depth.fields]
        return unknown if self.fields == () else (None, *KNOWN_SORTS, *unknown[: max(1, len(unknown) // 4)])

    def _sizes(self, depth: Depth, unfiltered: bool) -> tuple[Size, ...]:
        if self.wordy or self.marked:
            return (Size.OVER,)
        # Among filtered flows the documented page size tells no more than another.
        return tuple(size for size in depth.sizes if unfiltered or size != Size.DOCUMENTED)

    def _strength(self, depth: Depth) -> int:
        if self.status == self.search == Presence.ABSENT:
            return depth.unfiltered
        # A mark is text or it is not, whatever the period.
        return 1 if self.marked else depth.strength

    def _admits(self, question: Question) -> bool:
        sort = question.sort
        pairs = ((self.status, question.status), (self.search, question.search), (self.sort, sort))
        if any((value is None) != (wanted == Presence.ABSENT) for wanted, value in pairs if wanted != Presence.ANY):
            return False
        if self.fields and not (sort is not None and sort.by in self.fields):
            return False
        if self.narrowed and not question.filtered and sort is None:
            return False
        return question.filtered or not self.filtered


@st.composite
def _questions(draw: DrawFn, scope: Questions, words: Words) -> Question:
    def maybe(presence: Presence, values: SearchStrategy[Case]) -> Case | None:
        if presence == Presence.ABSENT or (presence == Presence.ANY and draw(st.booleans())):
            return None
        return draw(values)

    question = Question(
        period=draw(strategies.periods(words)),
        status=maybe(scope.status, strategies.statuses(words)),
        search=maybe(scope.search, strategies.texts(words)),
        sort=maybe(scope.sort, strategies.sorts(scope.fields)),
    )
    return replace(question, first=draw(strategies.sizes(words.expected(question), words.largest)))


@dataclass(frozen=True, slots=True)
class Listed(Scope[Case]):
    """Cases that are written down, and a strategy for more of their kind; so many are asked at `least`."""

    cases: tuple[Case, ...]
    more: SearchStrategy[Case] | None = None
    least: int = 0

    def telling(self, words: Words, depth: Depth) -> Iterator[Case]:
        del words
        return iter(self.cases[: max(depth.listed, self.least)])

    def drawn(self, words: Words) -> SearchStrategy[Case] | None:
        del words
        return self.more

    def many(self, depth: Depth) -> int:
        return depth.drawn


@dataclass(frozen=True, slots=True)
class Suspected(Scope[str]):
    """One case, to be asked of only where another test met with what these words say."""

    suspicion: str

    def telling(self, words: Words, depth: Depth) -> Iterator[str]:
        del words, depth
        yield self.suspicion


ABSENT, PRESENT, ANY = Presence.ABSENT, Presence.PRESENT, Presence.ANY
PLAIN = Questions(status=ABSENT, search=ABSENT, sort=ABSENT)
UNSORTED = Questions(sort=ABSENT)
FILTERED = Questions(sort=ABSENT, filtered=True)
SORTED = Questions(status=ABSENT, search=ABSENT, sort=PRESENT)
EVERYTHING = Questions(plainly=True)
__all__ = ["ABSENT", "ANY", "EVERYTHING", "FILTERED", "PLAIN", "PRESENT", "SORTED", "UNSORTED"]
