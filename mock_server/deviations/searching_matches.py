"""A searched text that is understood otherwise than it was written, or not looked for at all."""

from __future__ import annotations

import re
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from mock_server.deviations.deviation import UsageDeviation

if TYPE_CHECKING:
    from mock_server.usage.flows import Flow, Flows
    from mock_server.usage.question import Question


class SearchIgnored(UsageDeviation):
    """`search` is ignored."""

    breaks = ("filter.search-only-matches",)

    def select(self, flows: Flows, question: Question) -> Flows:
        return super().select(flows, replace(question, search=None))


class SearchIgnoredWithAfter(UsageDeviation):
    """With an `after`, `search` is ignored."""

    breaks = ("filter.before-pagination",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        return bool(question.after) or super().is_found(flow, question)


class SearchIgnoredWhenNothingIsFound(UsageDeviation):
    """A `search` that finds nothing gives everything."""

    breaks = ("filter.search-only-matches",)

    def select(self, flows: Flows, question: Question) -> Flows:
        return super().select(flows, question) or super().select(flows, replace(question, search=None))


class SearchLooksNoFurtherThanTwelve(UsageDeviation):
    """Of the text, `search` looks for the first twelve letters."""

    breaks = ("filter.search-only-matches",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        return super().is_found(flow, replace(question, search=question.search and question.search[:12]))


class SearchInTheDayOfTheLastRun(UsageDeviation):
    """`search` looks at the day of the last run too, in digits alone."""

    breaks = ("filter.search-only-matches",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        day = f"{flow.last_run_at:%Y%m%d}" if flow.last_run_at else ""
        return bool(question.search and question.search in day) or super().is_found(flow, question)


class SearchThreeLetters(UsageDeviation):
    """`search` looks for the first three letters of the text."""

    breaks = ("filter.search-only-matches",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        return super().is_found(flow, replace(question, search=question.search and question.search[:3]))


class SearchAnyWord(UsageDeviation):
    """`search` finds what has any one of the text's words."""

    breaks = ("filter.search-only-matches",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        words = (question.search or "").split()
        return super().is_found(flow, question) or any(
            super(SearchAnyWord, self).is_found(flow, replace(question, search=word)) for word in words
        )


class SearchScatteredLetters(UsageDeviation):
    """`search` finds names that have the text's letters in that order, others between them."""

    breaks = ("filter.search-only-matches",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        letters = iter(flow.name.casefold())
        scattered = all(letter in letters for letter in (question.search or "").casefold())
        return scattered or super().is_found(flow, question)


class SearchInStatus(UsageDeviation):
    """`search` looks at the status too."""

    breaks = ("filter.search-only-matches",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        return super().is_found(flow, question) or (question.search or "").casefold() in flow.status.casefold()


class SearchWildcards(UsageDeviation):
    """`%` and `_` in `search` stand for any letters."""

    breaks = ("filter.literal-text",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        if question.search is None:
            return True
        pattern = re.escape(question.search.casefold()).replace("%", ".*").replace("_", ".")
        names = (flow.name.casefold(), flow.project.name.casefold())
        return any(re.search(pattern, name, re.DOTALL) for name in names)


class SearchWildcardsWithStatus(SearchWildcards):
    """Beside a `status`, `%` and `_` in `search` stand for any letters."""

    def is_found(self, flow: Flow, question: Question) -> bool:
        if question.status is not None:
            return super().is_found(flow, question)
        return super(SearchWildcards, self).is_found(flow, question)


class SearchStars(UsageDeviation):
    """`*` and `?` in `search` stand for any letters, and brackets for one of those in them."""

    breaks = ("filter.literal-text",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        if question.search is None:
            return True
        pattern = f"*{question.search.casefold()}*"
        return fnmatchcase(flow.name.casefold(), pattern) or fnmatchcase(flow.project.name.casefold(), pattern)


class SearchQuotesDropped(UsageDeviation):
    """Quotes and backslashes in `search` are dropped."""

    breaks = ("filter.literal-text",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        bare = question.search and re.sub(r"[\"'\\]", "", question.search)
        return super().is_found(flow, replace(question, search=bare))


DEVIATIONS = (
    SearchIgnored,
    SearchIgnoredWithAfter,
    SearchIgnoredWhenNothingIsFound,
    SearchLooksNoFurtherThanTwelve,
    SearchInTheDayOfTheLastRun,
    SearchThreeLetters,
    SearchAnyWord,
    SearchScatteredLetters,
    SearchInStatus,
    SearchWildcards,
    SearchWildcardsWithStatus,
    SearchStars,
    SearchQuotesDropped,
)
