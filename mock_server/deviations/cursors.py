"""End cursors that are missing, come again, or keep a walk from ending."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mock_server.deviations.deviation import UsageDeviation

if TYPE_CHECKING:
    from mock_server.usage.answering import Page
    from mock_server.usage.flows import Flows
    from mock_server.usage.question import Question


class NoEndCursor(UsageDeviation):
    """`endCursor` is null."""

    breaks = ("page.end-cursor",)

    def page(self, flows: Flows, question: Question) -> Page:
        return replace(super().page(flows, question), end_cursor=None)


class NoEndCursorOnTheLastPage(UsageDeviation):
    """`endCursor` is null on the last page, though it has flows."""

    breaks = ("page.end-cursor",)

    def page(self, flows: Flows, question: Question) -> Page:
        honest = super().page(flows, question)
        return honest if honest.has_next_page else replace(honest, end_cursor=None)


class NoEndCursorUnderFilters(UsageDeviation):
    """`endCursor` is null on filtered pages."""

    breaks = ("page.end-cursor",)

    def page(self, flows: Flows, question: Question) -> Page:
        honest = super().page(flows, question)
        filtered = question.status is not None or question.search is not None
        return replace(honest, end_cursor=None) if filtered else honest


class EmptyEndCursor(UsageDeviation):
    """`endCursor` is an empty text, with which the first page comes again."""

    breaks = ("page.end-cursor",)

    def page(self, flows: Flows, question: Question) -> Page:
        return replace(super().page(flows, question), end_cursor="")


class StartCursorForEndCursor(UsageDeviation):
    """`endCursor` is the cursor of the page's first edge."""

    breaks = ("page.continuation",)

    def page(self, flows: Flows, question: Question) -> Page:
        honest = super().page(flows, question)
        return replace(honest, end_cursor=honest.start_cursor)


class ConstantEndCursor(UsageDeviation):
    """`endCursor` is the same on every page."""

    breaks = ("page.terminates",)

    def page(self, flows: Flows, question: Question) -> Page:
        honest = super().page(flows, question)
        return replace(honest, end_cursor=self.cursor(flows, 1, question)) if honest.flows else honest


class WrappedEndCursor(UsageDeviation):
    """Positions past 40 begin at 1 again, and a walk with them."""

    breaks = ("page.terminates",)

    def cursor(self, flows: Flows, position: int, question: Question) -> str:
        return super().cursor(flows, (position - 1) % 40 + 1, question)


class LastPageForEver(UsageDeviation):
    """The last page says that more follow, and comes again."""

    breaks = ("page.terminates",)

    def page(self, flows: Flows, question: Question) -> Page:
        honest = super().page(flows, question)
        if honest.has_next_page or not question.after:
            return honest
        last = honest if honest.flows else super().page(flows, replace(question, after=None))
        return replace(last, has_next_page=True, end_cursor=question.after)


DEVIATIONS = (
    NoEndCursor,
    NoEndCursorOnTheLastPage,
    NoEndCursorUnderFilters,
    EmptyEndCursor,
    StartCursorForEndCursor,
    ConstantEndCursor,
    WrappedEndCursor,
    LastPageForEver,
)
