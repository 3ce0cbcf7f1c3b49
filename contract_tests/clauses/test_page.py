"""What `first`, `after` and `pageInfo` promise."""

from dataclasses import replace
from itertools import cycle, pairwise, repeat

from contract_tests import census as censuses
from contract_tests.answers import Rows
from contract_tests.cases import Made, Spelled
from contract_tests.companions import spelled_by
from contract_tests.covering import KNOWN_SORTS
from contract_tests.marking import clause
from contract_tests.questions import PERIODS, Question
from contract_tests.scopes import ABSENT, EVERYTHING, PLAIN, UNSORTED, Depth, Listed, Questions, Suspected
from contract_tests.selections import Less, page_info_of
from contract_tests.strategies import ANY_TEXT
from contract_tests.tampering import Tampering, tampered
from contract_tests.target import Target
from contract_tests.ties import between_ties, splits_a_tie, ties
from contract_tests.verdict import Refused, need
from contract_tests.walk import End, Walk
from contract_tests.words import Words

NARROWED = Questions(narrowed=True)
# Filtered pages are filter.before-pagination's.
UNFILTERED = Questions(status=ABSENT, search=ABSENT)
# So many short pages are all of a walk, or else show a cursor that goes astray at the beginning.
A_DOZEN, A_FEW = 12, 6
BAD_CURSORS = ("!!!", "abcd", "not-a-cursor", "LTE", "MA", "OTk5OTk5", "NQ==", "0", "-1", "{}", "é", "M" * 500, " ", "")
# The same beside what else a question may give, in turn.
BESIDE = (
    Question(),
    *(Question(sort=sort) for sort in KNOWN_SORTS),
    Question(search="a"),
    Question(status="ENABLED"),
    *(Question(period) for period in PERIODS),
)
STRAYED = tuple(replace(one, first=20, after=cursor) for cursor, one in zip(BAD_CURSORS, cycle(BESIDE), strict=False))


def doubled(words: Words, _: Depth) -> list[Question]:
    """Questions for short pages: what goes wrong between two of them shows in three requests."""
    return [Question(period, first=first) for first in (4, 1, 10) for period in words.periods]


def disputed(words: Words, _: Depth) -> list[Question]:
    """The questions that were walked for a census, in the periods in which no two of the walks agreed."""
    periods = (period for period in words.periods if words.census(period) is None)
    return [question for period in periods for question in censuses.questions(period, words.largest)[1:]]


@clause("page.size", over=EVERYTHING)
def test_a_page_has_at_most_first_edges(target: Target, question: Question) -> None:
    first = question.first
    need(first is not None, "a page size")
    pages = target.walk(question).pages
    need(max(len(page.flows) for page in pages) > 0, "a flow")
    assert [len(page.flows) for page in pages if len(page.flows) > (first or 0)] == []


@clause("page.full", over=UNFILTERED)
def test_a_page_that_says_there_is_more_is_full(target: Target, question: Question) -> None:
    need(question.first is not None, "a page size")
    pages = [page for page in target.walk(question).pages if page.has_next_page]
    need(pages, "a page with a next one")
    full = target.full(question)
    assert [len(page.flows) for page in pages] == [full] * len(pages)


@clause("page.continuation", over=Made(doubled))
def test_two_pages_are_one_of_twice_their_size(target: Target, question: Question) -> None:
    twice = target.ask(replace(question, first=2 * (question.first or 1))).flows
    one = target.ask(question)
    need(one.end_cursor and len(twice) > len(one.flows), "more flows than a page has")
    joined = (*one.flows, *target.ask(replace(question, after=one.end_cursor)).flows)
    length = min(len(joined), len(twice))
    need(length > len(one.flows), "a page that goes on")
    # The order of what is tied has a clause of its own.
    assert [flow.tasks for flow in joined[:length]] == [flow.tasks for flow in twice[:length]]


