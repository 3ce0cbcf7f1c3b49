"""Pages of the wrong size."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mock_server.deviations.deviation import UsageDeviation
from mock_server.usage.paging import Size

if TYPE_CHECKING:
    from mock_server.usage.answering import Page
    from mock_server.usage.flows import Flows
    from mock_server.usage.question import Question


class OneEdgeTooMany(UsageDeviation):
    """A page has one edge more than `first`."""

    breaks = ("page.size",)

    def size(self, flows: Flows, question: Question) -> Size:
        honest = super().size(flows, question)
        return replace(honest, limit=honest.limit + 1)


class FirstIgnored(UsageDeviation):
    """`first` is ignored: every page has the default size."""

    breaks = ("page.size",)

    def size(self, flows: Flows, question: Question) -> Size:
        return super().size(flows, replace(question, first=None))


class AtLeastTenEdges(UsageDeviation):
    """A page is never smaller than ten edges."""

    breaks = ("page.size",)

    def size(self, flows: Flows, question: Question) -> Size:
        honest = super().size(flows, question)
        return replace(honest, limit=max(honest.limit, 10))


class DoubleAfterPageOne(UsageDeviation):
    """From the second page on, pages hold twice `first`."""

    breaks = ("page.size",)

    def size(self, flows: Flows, question: Question) -> Size:
        honest = super().size(flows, question)
        return replace(honest, limit=honest.limit * 2) if question.after else honest


def shortened(page: Page, length: int) -> Page:
    """Return the page with its first flows alone, saying that more follow if any were cut off."""
    if len(page.flows) <= length:
        return page
    found = page.cursors[:length]
    return replace(
        page,
        flows=page.flows[:length],
        cursors=found,
        has_next_page=True,
        end_cursor=found[-1] if found else page.end_cursor,
    )


class OneEdgeTooFew(UsageDeviation):
    """A page of several holds one edge less than `first`."""

    breaks = ("page.full",)

    def page(self, flows: Flows, question: Question) -> Page:
        honest = super().page(flows, question)
        return shortened(honest, max(len(honest.flows) - 1, 1)) if honest.has_next_page else honest


class SecondPageShort(UsageDeviation):
    """The page after the first holds half of what it should."""

    breaks = ("page.full",)

    def page(self, flows: Flows, question: Question) -> Page:
        honest = super().page(flows, question)
        second = 0 < self.start(flows, question) <= len(honest.flows)
        return shortened(honest, max(len(honest.flows) // 2, 1)) if second and honest.has_next_page else honest


class ShortPagesUnderFilters(UsageDeviation):
    """Filtered pages hold half of what they should."""

    breaks = ("filter.before-pagination",)

    def page(self, flows: Flows, question: Question) -> Page:
        honest = super().page(flows, question)
        filtered = question.status is not None or question.search is not None
        return shortened(honest, max(len(honest.flows) // 2, 1)) if filtered else honest


class PagesOfSeven(UsageDeviation):
    """A `first` of more than seven gives seven edges on the first page, and what was asked for on the next ones."""

    breaks = ("page.full",)

    def size(self, flows: Flows, question: Question) -> Size:
        honest = super().size(flows, question)
        return honest if question.after else replace(honest, limit=min(honest.limit, 7))


DEVIATIONS = (
    OneEdgeTooMany,
    FirstIgnored,
    AtLeastTenEdges,
    DoubleAfterPageOne,
    OneEdgeTooFew,
    SecondPageShort,
    ShortPagesUnderFilters,
    PagesOfSeven,
)
