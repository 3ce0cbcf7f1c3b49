from collections.abc import Callable, Iterator
from itertools import count

import pytest

from contract_tests.answers import Flow, Page
from contract_tests.questions import Question
from contract_tests.walk import End, walk


def flow(number: int) -> Flow:
    return Flow(f"flow {number}", "project", "ENABLED", number, number, None, None, None)


def served(pages: Iterator[Page]) -> Callable[[Question], Page]:
    return lambda _: next(pages)


def page(*flows: Flow, more: bool, cursor: str | None, total: int = 4) -> Page:
    return Page(total, 0, flows, more, cursor)


def test_a_walk_joins_its_pages() -> None:
    pages = [page(flow(4), flow(3), more=True, cursor="2"), page(flow(2), flow(1), more=False, cursor="4")]
    whole = walk(served(iter(pages)), Question(first=2))
    assert (whole.flows, whole.end) == ((flow(4), flow(3), flow(2), flow(1)), End.LAST_PAGE)


def test_a_walk_does_not_believe_a_page_that_hides_flows() -> None:
    pages = [page(flow(4), flow(3), more=False, cursor="2"), page(flow(2), flow(1), more=False, cursor="4")]
    assert len(walk(served(iter(pages)), Question(first=2)).flows) == 4


def test_a_walk_stops_where_there_is_no_cursor_to_follow() -> None:
    assert walk(served(iter([page(flow(1), more=True, cursor=None)])), Question()).end == End.NO_CURSOR


def test_an_empty_page_that_promises_more_is_named_so() -> None:
    pages = [page(flow(1), more=True, cursor="1"), page(more=True, cursor=None)]
    assert walk(served(iter(pages)), Question()).end == End.EMPTY_PAGE


ENDLESS = {
    "the same cursor for ever": lambda: (page(flow(1), more=True, cursor="1") for _ in count()),
    "two cursors in turn": lambda: (page(flow(1), more=True, cursor=str(n % 2)) for n in count()),
    "a new cursor for ever": lambda: (page(flow(1), more=True, cursor=str(n)) for n in count()),
    "empty pages with more to come": lambda: (page(more=True, cursor=str(n)) for n in count()),
    "other flows for ever": lambda: (page(flow(n), more=True, cursor=str(n), total=1) for n in count()),
}


@pytest.mark.parametrize("pages", ENDLESS.values(), ids=ENDLESS.keys())
def test_a_walk_ends_whatever_the_server_does(pages: Callable[[], Iterator[Page]]) -> None:
    assert walk(served(pages()), Question(first=1)).end != End.LAST_PAGE


def test_a_wrong_total_does_not_make_a_walk_an_endless_one() -> None:
    pages = [page(flow(n), more=n < 60, cursor=str(n), total=1) for n in range(61)]
    whole = walk(served(iter(pages)), Question(first=1))
    assert (len(whole.flows), whole.end) == (61, End.LAST_PAGE)


def test_sizes_take_turns() -> None:
    asked: list[int | None] = []

    def ask(question: Question) -> Page:
        asked.append(question.first)
        return page(flow(len(asked)), more=len(asked) < 4, cursor=str(len(asked)))

    walk(ask, Question(), sizes=(2, 5))
    assert asked == [2, 5, 2, 5]
