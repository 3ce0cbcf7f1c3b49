"""Every choice of every ruling keeps the contract: under each of them walks are whole, ordered and truthful."""

from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise, product
from typing import TYPE_CHECKING

import pytest

from mock_server import worlds
from mock_server.app import execution
from mock_server.generating import generate
from mock_server.refusals import Misconfigured
from mock_server.rulings import RULINGS, Rulings, ruled
from mock_server.usage.question import Period, Question, Sort

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_server.records import World
    from mock_server.usage.answering import Answer
    from mock_server.usage.flows import Flow

CHOICES = [f"{name}={choice}" for name, ruling in RULINGS.items() for choice in ruling.choices]
SORTS = [Sort(by, order) for by, order in product(("usage", "name", "status"), ("asc", "desc"))]
WORLDS = (generate(44), worlds.load("twins"), worlds.load("awkward-names"))


class Asking:
    """Asks the arithmetic under one ruling about the first organization of a world."""

    def __init__(self, world: World, setting: str) -> None:
        resolvers = execution(world, ruled([setting])).resolvers
        self.usage = resolvers.usage
        self.flows = resolvers.flows(world.organizations[0], Period.CURRENT_MONTH)

    def answer(self, first: int | None = None, sort: Sort | None = None, **rest: str | None) -> Answer:
        question = Question(Period.CURRENT_MONTH, first=first, sort=sort, **rest)
        return self.usage.answer(self.flows, question)

    def answers(self, first: int | None = None, sort: Sort | None = None, **rest: str | None) -> Iterator[Answer]:
        answer = self.answer(first, sort, **rest)
        yield answer
        while answer.page.has_next_page:
            answer = self.answer(first, sort, **{**rest, "after": answer.page.end_cursor})
            yield answer

    def walk(self, first: int | None = None, sort: Sort | None = None, **rest: str | None) -> list[Flow]:
        return [flow for answer in self.answers(first, sort, **rest) for flow in answer.page.flows]


@pytest.fixture(params=CHOICES)
def askings(request: pytest.FixtureRequest) -> list[Asking]:
    return [Asking(world, request.param) for world in WORLDS]


def test_a_walk_is_what_its_totals_say_and_the_same_in_every_page_size(askings: list[Asking]) -> None:
    for asking in askings:
        whole = asking.walk(first=100)
        for first in (1, 7, 20, None):
            answers = list(asking.answers(first=first))
            assert [flow for answer in answers for flow in answer.page.flows] == whole
            totals = {(answer.totals.flows, answer.totals.tasks) for answer in answers}
            assert totals == {(len(whole), sum(flow.tasks for flow in whole))}


def test_a_page_with_more_to_come_is_full_and_no_cursor_comes_twice(askings: list[Asking]) -> None:
    for asking in askings:
        answers = list(asking.answers(first=4))
        assert {len(answer.page.flows) for answer in answers[:-1]} == {4}
        cursors = [answer.page.end_cursor for answer in answers]
        assert len(set(cursors)) == len(cursors)
        past = asking.answer(first=4, after=cursors[-1])
        assert (past.page.flows, past.page.has_next_page, past.page.end_cursor) == ((), False, None)
        assert past.totals == answers[0].totals


def test_every_sort_gives_the_same_flows_in_its_order(askings: list[Asking]) -> None:
    for asking in askings:
        default = asking.walk()
        assert all(before.tasks >= after.tasks for before, after in pairwise(default))
        walks = [asking.walk(first=20, sort=sort) for sort in SORTS]
        assert all(Counter(walk) == Counter(default) for walk in walks)
        usage, reversed_usage, name, reversed_name, status, reversed_status = walks
        assert [flow.tasks for flow in usage] == [flow.tasks for flow in reversed_usage][::-1]
        assert [flow.name for flow in name] == [flow.name for flow in reversed_name][::-1]
        blocks = [[key for key, _ in groupby(flow.status for flow in walk)] for walk in (status, reversed_status)]
        assert blocks[0] == blocks[1][::-1]
        assert len(blocks[0]) == len(set(blocks[0]))


def test_a_status_gives_all_flows_that_have_it(askings: list[Asking]) -> None:
    for asking in askings:
        whole = asking.walk()
        for status in {flow.status for flow in whole}:
            assert Counter(asking.walk(first=5, status=status)) == Counter(
                flow for flow in whole if flow.status == status
            )


def test_a_search_gives_all_flows_that_have_the_exact_text(askings: list[Asking]) -> None:
    for asking in askings:
        whole = asking.walk()
        for text in ("o", "é", "%", "two  blanks", " ", "Sales Ops", whole[0].name, whole[0].project.name):
            certain = Counter(flow for flow in whole if text in flow.name or text in flow.project.name)
            assert certain <= Counter(asking.walk(first=9, search=text))


def test_an_unknown_field_gives_the_default_order(askings: list[Asking]) -> None:
    for asking in askings:
        assert asking.walk(sort=Sort("runs", "asc")) == asking.walk()


def test_every_ruling_has_a_sentence_and_a_default_among_its_choices() -> None:
    for ruling in RULINGS.values():
        assert ruling.sentence.endswith(".")
        assert ruling.default in ruling.choices
        assert all(sentence.endswith(".") for sentence in ruling.choices.values())


def test_settings_are_obeyed_and_the_last_of_a_name_wins() -> None:
    assert ruled(["page-cap=10", "page-cap=25"]).page_cap == "25"
    assert ruled([]) == Rulings()


@pytest.mark.parametrize(
    ("setting", "line"),
    [
        ("page-cap", r"a ruling is NAME=CHOICE, not 'page-cap'"),
        ("pagecap=5", r"unknown ruling 'pagecap'; did you mean page-cap"),
        ("page-cap=few", r"unknown choice for page-cap 'few'; there are: 5, 10, 25, 50, 100, none"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_line(setting: str, line: str) -> None:
    with pytest.raises(Misconfigured, match=line):
        ruled([setting])
