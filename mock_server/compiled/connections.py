"""`integrationsUsageDetails` written as JSON under one selection: a page is a join of rows that are written already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from weakref import WeakValueDictionary

from mock_server.compiled import values
from mock_server.compiled.rows import Rows
from mock_server.compiled.templates import Template
from mock_server.compiled.uncovered import Uncovered
from mock_server.usage import paging

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mock_server.compiled.selections import Selected, Selection
    from mock_server.compiled.templates import Part
    from mock_server.usage.choosing import Choosing, Chosen
    from mock_server.usage.paging import Span

# What is written of one table is dropped at so many bytes, and begun again.
_MOST = 48 * 2**20
# A selection that is asked for once costs this beside its rows.
_SELECTION = 8192


class Rowed:
    """A selection of edges or of nodes. Equal ones are one object, so that operations share their rows."""

    _known: ClassVar[WeakValueDictionary[tuple[Selection, bool], Rowed]] = WeakValueDictionary()

    def __init__(self, selection: Selection, *, edges: bool) -> None:
        self.selection = selection
        self.edges = edges

    @classmethod
    def of(cls, selection: Selection, *, edges: bool) -> Rowed:
        """Return the one of this selection."""
        return cls._known.setdefault((selection, edges), cls(selection, edges=edges))


class Shelf:
    """The rows of one table that are written, by selection, in a bounded space."""

    def __init__(self, choosing: Choosing) -> None:
        self._table = choosing.table
        self.rulings = choosing.rulings
        self._rows: dict[Rowed, Rows] = {}
        self._weight = 0

    def written(self, rowed: Rowed, page: _Page) -> bytes:
        """Return the rows of a page."""
        rows = self._rows.get(rowed)
        if rows is None:
            instants = self.rulings.instants
            rows = self._rows[rowed] = Rows(self._table, rowed.selection, instants, edges=rowed.edges)
            self._weight += _SELECTION
        before = rows.weight
        written = rows.written(page.rows, page.cursors() if rows.has_cursor else ())
        self._weight += rows.weight - before
        if self._weight > _MOST:
            self._rows.clear()
            self._weight = 0
        return written


class _Page:
    """One page that is about to be written."""

    __slots__ = ("at", "rows", "shelf", "span")

    def __init__(self, chosen: Chosen, span: Span, shelf: Shelf) -> None:
        self.rows = chosen.rows[span.start : span.end]
        self.at = chosen.cursors.at
        self.span = span
        self.shelf = shelf

    def cursors(self) -> list[bytes]:
        return [self.cursor(place) for place in range(self.span.start + 1, self.span.end + 1)]

    def cursor(self, position: int) -> bytes:
        return values.text(self.at(position)).encode()


class Connection:
    """Writes the connection under one selection."""

    def __init__(self, selection: Selection) -> None:
        self._parts = _parts(selection, _connection_field)

    def pages(self, chosen: Chosen, shelf: Shelf) -> Pages:
        """Return what writes the pages of a set; raise Uncovered for totals that no Int holds."""
        return Pages([part.of(chosen) if isinstance(part, _Total) else part for part in self._parts], chosen, shelf)


class Pages:
    """Writes the pages of one set under one selection; what all of them have in common is written once."""

    def __init__(self, parts: Iterable[Part[_Page]], chosen: Chosen, shelf: Shelf) -> None:
        self._template = Template(parts)
        self._chosen = chosen
        self._shelf = shelf

    def page(self, first: int | None, after: str | None) -> bytes:
        """Return a page; raise InvalidInput for what its values refuse."""
        span = paging.span(first, after, self._shelf.rulings, self._chosen.cursors)
        return self._template.filled(_Page(self._chosen, span, self._shelf))


@dataclass(frozen=True, slots=True)
class _Total:
    """What all pages of a set have in common."""

    of: Callable[[Chosen], bytes]


def _parts(selection: Selection, field: Callable[[Selected], list[Part[_Page] | _Total]]) -> list[Part[_Page] | _Total]:
    if not selection:
        return [b"{}"]
    parts: list[Part[_Page] | _Total] = []
    for before, selected in zip(values.members(each.key for each in selection), selection, strict=True):
        parts.append(before.encode())
        parts += [values.text(selected.type_name).encode()] if selected.is_typename else field(selected)
    return [*parts, b"}"]


def _connection_field(selected: Selected) -> list[Part[_Page] | _Total]:
    match selected.name:
        case "totalFlows":
            return [_Total(lambda chosen: values.integer(chosen.totals.flows).encode())]
        case "totalTasks":
            return [_Total(lambda chosen: values.integer(chosen.totals.tasks).encode())]
        case "edges" | "nodes":
            rowed = Rowed.of(selected.below, edges=selected.name == "edges")
            return [b"[", lambda page: page.shelf.written(rowed, page), b"]"]
        case "pageInfo":
            return _parts(selected.below, _page_info_field)
    raise Uncovered(selected.name)


def _page_info_field(selected: Selected) -> list[Part[_Page] | _Total]:
    match selected.name:
        case "hasNextPage":
            return [lambda page: b"true" if page.span.has_next_page else b"false"]
        case "hasPreviousPage":
            return [lambda page: b"true" if page.span.start else b"false"]
        case "startCursor":
            return [lambda page: page.cursor(page.span.start + 1) if page.rows else b"null"]
        case "endCursor":
            return [lambda page: page.cursor(page.span.end) if page.rows else b"null"]
    raise Uncovered(selected.name)