@clause("page.continuation", over=Made(disputed))
def test_walks_that_gave_no_census_join_to_one_sequence(target: Target, question: Question) -> None:
    joins_to_the_whole(target, question)


@clause("page.continuation", over=PLAIN)
def test_pages_join_to_one_sequence_whatever_their_size(target: Target, question: Question) -> None:
    joins_to_the_whole(target, question)


@clause("page.continuation", over=Suspected("pages of a narrowed question that were wrong"))
def test_no_flow_repeats_or_vanishes_in_such_pages_without_a_filter(target: Target, case: str) -> None:
    questions = [question for question in target.suspects if question.filtered or question.sort]
    need(questions, case)
    for question in questions[:2]:
        plain = replace(question, status=None, search=None)
        whole = target.whole(plain).flows
        first = question.first
        sizes = (*repeat(first, A_FEW), target.largest) if first and len(whole) > A_DOZEN * first else ()
        assert Rows(target.walk(plain, sizes).flows) == Rows(whole)


@clause("page.mixed-sizes", over=UNSORTED)
def test_first_may_change_from_page_to_page(target: Target, question: Question) -> None:
    whole = target.whole(question).flows
    first = question.first
    need(first is not None and len(whole) > first, "more than one page")
    assert target.walk(question, sizes=mixed(first or 1)).flows == whole


@clause("page.has-next-page", over=EVERYTHING)
def test_has_next_page_is_true_exactly_when_more_flows_follow(target: Target, question: Question) -> None:
    walk = target.walk(question)
    need(walk.end in (End.LAST_PAGE, End.EMPTY_PAGE), "a walk that ends")
    assert [page.has_next_page for page in walk.pages] == followed(target, walk)


@clause("page.has-next-page", over=EVERYTHING)
def test_past_the_end_there_is_no_next_page(target: Target, question: Question) -> None:
    walk = target.walk(question)
    last = walk.pages[-1]
    need(walk.end == End.LAST_PAGE and last.flows and last.end_cursor, "a last page with an endCursor")
    past = target.past(replace(question, after=last.end_cursor))
    need(past is not None and not past.flows, "a server that answers past the end")
    assert past is None or not past.has_next_page


@clause("page.end-cursor", over=EVERYTHING)
def test_a_page_with_flows_has_an_end_cursor(target: Target, question: Question) -> None:
    pages = [page for page in target.walk(question).pages if page.flows]
    need(pages, "a flow")
    assert [page.end_cursor for page in pages if not page.end_cursor] == []


@clause("page.end-cursor", over=EVERYTHING)
def test_following_an_end_cursor_moves_on(target: Target, question: Question) -> None:
    pages = target.walk(question).pages
    need(len(pages) > 1, "more than one page")
    assert [
        one.end_cursor for one, other in pairwise(pages) if other.flows and one.end_cursor == other.end_cursor
    ] == []


@clause("page.end-cursor", over=spelled_by((Less.EDGES, Less.TOTALS, Less.TASKS)))
def test_page_info_does_not_depend_on_what_else_is_selected(target: Target, case: Spelled[Less]) -> None:
    question = target.further(case.question) if case.further else case.question
    page = target.ask(question)
    need(page.flows, "a flow")
    came = page_info_of(target, question, case.spelling)
    assert target.sealed(came) == target.sealed({"hasNextPage": page.has_next_page, "endCursor": page.end_cursor})


@clause("page.terminates", over=EVERYTHING)
def test_no_end_cursor_comes_twice(target: Target, question: Question) -> None:
    walk = target.walk(question)
    need(walk.flows, "a flow")
    assert walk.end not in (End.CURSOR_AGAIN, End.TOO_LONG)


@clause("page.ties", over=EVERYTHING)
def test_tied_flows_neither_repeat_nor_vanish(target: Target, question: Question) -> None:
    whole = target.whole(question).flows
    walk = target.walk(question)
    need(splits_a_tie(walk, whole, question.order), "tied flows on two pages")
    assert ties(walk.flows, whole, question.order) == ties(whole, whole, question.order)


