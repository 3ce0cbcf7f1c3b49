"""Texts that are legal and too long, too odd or too much like a pattern for a server to bear."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mock_server.deviations.deviation import UsageDeviation
from mock_server.deviations.failing import Failed

if TYPE_CHECKING:
    from mock_server.usage.flows import Flows
    from mock_server.usage.question import Question

_COLUMN = 255


class _Failing(UsageDeviation):
    """A fault over some texts for `search` and `status`."""

    breaks = ("filter.any-text",)

    def select(self, flows: Flows, question: Question) -> Flows:
        if any(text is not None and self.is_too_much(text) for text in (question.search, question.status)):
            raise Failed
        return super().select(flows, question)

    def is_too_much(self, text: str) -> bool:
        raise NotImplementedError


class LongTextFails(_Failing):
    """A text that is longer than a column for names is too much."""

    def is_too_much(self, text: str) -> bool:
        return len(text) > _COLUMN


class WideLetterFails(_Failing):
    """A letter of four bytes is too much."""

    def is_too_much(self, text: str) -> bool:
        return any(ord(letter) > 0xFFFF for letter in text)


class NullLetterFails(_Failing):
    """The letter U+0000, which ends a text in some languages, is too much."""

    def is_too_much(self, text: str) -> bool:
        return "\0" in text


class PatternThatDoesNotCloseFails(_Failing):
    """A text that is no regular expression is too much."""

    def is_too_much(self, text: str) -> bool:
        try:
            re.compile(text)
        except re.error:
            return True
        return False


class QuoteFails(UsageDeviation):
    """A single quote in `status` ends the text in a query to the database."""

    breaks = ("filter.any-text",)

    def select(self, flows: Flows, question: Question) -> Flows:
        if "'" in (question.status or ""):
            raise Failed
        return super().select(flows, question)


DEVIATIONS = (LongTextFails, WideLetterFails, NullLetterFails, PatternThatDoesNotCloseFails, QuoteFails)
