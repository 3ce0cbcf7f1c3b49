"""Everything of an organization that a recording rests on, read while it stands still."""

from collections.abc import Sequence
from dataclasses import dataclass

from contract_tests import contract
from contract_tests.answers import Flow, Rows
from contract_tests.census import Census
from contract_tests.questions import ASCENDING, NAME, PERIODS, STATUS, Question, Sort
from contract_tests.stats import Stats
from contract_tests.target import Target
from contract_tests.verdict import CannotJudge, NotExercised, Refused
from contract_tests.walk import Walk

ATTEMPTS = 3


class CannotRecord(Exception):
    """The organization cannot be recorded; the text says why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Read:
    """One period: its flows in three orders, the longest page, and the sibling's figures where it gives them."""

    period: str
    flows: tuple[Flow, ...]
    by_name: tuple[Flow, ...]
    by_status: tuple[Flow, ...]
    totals: tuple[int, int]
    longest: int
    stats: Stats | None

    @property
    def census(self) -> Census:
        return Census(self.period, self.flows)


@dataclass(frozen=True, slots=True)
class Reading:
    """All periods, by their names. `limit` is in tasks a month; `offers_stats` tells whether the sibling is there."""

    periods: dict[str, Read]
    offers_stats: bool
    limit: int | None
    notes: tuple[str, ...] = ()


def read(target: Target) -> Reading:
    """Read all periods, again where the data moved meanwhile.

    Raises:
        CannotAsk: where an answer does not come, or the budget is spent.
        CannotRecord: where the data moves each time, or what comes is no record of anything.

    """
    moved = ""
    for _ in range(ATTEMPTS):
        try:
            with target.memory.forgetting():
                periods = {period: _period(target, period) for period in PERIODS}
                moved = _moved(target, list(periods.values()))
        except Refused as refused:
            raise CannotRecord(str(refused)) from refused
        except CannotJudge as trouble:
            raise CannotRecord(str(trouble)) from trouble
        if not moved:
            return _concluded(target, periods)
    raise CannotRecord(f"the data moved while it was read, {ATTEMPTS} times: {moved}; try when less runs")


def _period(target: Target, period: str) -> Read:
    walks = [_whole(target, Question(period, sort=sort)) for sort in (None, _ascending(NAME), _ascending(STATUS))]
    default, by_name, by_status = (walk.flows for walk in walks)
    longest = max(len(page.flows) for walk in walks for page in walk.pages)
    try:
        stats = target.stats(period)
    except CannotJudge:
        stats = None
    return Read(period, default, by_name, by_status, walks[0].pages[0].totals, longest, stats)


def _ascending(field: str) -> Sort:
    return Sort(field, ASCENDING)


def _whole(target: Target, question: Question) -> Walk:
    return target.whole(question)


def _moved(target: Target, periods: Sequence[Read]) -> str:
    """Say what changed while the periods were read, or nothing."""
    for one in periods:
        if not (Rows(one.flows) == Rows(one.by_name) == Rows(one.by_status)):
            return f"two walks of {one.period} gave different flows"
    with target.memory.forgetting():
        for one in periods:
            totals = target.ask(Question(one.period, first=1)).totals
            if totals != one.totals:
                return f"totalFlows and totalTasks of {one.period} went from {one.totals} to {totals}"
    return ""


def _concluded(target: Target, periods: dict[str, Read]) -> Reading:
    notes = []
    for one in periods.values():
        shown = len(one.flows), sum(flow.tasks for flow in one.flows)
        if shown != one.totals:
            notes.append(f"{one.period} announces {one.totals[0]} flows and {one.totals[1]} tasks, and has {shown}")
    question = Question(next(iter(periods)))
    reply = target.reply(contract.operation(contract.STATS), target.variables(question))
    value = reply.data_of(contract.STATS)
    limit = value["tasksConsumed"].get("limit") if isinstance(value, dict) and _any_stats(periods) else None
    return Reading(periods, _offers_stats(target), limit if type(limit) is int else None, tuple(notes))


def _any_stats(periods: dict[str, Read]) -> bool:
    return all(one.stats is not None for one in periods.values())


def _offers_stats(target: Target) -> bool:
    try:
        target.stats(PERIODS[0])
    except NotExercised:
        return False
    except CannotJudge:
        return True
    return True
