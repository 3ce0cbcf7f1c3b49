"""`integrationsUsageDetails` written as JSON under one selection: a page is a join of rows that are written already."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mock_server.compiled import values
from mock_server.compiled.rows import Rows
from mock_server.compiled.uncovered import Uncovered
from mock_server.usage import cursors, paging

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mock_server.compiled.selections import Selected, Selection
    from mock_server.rulings import Rulings
    from mock_server.usage.choosing import Choosing
    from mock_server.usage.paging import Span
    from mock_server.usage.question import Question
    from mock_server.usage.totals import Totals

# What is written of one table is dropped at so many bytes, and begun again.
_MOST = 48 * 2**20
# A selection that is asked for once costs this beside its rows.
_SELECTION = 8192


class Shelf:
    """The rows of one table that are written, by selection, in a bounded space."""

    def __init__(self, choosing: Choosing) -> None:
        self._choosing = choosing
        self._rows: dict[tuple[Selection, bool], Rows] = {}
        self._before = 0

    def written(self, selection: Selection, page: _Page, *, edges: bool) -> bytes:
        """Return the rows of a page."""
        key = (selection, edges)
        rows = self._rows.get(key)
        if rows is None:
            rows = Rows(self._choosing.table, selection, self._choosing.rulings.instants, edges=edges)
            self._rows[key] = rows
            self._before += _SELECTION
        weight = rows.weight
        written = rows.written(page.rows, page.cursors if rows.has_cursor else ())
        self._before += rows.weight - weight
        if self._before > _MOST:
            self._rows.clear()
            self._before = 0
        return written


@dataclass(frozen=True)
class _Page:
    """One page that is about to be written."""

    rows: Sequence[int]
    totals: Totals
    span: Span
    shelf: Shelf
    rulings: Rulings

    @cached_property
    def cursors(self) -> list[bytes]:
        places = range(self.span.start + 1, self.span.end + 1)
        return [self.cursor(place).encode() for place in places]

    def cursor(self, position: int) -> str:
        return values.text(cursors.cursor(position, self.rulings.cursor_style))


class Connection:
    """Writes the connection under one selection."""

    def __init__(self, selection: Selection) -> None:
        self._parts = _parts(selection, _connection_field)

    def written(self, choosing: Choosing, shelf: Shelf, asked: Question) -> bytes:
        """Return the answer to a question; raise InvalidInput for what its values refuse."""
        chosen = choosing.chosen(asked)
        span = paging.span(asked.first, asked.after, len(chosen.rows), choosing.rulings)
        page = _Page(chosen.rows[span.start : span.end], chosen.totals, span, shelf, choosing.rulings)
        return b"".join([part if isinstance(part, bytes) else part(page) for part in self._parts])


if TYPE_CHECKING:
    Part = bytes | Callable[[_Page], bytes]
    Field = Callable[[Selected], list[Part]]


def _parts(selection: Selection, field: Field) -> list[Part]:
    if not selection:
        return [b"{}"]
    parts: list[Part] = []
    for before, selected in zip(values.members(each.key for each in selection), selection, strict=True):
        parts.append(before.encode())
        parts += [values.text(selected.type_name).encode()] if selected.is_typename else field(selected)
    return [*parts, b"}"]


def _connection_field(selected: Selected) -> list[Part]:
    match selected.name:
        case "totalFlows":
            return [lambda page: values.integer(page.totals.flows).encode()]
        case "totalTasks":
            return [lambda page: values.integer(page.totals.tasks).encode()]
        case "edges" | "nodes":
            below, edges = selected.below, selected.name == "edges"
            return [b"[", lambda page: page.shelf.written(below, page, edges=edges), b"]"]
        case "pageInfo":
            return _parts(selected.below, _page_info_field)
    raise Uncovered(selected.name)


def _page_info_field(selected: Selected) -> list[Part]:
    match selected.name:
        case "hasNextPage":
            return [lambda page: values.boolean(page.span.has_next_page).encode()]
        case "hasPreviousPage":
            return [lambda page: values.boolean(page.span.has_previous_page).encode()]
        case "startCursor":
            return [lambda page: page.cursor(page.span.start + 1).encode() if page.rows else b"null"]
        case "endCursor":
            return [lambda page: page.cursor(page.span.end).encode() if page.rows else b"null"]
    raise Uncovered(selected.name)
