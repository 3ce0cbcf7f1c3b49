"""Pages that do not begin where the one before them ended."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mock_server.deviations.deviation import UsageDeviation
from mock_server.usage.ordering import Field

if TYPE_CHECKING:
    from mock_server.usage.answering import Answer, Page
    from mock_server.usage.flows import Flows
    from mock_server.usage.question import Question


class CursorIgnored(UsageDeviation):
    """`after` is ignored: the first page comes for ever."""

    breaks = ("page.continuation", "page.terminates")

    def start(self, flows: Flows, question: Question) -> int:
        super().start(flows, question)
        return 0


class CursorInclusive(UsageDeviation):
    """The page begins with the flow that `after` names."""

    breaks = ("page.continuation",)

    def start(self, flows: Flows, question: Question) -> int:
        return max(super().start(flows, question) - 1, 0)


class CursorSkipsOne(UsageDeviation):
    """The page begins one flow too late."""

    breaks = ("page.continuation",)

    def start(self, flows: Flows, question: Question) -> int:
        honest = super().start(flows, question)
        return honest + 1 if honest else 0


class CursorSkipsOnePastForty(UsageDeviation):
    """Past 40 flows the page begins one flow too late."""

    breaks = ("page.continuation",)

    def start(self, flows: Flows, question: Question) -> int:
        honest = super().start(flows, question)
        return honest + 1 if honest >= 40 else honest


class CursorInclusiveUnderSearch(UsageDeviation):
    """Among flows that were searched for, the page begins with the flow that `after` names."""

    breaks = ("page.under-every-sort",)

    def start(self, flows: Flows, question: Question) -> int:
        honest = super().start(flows, question)
        return max(honest - 1, 0) if question.search else honest


class CursorIgnoredUnderNameSort(UsageDeviation):
    """Sorted by name, `after` is ignored."""

    breaks = ("page.under-every-sort",)

    def start(self, flows: Flows, question: Question) -> int:
        honest = super().start(flows, question)
        return 0 if self.sorting(question.sort).by is Field.NAME else honest


class CursorSkipsOneAscending(UsageDeviation):
    """Sorted ascending, the page begins one flow too late."""

    breaks = ("page.under-every-sort",)

    def start(self, flows: Flows, question: Question) -> int:
        honest = super().start(flows, question)
        return honest if self.sorting(question.sort).descending or not honest else honest + 1


class CursorOfTheDefaultOrder(UsageDeviation):
    """A cursor is given as a place in the order asked for, and read as one in the default order."""

    breaks = ("page.under-every-sort",)

    def start(self, flows: Flows, question: Question) -> int:
        honest = super().start(flows, question)
        if not 0 < honest < len(flows):
            return honest
        named = self.order(flows, replace(question, sort=None))[honest - 1]
        return next(place for place, flow in enumerate(flows, 1) if flow is named)


class CursorOfTheUnfilteredSet(UsageDeviation):
    """A cursor is a flow's place among all flows, and is read as its place among the filtered ones."""

    breaks = ("filter.before-pagination",)

    def answer(self, flows: Flows, question: Question) -> Answer:
        honest = super().answer(flows, question)
        everything = list(map(id, self.order(flows, question)))
        places = tuple(self.cursor(flows, everything.index(id(flow)) + 1, question) for flow in honest.page.flows)
        end = places[-1] if places else None
        return replace(honest, page=replace(honest.page, cursors=places, end_cursor=end))


class CursorTiedToPageSize(UsageDeviation):
    """The page begins at a multiple of its own size."""

    breaks = ("page.mixed-sizes",)

    def start(self, flows: Flows, question: Question) -> int:
        honest = super().start(flows, question)
        limit = max(self.size(flows, question).limit, 1)
        # A walk of one size is right: its last page ends short of a multiple, and nothing follows it.
        return honest if honest >= len(flows) else honest // limit * limit


class CursorRoundsUp(UsageDeviation):
    """The page begins at the next multiple of its own size."""

    breaks = ("page.mixed-sizes",)

    def start(self, flows: Flows, question: Question) -> int:
        honest = super().start(flows, question)
        limit = max(self.size(flows, question).limit, 1)
        return min(-(-honest // limit) * limit, len(flows))


class CursorCountsPages(UsageDeviation):
    """`endCursor` is the number of the page, and means so many pages of whatever size is asked for next."""

    breaks = ("page.mixed-sizes",)

    def start(self, flows: Flows, question: Question) -> int:
        pages = super().start(flows, question)
        return min(pages * self.size(flows, question).limit, len(flows))

    def page(self, flows: Flows, question: Question) -> Page:
        honest = super().page(flows, question)
        number = super().start(flows, question) + 1
        return replace(honest, end_cursor=self.cursor(flows, number, question) if honest.flows else None)


DEVIATIONS = (
    CursorIgnored,
    CursorInclusive,
    CursorSkipsOne,
    CursorSkipsOnePastForty,
    CursorInclusiveUnderSearch,
    CursorIgnoredUnderNameSort,
    CursorSkipsOneAscending,
    CursorOfTheDefaultOrder,
    CursorOfTheUnfilteredSet,
    CursorTiedToPageSize,
    CursorRoundsUp,
    CursorCountsPages,
)
