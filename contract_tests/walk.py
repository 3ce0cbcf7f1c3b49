"""All pages of one question. A walk ends whatever the server does."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, cycle

from contract_tests.answers import Flow, Page
from contract_tests.questions import Question

# A walk that has seen this many times the flows there ought to be, or the different ones it met, is never going to end.
PATIENCE = 4
SPARE_PAGES = 12
# Nor is one that has met others on so many pages than there ought to be.
MOST_PAGES = 1_000


class End(StrEnum):
    """Why a walk went no further."""

    LAST_PAGE = "the last page says that there is no next one"
    NO_CURSOR = "a page says that there is more, and has no endCursor"
    CURSOR_AGAIN = "an endCursor came twice"
    EMPTY_PAGE = "a page without edges says that there is more"
    TOO_LONG = "the pages never end"


@dataclass(frozen=True, slots=True)
class Walk:
    """The pages of one question in the order in which they came, and why no more came."""

    question: Question
    pages: tuple[Page, ...]
    end: End

    @property
    def flows(self) -> tuple[Flow, ...]:
        """The flows of all pages, joined."""
        return tuple(chain.from_iterable(page.flows for page in self.pages))

    @property
    def total_flows(self) -> int:
        return self.pages[0].total_flows

    @property
    def total_tasks(self) -> int:
        return self.pages[0].total_tasks

    @property
    def questions(self) -> Iterator[Question]:
        """The question that brought each page, but for a `first` that changed on the way."""
        after = self.question.after
        for page in self.pages:
            yield replace(self.question, after=after)
            after = page.end_cursor


def walk(ask: Callable[[Question], Page], question: Question, sizes: Sequence[int] = ()) -> Walk:
    """Follow `endCursor` from page to page.

    A page that denies a next one is believed when the flows that came are as many as `totalFlows`; otherwise one
    more page is asked for, so that a wrong `hasNextPage` hides no flows.

    Args:
        ask: brings one page.
        question: what to ask; its `after` is where to begin.
        sizes: values of `first` to use in turn instead of the question's own.

    """
    pages: list[Page] = []
    seen: set[str] = set()
    met: set[Flow] = set()
    came = 0
    turns = cycle(sizes or (question.first,))
    step = question
    while True:
        page = ask(replace(step, first=next(turns)))
        if not page.flows and pages and not pages[-1].has_next_page:
            return Walk(question, tuple(pages), End.LAST_PAGE)
        pages.append(page)
        came += len(page.flows)
        met.update(page.flows)
        end = _end(page, pages, came, seen, len(met))
        if end is not None:
            return Walk(question, tuple(pages), end)
        assert page.end_cursor is not None  # noqa: S101  # a walk without a cursor has ended
        seen.add(page.end_cursor)
        step = replace(question, after=page.end_cursor)


def _end(page: Page, pages: list[Page], came: int, seen: set[str], different: int) -> End | None:
    if not page.has_next_page and (came >= page.total_flows or not page.flows or page.end_cursor in seen | {None}):
        return End.LAST_PAGE
    if not page.flows:
        return End.EMPTY_PAGE
    if not page.end_cursor:
        return End.NO_CURSOR
    if page.end_cursor in seen:
        return End.CURSOR_AGAIN
    # A total may be wrong, and a walk that is right goes on then; each flow that it meets is another one.
    is_longer = came > PATIENCE * page.total_flows and len(pages) > SPARE_PAGES
    is_endless = is_longer and (came > PATIENCE * different or len(pages) > MOST_PAGES)
    return End.TOO_LONG if is_endless else None
