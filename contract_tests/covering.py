"""Systematic questions: every pair, or every triple, of arguments' telling values comes together in some question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from covertable import make

from contract_tests.questions import ASCENDING, DESCENDING, SORT_FIELDS, Question, Sort
from contract_tests.words import Words

KNOWN_SORTS = tuple(Sort(field, order) for field in SORT_FIELDS for order in (DESCENDING, ASCENDING))
UNKNOWN_SORTS = (
    Sort("runs", ASCENDING),
    Sort("größe", ASCENDING),
    Sort("", ASCENDING),
    Sort("lastRunAt", DESCENDING),
    Sort("tasks", ASCENDING),
    Sort("project", ASCENDING),
    Sort("createdAt", DESCENDING),
)
# A server that gives ten flows a page has four times as many pages of this many flows.
BEARABLE = 40


class Size(StrEnum):
    """A telling page size, relative to the number of flows that the question brings."""

    FEW = "few"
    OMITTED = "omitted"
    EXACT = "exact"
    OVER = "over"
    DIVISOR = "divisor"
    DOCUMENTED = "documented"


@dataclass(frozen=True, slots=True)
class Levels:
    """The telling values of each argument; one value only fixes the argument."""

    statuses: Sequence[str | None]
    texts: Sequence[str | None]
    sorts: Sequence[Sort | None]
    sizes: Sequence[Size] = tuple(Size)


def covering(levels: Levels, words: Words, strength: int, pages: int = 10) -> Iterator[Question]:
    """Yield questions in which any `strength` of the arguments meet in all their values.

    A short page is such that a walk has about so many `pages`. Questions that resolve to the same arguments come once.
    """
    factors = (words.periods, levels.statuses, levels.texts, levels.sorts, levels.sizes)
    seen = set()
    for period, status, text, sort, size in _rows(tuple(map(len, factors)), strength):
        question = Question(words.periods[period], levels.statuses[status], levels.texts[text], levels.sorts[sort])
        flows = words.expected(question)
        question = replace(question, first=page_size(levels.sizes[size], flows, words.largest, pages))
        if question not in seen:
            seen.add(question)
            yield question


@cache
def _rows(lengths: tuple[int, ...], strength: int) -> tuple[tuple[int, ...], ...]:
    """Rows of positions, one in each list of so many values: first some with every value, then the first in the lists.

    Where not all can be asked, no value is left out.
    """
    made = make([list(range(length)) for length in lengths], strength=strength)
    rows = sorted((tuple(row) for row in made), key=lambda row: (sum(row), row))
    first: list[tuple[int, ...]] = []
    missing = {(factor, value) for factor, length in enumerate(lengths) for value in range(length)}
    while missing:
        telling = max(rows, key=lambda row: len(missing & set(enumerate(row))))
        missing -= set(enumerate(telling))
        first.append(telling)
    return tuple(dict.fromkeys((*first, *rows)))


def page_size(size: Size, flows: int, largest: int, pages: int = 10) -> int | None:
    """Return the `first` that a telling size means for so many flows, and that the target answers."""
    first = _page_size(size, flows, largest, pages)
    return None if first is None else min(first, largest)


def _page_size(size: Size, flows: int, largest: int, pages: int) -> int | None:
    if size == Size.OMITTED and flows > BEARABLE * pages:
        size = Size.FEW
    match size:
        case Size.FEW:
            # Enough pages to see the third and the last, few enough to walk often.
            return max(1 if flows <= 6 else 2 if flows <= 14 else 3, -(-flows // pages))
        case Size.DIVISOR:
            # Near a quarter; where there is no divisor there are no full pages, and any size will do.
            proper = [size for size in range(2, flows) if flows % size == 0]
            return min(proper, key=lambda size: abs(size - flows / 4), default=max(1, -(-flows // 2)))
        case Size.EXACT:
            return max(1, flows)
        case Size.DOCUMENTED:
            return 20
        case Size.OVER:
            return largest
        case Size.OMITTED:
            return None
