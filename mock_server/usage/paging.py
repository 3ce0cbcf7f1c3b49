"""One page out of an ordered list. Knows positions; knows nothing of flows, GraphQL or HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mock_server.choices import BadCursor, NoSize, PageCap, PageDefault
from mock_server.refusals import InvalidInput

if TYPE_CHECKING:
    from mock_server.rulings import Rulings
    from mock_server.usage.cursors import Cursors


class Span(NamedTuple):
    """The positions that a page shows, from `start` to before `end`, and whether it says that more follow."""

    start: int
    end: int
    has_next_page: bool


def span(first: int | None, after: str | None, rulings: Rulings, cursors: Cursors) -> Span:
    """Return the positions of the page that is asked for, in the list of these cursors."""
    length = cursors.length
    asked = size(first, length, rulings)
    begin = start(after, rulings, cursors) if after else 0
    end = min(begin + asked.limit, length)
    return Span(begin, end, asked.may_have_next and end < length)


@dataclass(frozen=True, slots=True)
class Size:
    """How many edges a page may hold, and whether it may say that more follow."""

    limit: int
    may_have_next: bool = True


def cap(rulings: Rulings, length: int) -> int:
    """Return how many edges a page of a list of this length holds at most."""
    return length if rulings.page_cap is PageCap.NONE else int(rulings.page_cap)


def size(first: int | None, length: int, rulings: Rulings) -> Size:
    """Return the size of the page that `first` asks for, clamped to the cap without a word."""
    if first is None:
        return _default(length, rulings)
    if first > 0:
        return Size(min(first, cap(rulings, length)))
    match rulings.first_zero if first == 0 else rulings.first_negative:
        case NoSize.NO_EDGES:
            return Size(0)
        case NoSize.NOTHING:
            return Size(0, may_have_next=False)
        case NoSize.DEFAULT_PAGE:
            return _default(length, rulings)
        case NoSize.REFUSED:
            raise InvalidInput(first)


def _default(length: int, rulings: Rulings) -> Size:
    most = cap(rulings, length)
    return Size(most if rulings.page_default is PageDefault.CAP else min(int(rulings.page_default), most))


def start(after: str | None, rulings: Rulings, cursors: Cursors) -> int:
    """Return how many edges come before the page; a cursor past the end is a good one, with nothing behind it."""
    if not after:
        return 0
    position = cursors.position(after)
    if position is not None:
        return min(position, cursors.length)
    match rulings.bad_cursor:
        case BadCursor.REFUSED:
            raise InvalidInput(after)
        case BadCursor.FIRST_PAGE:
            return 0
        case BadCursor.EMPTY:
            return cursors.length
