"""What a page says about the next one, and what comes after the last."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mock_server.deviations.deviation import UsageDeviation
from mock_server.refusals import InvalidInput
from mock_server.usage.ordering import Field

if TYPE_CHECKING:
    from mock_server.usage.answering import Answer, Page
    from mock_server.usage.flows import Flows
    from mock_server.usage.question import Question


class NextPageAtExactMultiples(UsageDeviation):
    """`hasNextPage` is true whenever the page is full."""

    breaks = ("page.has-next-page",)

    def page(self, flows: Flows, question: Question) -> Page:
        honest = super().page(flows, question)
        full = len(honest.flows) == self.size(flows, question).limit
        return replace(honest, has_next_page=full)


class NeverANextPage(UsageDeviation):
    """`hasNextPage` is always false."""

    breaks = ("page.has-next-page",)

    def page(self, flows: Flows, question: Question) -> Page:
        return replace(super().page(flows, question), has_next_page=False)


class AlwaysANextPage(UsageDeviation):
    """`hasNextPage` is always true."""

    breaks = ("page.has-next-page",)

    def page(self, flows: Flows, question: Question) -> Page:
        return replace(super().page(flows, question), has_next_page=True)


class NextPageOfTheUnfiltered(UsageDeviation):
    """`hasNextPage` looks at all flows, not at the filtered ones."""

    breaks = ("page.has-next-page",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        end = self.start(flows, question) + len(honest.page.flows)
        return replace(honest, page=replace(honest.page, has_next_page=end < len(flows)))


class NextPageForgetsTheCap(UsageDeviation):
    """`hasNextPage` reckons with a `first` above the cap, though the page was clamped."""

    breaks = ("page.has-next-page",)

    def page(self, flows: Flows, question: Question) -> Page:
        honest = super().page(flows, question)
        asked = max(question.first or 0, self.size(flows, question).limit)
        return replace(honest, has_next_page=self.start(flows, question) + asked < len(flows))


class NextPageFalseOnePageEarly(UsageDeviation):
    """`hasNextPage` is false already when less than a full page follows."""

    breaks = ("page.has-next-page",)

    def page(self, flows: Flows, question: Question) -> Page:
        honest = super().page(flows, question)
        limit = self.size(flows, question).limit
        return replace(honest, has_next_page=self.start(flows, question) + 2 * limit <= len(flows))


class NextPageFalsePastForty(UsageDeviation):
    """`hasNextPage` is false on a page that begins after 40 flows or more."""

    breaks = ("page.has-next-page",)

    def page(self, flows: Flows, question: Question) -> Page:
        honest = super().page(flows, question)
        return replace(honest, has_next_page=honest.has_next_page and self.start(flows, question) < 40)


class NextPageFalseUnderStatusSort(UsageDeviation):
    """Sorted by status, `hasNextPage` is false."""

    breaks = ("page.has-next-page",)

    def page(self, flows: Flows, question: Question) -> Page:
        honest = super().page(flows, question)
        by_status = self.sorting(question.sort).by is Field.STATUS
        return replace(honest, has_next_page=honest.has_next_page and not by_status)


class PastTheEndRefused(UsageDeviation):
    """The cursor of the very last flow is an error."""

    breaks = ("page.past-the-end",)

    def page(self, flows: Flows, question: Question) -> Page:
        if question.after and self.start(flows, question) >= len(flows):
            raise InvalidInput(question.after)
        return super().page(flows, question)


class PastTheEndComesTheFirstPage(UsageDeviation):
    """After the very last flow the first page comes again."""

    breaks = ("page.past-the-end",)

    def start(self, flows: Flows, question: Question) -> int:
        honest = super().start(flows, question)
        return 0 if honest >= len(flows) else honest


class PastTheEndHasNextPage(UsageDeviation):
    """After the very last flow an empty page says that more follow."""

    breaks = ("page.past-the-end",)

    def page(self, flows: Flows, question: Question) -> Page:
        honest = super().page(flows, question)
        return replace(honest, has_next_page=honest.has_next_page or bool(question.after and not honest.flows))


DEVIATIONS = (
    NextPageAtExactMultiples,
    NeverANextPage,
    AlwaysANextPage,
    NextPageOfTheUnfiltered,
    NextPageForgetsTheCap,
    NextPageFalseOnePageEarly,
    NextPageFalsePastForty,
    NextPageFalseUnderStatusSort,
    PastTheEndRefused,
    PastTheEndComesTheFirstPage,
    PastTheEndHasNextPage,
)
