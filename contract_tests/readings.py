"""Tolerance: which flows a filter must and may give, and which orders are orders.

The documentation says "free text" and "sort by name" and no more. What every reasonable reading agrees on is judged;
between the readings nothing is a fault.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise, product
from typing import Any

from pyuca import Collator

from contract_tests.answers import Flow
from contract_tests.questions import NAME, STATUS, Question, Sort


def must_match(flow: Flow, question: Question) -> bool:
    """Whether every reading of the question gives this flow: the exact status, the exact text in one of the names."""
    if question.status is not None and flow.status != question.status:
        return False
    return question.search is None or question.search in flow.name or question.search in flow.project


def may_match(flow: Flow, question: Question) -> bool:
    """Whether some reasonable reading of the question gives this flow."""
    if question.status is not None and folded(flow.status) != folded(question.status):
        return False
    if question.search is None:
        return True
    names = f"{folded(flow.name)} {folded(flow.project)}"
    return all(word in names for word in folded(question.search).split())


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Fold case, accents, compatibility forms and white space."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(mark for mark in plain if not unicodedata.combining(mark)).split())


@cache
def _collator() -> Collator:
    return Collator()


@lru_cache(maxsize=65536)
def _collations(name: str) -> tuple[object, ...]:
    """Sort keys of a name under every collation that needs no table, in one order for all names."""
    unaccented = "".join(m for m in unicodedata.normalize("NFKD", name) if not unicodedata.combining(m))
    cases: tuple[Callable[[str], str], ...] = (str, str.casefold, str.lower, str.upper)
    parts: tuple[Callable[[str], str], ...] = (str, str.strip, _no_punctuation, _letters_only, _natural)
    keys: list[object] = []
    for accents, case, kept in product((name, unaccented), cases, parts):
        text = kept(case(accents))
        keys += [text, text.encode("utf-16-be", "surrogatepass")]
    return tuple(keys)


@lru_cache(maxsize=65536)
def _unicode_collations(name: str) -> tuple[object, ...]:
    return tuple(_collator().sort_key(text) for text in (name, _letters_only(name), _natural(name)))


def _no_punctuation(text: str) -> str:
    return "".join(mark for mark in text if unicodedata.category(mark)[0] not in "PSC")


def _letters_only(text: str) -> str:
    return "".join(mark for mark in text if unicodedata.category(mark)[0] in "LN")


def _natural(text: str) -> str:
    """Pad the numbers in a text, so that `Flow 2` comes before `Flow 10`."""
    return re.sub(r"\d+", lambda digits: digits.group().zfill(20), text)


# Collations by the name that a profile gives them.
COLLATIONS: dict[str, Callable[[str], Any]] = {
    "code-point": str,
    "case-folded": str.casefold,
    "accents-folded": folded,
    "punctuation-ignored": lambda name: _letters_only(folded(name)),
    "unicode": lambda name: _collator().sort_key(name),
}


def name_may_precede(first: str, second: str) -> bool:
    """Whether some reasonable collation puts `first` before `second`, or takes them for equal."""
    if first == second:
        return True
    # The table of the Unicode collation takes a second to load: it is asked last.
    for keys in (_collations, _unicode_collations):
        pairs = zip(keys(first), keys(second), strict=True)
        if any(one <= other for one, other in pairs):  # type: ignore[operator]  # keys of one collation
            return True
    return False


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Two neighbours in an order that no reading explains."""

    one: Flow
    other: Flow

    def __str__(self) -> str:
        return f"{self.one} comes before {self.other}"


def out_of_order(flows: Sequence[Flow], sort: Sort) -> list[Misplaced]:
    """The neighbours that stand in the wrong order under every reading; for status, where a block is torn."""
    if sort.field == STATUS:
        return list(_torn(flows))
    return [Misplaced(one, other) for one, other in pairwise(flows) if not _may_precede(one, other, sort)]


def _may_precede(one: Flow, other: Flow, sort: Sort) -> bool:
    first, second = (other, one) if sort.descending else (one, other)
    if sort.field == NAME:
        return name_may_precede(first.name, second.name)
    return first.tasks <= second.tasks


def _torn(flows: Sequence[Flow]) -> Iterator[Misplaced]:
    """Each place at which a status comes back after another one."""
    left: set[str] = set()
    for one, other in pairwise(flows):
        if one.status != other.status:
            left.add(one.status)
            if other.status in left:
                yield Misplaced(one, other)


def sort_key(flow: Flow, sort: Sort) -> int | str:
    """What flows of one group share: equal for flows between which any order is legal."""
    match sort.field:
        case "name":
            return _letters_only(folded(flow.name))
        case "status":
            return flow.status
        case _:
            return flow.tasks
