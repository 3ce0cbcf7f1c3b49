"""The honest resolvers, by column: the same answers as in steps, for worlds of any size."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from mock_server.columns import Columns
from mock_server.resolvers import Resolvers
from mock_server.usage import paging
from mock_server.usage.answering import Answer, Page
from mock_server.usage.choosing import Choosing
from mock_server.usage.question import Period
from mock_server.usage.tables import crowded, table

if TYPE_CHECKING:
    from mock_server.records import Organization, World
    from mock_server.rendering import Json
    from mock_server.rulings import Rulings
    from mock_server.usage.answering import Usage
    from mock_server.usage.question import Question
    from mock_server.usage.tables import Table


_PREPARED = 200_000


class Indexed(Resolvers):
    """Resolvers that remember what was chosen. Nothing between a question and its answer can be replaced."""

    def __init__(self, world: World, rulings: Rulings, usage: Usage) -> None:
        super().__init__(world, rulings, usage)
        self._choosing: dict[tuple[str, Period], Choosing] = {}
        self._figures: dict[tuple[str, Period], Json] = {}

    def serve(self, world: World) -> None:
        """Answer from another world from now on."""
        super().serve(world)
        self._choosing = {}
        self._figures = {}

    def choosing(self, organization: Organization, period: Period) -> Choosing:
        """Return what chooses among the organization's flows in the period."""
        key = (organization.uuid, period)
        found = self._choosing.get(key)
        if found is None:
            found = self._choosing[key] = Choosing(self._table(organization, period), self.rulings, self.usage.statuses)
        return found

    def active_flows(self, organization: Organization, period: Period) -> int:
        """Return how many flows the details list."""
        return len(self.choosing(organization, period).table)

    def _table(self, organization: Organization, period: Period) -> Table:
        if isinstance(organization.flows, Columns):
            return crowded(organization.flows, self.usage.window(period, self.world.now.date()), self.rulings)
        return table(self.flows(organization, period))

    def prepare(self) -> None:
        """Do now what the first questions about a crowd would wait for, unless it takes longer than they would wait."""
        for organization, period in product(self.world.organizations, Period):
            if isinstance(organization.flows, Columns) and len(organization.flows) <= _PREPARED:
                self.choosing(organization, period).prepare()

    def answer(self, organization: Organization, asked: Question) -> Answer:
        """Return the answer to a question about an organization that may be seen."""
        choosing = self.choosing(organization, asked.period)
        chosen = choosing.chosen(asked)
        span = paging.span(asked.first, asked.after, self.rulings, chosen.cursors)
        found = tuple(map(chosen.cursors.at, range(span.start + 1, span.end + 1)))
        return Answer(
            chosen.totals,
            Page(
                flows=tuple(map(choosing.table.flow, chosen.rows[span.start : span.end])),
                cursors=found,
                has_next_page=span.has_next_page,
                end_cursor=found[-1] if found else None,
                has_previous_page=span.start > 0,
                start_cursor=found[0] if found else None,
            ),
        )

    def figures(self, organization: Organization, period: Period) -> Json:
        """Return the sibling query's figures, added up once."""
        key = (organization.uuid, period)
        if key not in self._figures:
            self._figures[key] = super().figures(organization, period)
        return self._figures[key]
