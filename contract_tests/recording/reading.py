"""Everything of an organization that a recording rests on, read while it stands still."""

from collections.abc import Sequence
from dataclasses import dataclass

from contract_tests import contract
from contract_tests.answers import Flow, Rows, count
from contract_tests.census import Census
from contract_tests.questions import ASCENDING, NAME, PERIODS, STATUS, Question, Sort
from contract_tests.stats import Stats
from contract_tests.target import Target
from contract_tests.verdict import CannotJudge, NotExercised, Refused

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

    @property
    def is_sound(self) -> bool:
        """Whether the history, where there is one, is of the documented form and adds up to the tasks."""
        if self.stats is None:
            return True
        history = self.stats.history
        whole = all(bucket.is_of(self.period) and bucket.usage >= 0 == bucket.usage % 1 for bucket in history)
        return whole and sum(bucket.usage for bucket in history) == sum(row.tasks for row in self.flows)


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
    raise CannotRecord(
        f"the data moved while it was read, or its pages contradict each other, {ATTEMPTS} times: {moved}; "
        "try when less runs, or ask `contract-tests run` what is wrong"
    )


def _period(target: Target, period: str) -> Read:
    orders = (None, Sort(NAME, ASCENDING), Sort(STATUS, ASCENDING))
    walks = [target.whole(Question(period, sort=sort)) for sort in orders]
    default, by_name, by_status = (walk.flows for walk in walks)
    for flow in default:
        if flow.tasks < 0 or count(flow.runs, "runs") < 0:
            raise CannotRecord(f"{period} has a flow with {flow.tasks} tasks and {flow.runs} runs, which none can have")
    longest = max(len(page.flows) for walk in walks for page in walk.pages)
    try:
        stats = target.stats(period)
    except CannotJudge:
        stats = None
    return Read(period, default, by_name, by_status, walks[0].pages[0].totals, longest, stats)


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
            notes.append(f"{one.period} has {shown[0]} flows and {shown[1]} tasks, and announces {one.totals}")
    return Reading(periods, _offers_stats(target), _limit(target), tuple(notes))


def _limit(target: Target) -> int | None:
    reply = target.reply(contract.operation(contract.STATS), target.variables(Question(PERIODS[0])))
    value = reply.data_of(contract.STATS)
    consumed = value.get("tasksConsumed") if isinstance(value, dict) else None
    limit = consumed.get("limit") if isinstance(consumed, dict) else None
    return limit if type(limit) is int and limit >= 0 else None


def _offers_stats(target: Target) -> bool:
    try:
        target.stats(PERIODS[0])
    except NotExercised:
        return False
    except CannotJudge:
        return True
    return True
