"""Flows written as JSON under a selection, once each: the edges and the nodes of a connection."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from mock_server import rendering
from mock_server.compiled import values
from mock_server.compiled.uncovered import Uncovered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mock_server.choices import Instants
    from mock_server.compiled.selections import Selected, Selection
    from mock_server.records import Project
    from mock_server.usage.tables import Table

    # A text that is the same in each row, what writes a row's own, or None: here goes the cursor.
    Part = str | Callable[[int], str] | None

# What a row costs beside its own bytes.
_OVERHEAD = 120


class Rows:
    """The rows of one table under one selection of edges or of nodes; `weight` is what is kept of them, in bytes."""

    def __init__(self, table: Table, selection: Selection, instants: Instants, *, edges: bool) -> None:
        writing = _Writing(table, instants)
        parts = writing.edge(selection) if edges else writing.node(selection)
        self._pieces = [list(group) for slot, group in groupby(parts, lambda part: part is None) if not slot]
        self.has_cursor = None in parts
        self._kept: dict[int, bytes] = {}
        self._kept_pieces: dict[int, list[bytes]] = {}
        self.weight = 0

    def written(self, rows: Sequence[int], cursors: Sequence[bytes]) -> bytes:
        """Return the rows with commas between them, each with its cursor where cursors are selected."""
        if self.has_cursor:
            return b",".join([cursor.join(self._cut(row)) for row, cursor in zip(rows, cursors, strict=True)])
        try:
            return b",".join(map(self._kept.__getitem__, rows))
        except KeyError:
            return b",".join([self._kept.get(row) or self._write(row) for row in rows])

    def _write(self, row: int) -> bytes:
        (written,) = self._pieces_of(row)
        self._kept[row] = written
        return written

    def _cut(self, row: int) -> list[bytes]:
        """Return a row cut where its cursor goes."""
        pieces = self._kept_pieces.get(row)
        if pieces is None:
            pieces = self._kept_pieces[row] = self._pieces_of(row)
        return pieces

    def _pieces_of(self, row: int) -> list[bytes]:
        pieces = [
            "".join([part if isinstance(part, str) else part(row) for part in piece if part is not None]).encode()
            for piece in self._pieces
        ]
        self.weight += sum(map(len, pieces)) + _OVERHEAD
        return pieces


class _Writing:
    """The parts of a row."""

    def __init__(self, table: Table, instants: Instants) -> None:
        self._table = table
        self._instants = instants

    def edge(self, selection: Selection) -> list[Part]:
        return self._object(selection, self._edge_field)

    def node(self, selection: Selection) -> list[Part]:
        return self._object(selection, self._node_field)

    def _object(self, selection: Selection, field: Callable[[Selected], list[Part]]) -> list[Part]:
        if not selection:
            return ["{}"]
        parts: list[Part] = []
        for before, selected in zip(values.members(each.key for each in selection), selection, strict=True):
            parts.append(before)
            parts += [values.text(selected.type_name)] if selected.is_typename else field(selected)
        return [*parts, "}"]

    def _edge_field(self, selected: Selected) -> list[Part]:
        match selected.name:
            case "cursor":
                return [None]
            case "node":
                return self.node(selected.below)
        raise Uncovered(selected.name)

    def _node_field(self, selected: Selected) -> list[Part]:
        table = self._table
        match selected.name:
            case "name":
                return [lambda row: values.text(table.names[table.name[row]])]
            case "status":
                written = [values.text(status) for status in table.statuses]
                return [lambda row: written[table.status[row]]]
            case "project":
                projects = [self._project(project, selected.below) for project in table.projects]
                return [lambda row: projects[table.project[row]]]
            case "tasks":
                return [lambda row: values.integer(table.tasks[row])]
            case "runs":
                return [lambda row: values.integer(table.runs[row])]
            case "lastRunAt":
                return [self._last_run_at]
        raise Uncovered(selected.name)

    def _last_run_at(self, row: int) -> str:
        moment = self._table.last_run_at[row]
        return values.NULL if moment is None else values.text(rendering.instant(moment, self._instants))

    def _project(self, project: Project, selection: Selection) -> str:
        shown = {"name": project.name, "icon": project.icon, "color": project.color}
        parts = self._object(selection, lambda selected: [values.maybe(shown[selected.name])])
        return "".join(part for part in parts if isinstance(part, str))
