"""Cursors that the server never gave, and what it does over them other than to refuse or to answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mock_server.deviations.deviation import UsageDeviation
from mock_server.deviations.failing import Failed
from mock_server.refusals import InvalidInput

if TYPE_CHECKING:
    from mock_server.usage.answering import Page
    from mock_server.usage.flows import Flows
    from mock_server.usage.question import Question


class UnreadableCursorFails(UsageDeviation):
    """A cursor that is no position makes the server fail."""

    breaks = ("page.bad-cursor",)

    def start(self, flows: Flows, question: Question) -> int:
        try:
            return super().start(flows, question)
        except InvalidInput as refusal:
            raise Failed from refusal


class CursorFarPastTheEndFails(UsageDeviation):
    """A cursor further on than there are flows makes the server fail."""

    breaks = ("page.bad-cursor",)

    def start(self, flows: Flows, question: Question) -> int:
        position = self.position(flows, question)
        if position is not None and position > len(flows):
            raise Failed
        return super().start(flows, question)


class CursorOfManyBitsFails(UsageDeviation):
    """A cursor whose number does not fit in 32 bits makes the server fail."""

    breaks = ("page.bad-cursor",)

    def start(self, flows: Flows, question: Question) -> int:
        position = self.position(flows, question)
        if position is not None and position >= 1 << 32:
            raise Failed
        return super().start(flows, question)


class LongCursorFails(UsageDeviation):
    """A cursor of more than a hundred letters makes the server fail."""

    breaks = ("page.bad-cursor",)

    def start(self, flows: Flows, question: Question) -> int:
        if len(question.after or "") > 100:
            raise Failed
        return super().start(flows, question)


class UnreadableCursorComesAgain(UsageDeviation):
    """After a cursor that is no position comes the first page, which ends with that cursor."""

    breaks = ("page.bad-cursor",)

    def page(self, flows: Flows, question: Question) -> Page:
        try:
            return super().page(flows, question)
        except InvalidInput:
            first = super().page(flows, replace(question, after=None))
            return replace(first, has_next_page=True, end_cursor=question.after)


class EmptyPageWithoutEnd(UsageDeviation):
    """After a cursor far past the end, an empty page says again and again that there is more."""

    breaks = ("page.bad-cursor",)

    def page(self, flows: Flows, question: Question) -> Page:
        position = self.position(flows, question)
        honest = super().page(flows, question)
        if position is None or position <= len(flows):
            return honest
        return replace(honest, has_next_page=True, end_cursor=question.after)


DEVIATIONS = (
    UnreadableCursorFails,
    CursorFarPastTheEndFails,
    CursorOfManyBitsFails,
    LongCursorFails,
    UnreadableCursorComesAgain,
    EmptyPageWithoutEnd,
)
