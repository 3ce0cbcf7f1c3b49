"""What is asked beside others costs less, brings the same, and is given up where a target does not take it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import pytest

from contract_tests.budget import Budget
from contract_tests.client import Client
from contract_tests.gathering import LEAST, Gathering
from contract_tests.memory import Memory
from contract_tests.messages import Reply, Request
from contract_tests.opening import opened
from contract_tests.options import Setting
from contract_tests.proving import options
from contract_tests.questions import PERIODS, Question, Sort
from contract_tests.running import run
from contract_tests.target import Target
from contract_tests.verdict import Verdict

CASES = tuple(Question(period, status=status, first=100) for period in PERIODS for status in ("ENABLED", "DISABLED"))


class Limited(Client):
    """Refuses operations with more than so many aliases, as some servers do."""

    most = 99

    def send(self, request: Request) -> Reply:
        if request.document.count("answer") > self.most:
            return Reply(200, {"errors": [{"message": "Query has too many aliases"}]})
        return super().send(request)


class Typed(Limited):
    """Has an enum of the fields to sort by: what names another is refused with all that stands beside it."""

    def send(self, request: Request) -> Reply:
        if "lastRunAt" in repr(request.variables):
            return Reply(200, {"errors": [{"message": "Variable $sort was provided invalid value"}]})
        return super().send(request)


@contextmanager
def met(
    most: int = 99, deviations: tuple[str, ...] = (), kind: type[Limited] = Limited
) -> Iterator[tuple[Target, Gathering]]:
    """Yield the mock after its censuses, with a limit of its aliases, and what gathers questions to it."""
    with opened(options("live", Setting(deviations=deviations)), Budget(1_000, 60)) as target:
        client = kind(target.access, Budget(1_000, 60))
        client.most = most
        target.memory = Memory(client)
        for period in PERIODS:
            target.census(period)
        gathering = Gathering(target, 8)
        gathering.try_out()
        yield target, gathering
        client.close()


def total(target: Target, question: Question) -> None:
    assert target.whole(question).total_flows > 0


def spent(target: Target) -> int:
    return target.memory.client.budget.spent


def test_several_walks_are_asked_in_the_requests_of_one() -> None:
    with met() as (target, gathering):
        before = spent(target)
        gathering.ask_ahead(partial(total, target, case) for case in CASES)
        pages = max(len(target.whole(question).pages) for question in CASES)
        assert spent(target) - before == pages
        for question in CASES:
            total(target, question)
        assert spent(target) - before == pages


def test_a_budget_that_ends_on_the_way_is_no_limit_of_the_target() -> None:
    with met() as (target, gathering):
        target.memory.client.budget.allow(1)
        gathering.ask_ahead(partial(total, target, case) for case in CASES)
        target.memory.client.budget.allow(None)
        gathering.ask_ahead(partial(total, target, case) for case in CASES)
        before = spent(target)
        for question in CASES:
            total(target, question)
        assert (gathering.works, spent(target)) == (True, before)


def test_one_question_that_several_wait_for_is_not_asked_for_ever_without_a_budget() -> None:
    with met() as (target, gathering):
        target.memory.client.budget.allow(0)
        gathering.ask_ahead(partial(total, target, replace(CASES[0], search="a")) for _ in range(LEAST))
        assert gathering.works


def test_a_rehearsal_counts_as_no_evidence() -> None:
    with met() as (target, gathering):
        before = target.evidence.walks
        gathering.ask_ahead(partial(total, target, case) for case in CASES)
        assert target.evidence.walks == before


def test_what_was_gathered_is_what_is_answered_alone() -> None:
    with met() as (target, gathering):
        gathering.ask_ahead(partial(total, target, case) for case in CASES)
        together = [target.whole(question).flows for question in CASES]
        target.memory.forget_gathered()
        assert [target.whole(question).flows for question in CASES] == together


@pytest.mark.parametrize(("most", "asked"), [(99, 8), (5, 4), (3, 1)])
def test_a_limit_of_aliases_is_learnt(most: int, asked: int) -> None:
    with met(most) as (_, gathering):
        assert gathering.most == asked


def test_what_a_type_refuses_is_refused_alone() -> None:
    odd = [replace(question, sort=Sort("lastRunAt", "asc")) for question in CASES[:2]]
    with met(kind=Typed) as (target, gathering):
        before = spent(target)
        gathering.ask_ahead(partial(total, target, question) for question in (*CASES, *odd))
        asked = spent(target) - before
        for question in CASES:
            total(target, question)
        assert (spent(target) - before - asked, gathering.works) == (0, True)


@pytest.mark.parametrize("deviation", ["first-alias-for-all", "last-alias-for-all"])
def test_nothing_is_gathered_from_a_server_whose_aliases_are_wrong(deviation: str) -> None:
    with met(deviations=(deviation,)) as (_, gathering):
        assert not gathering.works


@pytest.mark.parametrize(
    ("deviation", "family"),
    [
        ("first-alias-for-all", "consistency"),
        ("aliases-share-first", "consistency"),
        ("filters-read-by-the-name-of-a-variable", "consistency"),
        ("page-only-totals", "totals"),
        ("start-cursor-for-end-cursor", "page"),
        ("order-remembered-without-direction", "consistency"),
        ("later-pages-remembered-without-period", "consistency"),
    ],
)
def test_a_live_run_names_what_is_really_wrong(deviation: str, family: str) -> None:
    live = options("live", Setting(deviations=(deviation,)), ("totals", "sort", "page", "consistency"))
    report = run(replace(live, rate=None))
    causes = [one for one in report.judgements if one.verdict == Verdict.BROKEN and not one.follows_from]
    assert {one.clause.partition(".")[0] for one in causes} == {family}
