"""The steps from an organization's records to the answer of one question, each of them open to be overridden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mock_server.usage import ordering, paging, periods, selecting
from mock_server.usage.cursors import Cursors, seal
from mock_server.usage.history import history, told_anyway
from mock_server.usage.totals import Totals, totals

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from mock_server.months import Window
    from mock_server.records import Record
    from mock_server.rulings import Rulings
    from mock_server.usage.flows import Flow, Flows
    from mock_server.usage.history import Bucket
    from mock_server.usage.question import Period, Question, Sort


@dataclass(frozen=True, slots=True)
class Page:
    """The flows of one page, each with its cursor, and what the page says about its neighbours."""

    flows: Flows
    cursors: tuple[str, ...]
    has_next_page: bool
    end_cursor: str | None
    has_previous_page: bool
    start_cursor: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gets."""

    totals: Totals
    page: Page


class Usage:
    """The arithmetic under given rulings. Steps take and give whole values, so that each can be replaced alone."""

    def __init__(self, rulings: Rulings, statuses: Collection[str] = selecting.DOCUMENTED_STATUSES) -> None:
        self.rulings = rulings
        self.statuses = statuses

    def during(self, records: Sequence[Record], period: Period, today: date) -> Flows:
        """Return what each flow consumed in the period, as listed in the world."""
        return periods.consumed(records, self.window(period, today), self.rulings)

    def window(self, period: Period, today: date) -> Window:
        """Return the months that the period stands for."""
        return periods.window(period, today, self.rulings.last_3_months)

    def history(self, records: Sequence[Record], period: Period, today: date) -> tuple[Bucket, ...]:
        """Return the tasks of all the flows by day or by month."""
        within = self.window(period, today)
        return history(records, within, period, told_anyway(within, today, self.rulings.idle_days))

    def answer(self, flows: Flows, question: Question) -> Answer:
        """Return the answer: select, then order, then total and page the same set."""
        whole = self.order(self.select(flows, question), question)
        return Answer(self.total(whole, question), self.page(whole, question))

    def select(self, flows: Flows, question: Question) -> Flows:
        """Return the flows that pass both filters; an absent filter lets everything through."""
        if question.status is not None:
            selecting.check_status(question.status, self.statuses, self.rulings)
        return tuple(flow for flow in flows if self.has_status(flow, question) and self.is_found(flow, question))

    def has_status(self, flow: Flow, question: Question) -> bool:
        """Tell whether the flow passes `status`."""
        return question.status is None or selecting.has_status(flow, question.status, self.rulings)

    def is_found(self, flow: Flow, question: Question) -> bool:
        """Tell whether the flow passes `search`."""
        return question.search is None or selecting.is_found(flow, question.search, self.rulings)

    def order(self, flows: Flows, question: Question) -> Flows:
        """Return the flows in the order asked for; equal ones always come in one order."""
        sorting = self.sorting(question.sort)
        settled = self.break_ties(flows)
        # A stable sort keeps the settled order of equal flows, backwards as well.
        return tuple(sorted(settled, key=lambda flow: self.key(flow, sorting), reverse=sorting.descending))

    def sorting(self, sort: Sort | None) -> ordering.Sorting:
        """Return what `sort` means."""
        return ordering.sorting(sort, self.rulings)

    def key(self, flow: Flow, sorting: ordering.Sorting) -> ordering.Key:
        """Return what the flow is compared by."""
        return ordering.key(flow, sorting.by, self.rulings)

    def break_ties(self, flows: Flows) -> Flows:
        """Return the flows in the order that equal ones shall keep."""
        return ordering.broken_ties(flows, self.rulings.tie_break)

    def total(self, flows: Flows, question: Question) -> Totals:  # noqa: ARG002 - deviations look at the question
        """Return the totals over all the flows given."""
        return totals(flows)

    def page(self, flows: Flows, question: Question) -> Page:
        """Return the page of the ordered flows that the question asks for."""
        size = self.size(flows, question)
        start = self.start(flows, question)
        shown = flows[start : start + size.limit]
        end = start + len(shown)
        found = tuple(self.cursor(flows, position, question) for position in range(start + 1, end + 1))
        return Page(
            flows=shown,
            cursors=found,
            has_next_page=size.may_have_next and end < len(flows),
            end_cursor=found[-1] if found else None,
            has_previous_page=start > 0,
            start_cursor=found[0] if found else None,
        )

    def size(self, flows: Flows, question: Question) -> paging.Size:
        """Return how many edges the page may hold."""
        return paging.size(question.first, len(flows), self.rulings)

    def start(self, flows: Flows, question: Question) -> int:
        """Return how many flows come before the page."""
        return paging.start(question.after, self.rulings, self.cursors(flows, question))

    def cursor(self, flows: Flows, position: int, question: Question) -> str:
        """Return the cursor of the flow at a position, counted from 1."""
        return self.cursors(flows, question).at(position)

    def position(self, flows: Flows, question: Question) -> int | None:
        """Return the position that `after` stands for, or None for what is no cursor of this set."""
        return self.cursors(flows, question).position(question.after or "")

    def cursors(self, flows: Flows, question: Question) -> Cursors:
        """Return the cursors of the set."""
        style = self.rulings.cursor_style
        bound_to = seal(style, question.status, question.search, ordering.sorting(question.sort, self.rulings))
        return Cursors(style, len(flows), bound_to, lambda position: ordering.hashed(flows[position - 1]))
