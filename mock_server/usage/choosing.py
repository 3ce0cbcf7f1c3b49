"""Selecting, ordering and totalling by column, remembered: a page of a known set costs what its bytes cost.

`Usage` does the same in steps, a flow at a time; both give one answer.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from mock_server.bounded import Bounded
from mock_server.choices import TieBreak
from mock_server.usage import ordering, selecting
from mock_server.usage.cursors import Cursors, seal
from mock_server.usage.ordering import Field, Sorting
from mock_server.usage.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from mock_server.rulings import Rulings
    from mock_server.usage.question import Question
    from mock_server.usage.tables import Table

# Rows take four bytes each. Filtered sets are remembered in so many bytes, the six orders of the whole beside them.
_REMEMBERED = 48 * 2**20


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows that pass the filters, in order, the totals over all of them, and their cursors."""

    rows: Sequence[int]
    totals: Totals
    cursors: Cursors


class Choosing:
    """The questions about one table, under given rulings."""

    def __init__(self, table: Table, rulings: Rulings, statuses: Collection[str]) -> None:
        self.table = table
        self.rulings = rulings
        self.statuses = statuses
        self._wholes: dict[Sorting, Chosen] = {}
        self._filtered: Bounded[Chosen] = Bounded(_REMEMBERED)

    def chosen(self, asked: Question) -> Chosen:
        """Return the whole set that the question is about; raise InvalidInput as the steps do."""
        if asked.status is not None:
            selecting.check_status(asked.status, self.statuses, self.rulings)
        sorting = ordering.sorting(asked.sort, self.rulings) if asked.sort else ordering.DEFAULT
        if asked.status is None and asked.search is None:
            return self._whole(sorting)
        key = (asked.status, asked.search, sorting)
        found = self._filtered.get(key)
        if found is None:
            found = self._totalled(
                self._selected(self._whole(sorting).rows, asked.status, asked.search),
                seal(self.rulings.cursor_style, asked.status, asked.search, sorting),
            )
            texts = len(asked.status or "") + len(asked.search or "")
            self._filtered.put(key, found, 4 * (len(found.rows) + texts))
        return found

    def prepare(self) -> None:
        """Do now what first questions would wait for: every order of the whole, and the names as they are searched."""
        for by, descending in product(Field, (False, True)):
            self._whole(Sorting(by, descending))
        _ = self._searchable

    def _totalled(self, rows: Iterable[int], bound_to: bytes) -> Chosen:
        table, kept = self.table, array("I", rows)
        return Chosen(
            kept,
            Totals(len(kept), sum(map(table.tasks.__getitem__, kept))),
            Cursors(
                self.rulings.cursor_style,
                len(kept),
                bound_to,
                lambda position: ordering.hashed(table.flow(kept[position - 1])),
            ),
        )

    def _whole(self, sorting: Sorting) -> Chosen:
        if sorting not in self._wholes:
            # A stable sort keeps the settled order of equal rows, backwards as well.
            keys = self._keys(sorting.by)
            rows = sorted(self._settled, key=keys.__getitem__, reverse=sorting.descending)
            self._wholes[sorting] = self._totalled(rows, seal(self.rulings.cursor_style, None, None, sorting))
        return self._wholes[sorting]

    def _keys(self, by: Field) -> Sequence[int]:
        match by:
            case Field.USAGE:
                return self.table.tasks
            case Field.NAME:
                return self._name_ranks
            case Field.STATUS:
                ranks = _ranks([ordering.status_key(text, self.rulings) for text in self.table.statuses])
                return list(map(ranks.__getitem__, self.table.status))

    @cached_property
    def _name_ranks(self) -> Sequence[int]:
        ranks = _ranks([ordering.name_key(text, self.rulings) for text in self.table.names])
        return array("I", map(ranks.__getitem__, self.table.name))

    @cached_property
    def _settled(self) -> Sequence[int]:
        """The rows in the order that equal ones keep."""
        table, rows = self.table, range(len(self.table))
        match self.rulings.tie_break:
            case TieBreak.LISTED:
                return rows
            case TieBreak.REVERSE_LISTED:
                return rows[::-1]
            case TieBreak.NAME:
                return sorted(rows, key=lambda row: table.names[table.name[row]])
            case TieBreak.HASHED:
                return sorted(rows, key=lambda row: ordering.hashed(table.flow(row)))

    def _selected(self, rows: Sequence[int], status: str | None, search: str | None) -> Sequence[int]:
        table, rulings = self.table, self.rulings
        if status is not None:
            fit = [selecting.is_status(text, status, rulings) for text in table.statuses]
            rows = [row for row in rows if fit[table.status[row]]]
        for text in () if search is None else selecting.searched(search, rulings):
            if text:
                rows = self._found(rows, text)
        return rows

    def _found(self, rows: Sequence[int], text: str) -> Sequence[int]:
        name, project = self.table.name, self.table.project
        names, projects = self._searchable
        here, there = [text in each for each in names], [text in each for each in projects]
        if any(there):
            return [row for row in rows if here[name[row]] or there[project[row]]]
        return [row for row in rows if here[name[row]]]

    @cached_property
    def _searchable(self) -> tuple[list[str], list[str]]:
        projects = [project.name for project in self.table.projects]
        names = [[selecting.searchable(text, self.rulings) for text in texts] for texts in (self.table.names, projects)]
        return names[0], names[1]


def _ranks(keys: Sequence[ordering.Key]) -> list[int]:
    """Return each key's place among them; no two are equal."""
    ranks = [0] * len(keys)
    for rank, place in enumerate(sorted(range(len(keys)), key=keys.__getitem__)):
        ranks[place] = rank
    return ranks