@clause("page.under-every-sort", over=NARROWED)
def test_sorted_and_filtered_pages_join_to_one_sequence(target: Target, question: Question) -> None:
    whole = target.whole(question).flows
    walk = target.walk(question)
    need(len(walk.pages) > 1, "more than one page")
    assert walk.flows == whole


@clause("page.under-every-sort", over=EVERYTHING)
def test_a_short_first_page_is_the_beginning_of_the_whole(target: Target, question: Question) -> None:
    whole = target.whole(question).flows
    need(len(whole) > 1, "two flows")
    # The same few sizes for the same question, so that answers are shared.
    first = min(1 + len(repr((question.search, question.sort, question.status))) % 3, len(whole) - 1)
    short = replace(question, first=first)
    page = target.ask(short)
    assert (page.flows, page.has_next_page) == (whole[: target.full(short)], True)


@clause("page.past-the-end", over=EVERYTHING)
def test_after_the_last_cursor_there_is_nothing_more(target: Target, question: Question) -> None:
    walk = target.walk(question)
    last = walk.pages[-1]
    need(walk.end == End.LAST_PAGE and last.end_cursor and last.flows, "a last page with an endCursor")
    past = target.ask(replace(question, after=last.end_cursor))
    assert (past.flows, past.has_next_page, past.totals) == ((), False, last.totals)


@clause("page.bad-cursor", over=Listed(BAD_CURSORS, ANY_TEXT, least=len(BAD_CURSORS)))
def test_a_cursor_that_was_never_given_is_refused_or_answered(target: Target, cursor: str) -> None:
    assert target.failure(Question(first=20, after=cursor)) is None


@clause("page.bad-cursor", over=Listed(tuple(Tampering)))
def test_a_cursor_that_was_tampered_with_is_refused_or_answered(target: Target, how: Tampering) -> None:
    given = target.ask(Question(first=2)).end_cursor
    changed = tampered(given, how) if given else None
    need(changed, "a cursor that this changes")
    assert target.failure(Question(first=20, after=changed)) is None


@clause("page.bad-cursor", over=Listed(STRAYED))
def test_a_walk_from_a_cursor_that_was_never_given_ends(target: Target, question: Question) -> None:
    assert target.failure(question) is None
    try:
        walk = target.walk(question)
    except Refused:
        return
    endless = walk.end == End.EMPTY_PAGE and walk.pages[-1].end_cursor
    assert walk.end not in (End.CURSOR_AGAIN, End.TOO_LONG)
    assert not endless


def joins_to_the_whole(target: Target, question: Question) -> None:
    """A walk gives the sequence that the largest pages give."""
    whole = target.whole(question).flows
    walk = target.walk(question)
    need(len(walk.pages) > 1, "more than one page")
    untied = between_ties(whole, whole, question.order)
    if untied:
        assert between_ties(walk.flows, whole, question.order) == untied
    else:
        # Ties have a clause of their own, but where there is nothing else this one would judge nothing.
        assert walk.flows == whole


def mixed(first: int) -> tuple[int, ...]:
    """Page sizes around one, in an order without a pattern."""
    return first, max(1, first // 2), first + 2, 1 if first < 4 else first - 1


def followed(target: Target, walk: Walk) -> list[bool]:
    """Whether flows came after each page of a walk; after the last one, its own cursor is asked."""
    sizes = [len(page.flows) for page in walk.pages]
    came = [sum(sizes[place + 1 :]) > 0 for place in range(len(sizes))]
    last = walk.pages[-1]
    if last.flows and last.end_cursor:
        beyond = target.past(replace(walk.question, after=last.end_cursor))
        came[-1] = beyond is not None and bool(Rows(beyond.flows) - Rows(walk.flows))
    return came
