"""What a recording tells about the documentation's silences, by the names and choices of the mock's rulings."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from graphql import GraphQLEnumType, GraphQLInputObjectType, get_named_type

from contract_tests.answers import Flow
from contract_tests.instants import instant_or_day
from contract_tests.introspection import introspected
from contract_tests.questions import CURRENT_MONTH, LAST_3_MONTHS, LAST_MONTH, Question
from contract_tests.recording.days import Month, utc
from contract_tests.recording.matching import runs
from contract_tests.recording.reading import Read, Reading
from contract_tests.target import Target
from contract_tests.verdict import CannotJudge

# The mock's own cap: a longer page shows that there is none so low.
USUAL_CAP = 50
# Months may be bounded in another time zone than that of the instants.
LEEWAY = timedelta(days=1)


def current_month(periods: dict[str, Read], now: datetime) -> Month:
    """Return the month that the target has: by its own word, by the newest runs, or by the calendar."""
    stats = periods[CURRENT_MONTH].stats
    told = instant_or_day(stats.start) if stats else None
    if told is not None:
        return Month(told.date().replace(day=1))
    for period, shift in ((CURRENT_MONTH, 0), (LAST_MONTH, 1)):
        newest = max((last for row in periods[period].flows if runs(row) and (last := _last(row))), default=None)
        if newest is not None:
            return Month(newest.date().replace(day=1)).shifted(shift)
    return Month(now.date().replace(day=1))


def three_months(periods: dict[str, Read]) -> tuple[bool, bool]:
    """Return whether `last_3_months` may have the current month in it: the likelier answer first."""
    whole, current = periods[LAST_3_MONTHS].stats, periods[CURRENT_MONTH].stats
    with_current = whole is None or current is None or whole.end[:7] >= current.end[:7]
    return with_current, not with_current


def windows(current: Month, *, with_current: bool) -> dict[str, tuple[Month, ...]]:
    """Return the months of each period, the oldest first."""
    newest = 0 if with_current else -1
    three = tuple(current.shifted(shift) for shift in range(newest - 2, newest + 1))
    return {CURRENT_MONTH: (current,), LAST_MONTH: (current.shifted(-1),), LAST_3_MONTHS: three}


def tells_of_any_run(periods: dict[str, Read], months: dict[str, tuple[Month, ...]]) -> bool:
    """Whether `lastRunAt` tells of runs outside the period."""
    return any(
        not _inside(last, months[period])
        for period, read in periods.items()
        for row in read.flows
        if (last := _last(row))
    )


def _inside(last: datetime, months: tuple[Month, ...]) -> bool:
    first, end = months[0].first, months[-1].shifted(1).first
    return _midnight(first) - LEEWAY <= last <= _midnight(end) + LEEWAY


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # all of them in UTC, and compared with each other


def _last(row: Flow) -> datetime | None:
    return utc(row.last_run_at)


def lists_idle_flows(periods: dict[str, Read]) -> bool:
    """Whether flows are listed that did nothing in the period."""
    return any(not row.tasks and not runs(row) for read in periods.values() for row in read.flows)


def told_until(periods: dict[str, Read]) -> date | None:
    """Return the last day of the current month that has a bucket, where days in which nothing ran have one.

    That is where no day is left out in the whole last month nor from the first of this one on, and some have no tasks.
    """
    current, last = (_by_day(periods[period]) for period in (CURRENT_MONTH, LAST_MONTH))
    gapless = all([day.day for day in days] == list(range(1, len(days) + 1)) for days in (current, last))
    whole = bool(last) and (max(last) + timedelta(days=1)).day == 1
    idle = not all((*current.values(), *last.values()))
    return max(current, default=None) if gapless and whole and idle else None


def _by_day(read: Read) -> dict[date, float]:
    history = read.stats.history if read.stats and read.is_sound else ()
    return {date.fromisoformat(one.date): one.usage for one in sorted(history, key=lambda one: one.date)}


def _idle_days(until: date | None) -> str:
    if until is None:
        return "left-out"
    return "until-now" if until + timedelta(days=1) in Month(until.replace(day=1)) else "whole-window"


def concluded(reading: Reading, until: date | None, *, with_current: bool, any_run: bool) -> dict[str, str]:
    """Return the choices that serve the periods as they were read, where an observation does not tell them.

    `until` is the day up to which days without runs are told, if they are.
    """
    periods = reading.periods
    choices = {
        "last-3-months": "with-current" if with_current else "before-current",
        "last-run": "ever" if any_run else "in-period",
        "idle-flows": "listed" if lists_idle_flows(periods) else "left-out",
        "idle-days": _idle_days(until),
        "stats": "offered" if reading.offers_stats else "absent",
    }
    written = _writing(row.last_run_at for read in periods.values() for row in read.flows)
    return choices | ({"instants": written} if written else {})


def asked(reading: Reading, target: Target) -> dict[str, str]:
    """Return the choices that a few more questions tell."""
    order_type = _order_type(target)
    choices = {"order-type": order_type} if order_type else {}
    longest = max(reading.periods.values(), key=lambda read: read.longest)
    if longest.longest <= USUAL_CAP:
        return choices
    try:
        if target.cap is None:
            choices["page-cap"] = "none"
        if len(target.ask(Question(longest.period)).flows) > USUAL_CAP:
            choices["page-default"] = "cap"
    except (AssertionError, CannotJudge):
        pass  # what is refused now tells nothing
    return choices


def _writing(values: Iterable[object]) -> str | None:
    text = next((value for value in values if isinstance(value, str) and utc(value)), None)
    if text is None:
        return None
    if text[-1] not in "Zz":
        return "offset"
    return "fractions" if "." in text or "," in text else "seconds"


def _order_type(target: Target) -> str | None:
    try:
        criteria = introspected(target).get_type("SortCriteria")
    except CannotJudge:
        return None
    order = criteria.fields.get("order") if isinstance(criteria, GraphQLInputObjectType) else None
    return order and ("enum" if isinstance(get_named_type(order.type), GraphQLEnumType) else "string")
