"""The sibling query's figures, from the same usage by day: one sum, and the same sum by day or by month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mock_server.choices import IdleDays
from mock_server.columns import Columns
from mock_server.usage.question import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from mock_server.months import Window
    from mock_server.records import Day, Record


@dataclass(frozen=True, slots=True)
class Bucket:
    """The tasks of one day, or of one month."""

    date: str
    usage: int


def history(records: Iterable[Record], within: Window, period: Period, idle: Iterable[date] = ()) -> tuple[Bucket, ...]:
    """Return a bucket for each day with runs, or for each such month of `last_3_months`, oldest first.

    Days of `idle` have one too, without tasks where nothing ran.
    """
    length = 7 if period is Period.LAST_3_MONTHS else 10
    used = Counter({day.isoformat()[:length]: 0 for day in idle})
    for usage, times in _usages(records):
        for day in usage:
            if day.day in within:
                used[day.day.isoformat()[:length]] += times * day.tasks
    return tuple(Bucket(date, used[date]) for date in sorted(used))


def told_anyway(within: Window, today: date, ruling: IdleDays) -> Iterable[date]:
    """Yield the days that have a bucket whether or not anything ran."""
    if ruling is IdleDays.LEFT_OUT:
        return
    day, last = within.first, within.last if ruling is IdleDays.WHOLE_WINDOW else min(within.last, today)
    while day <= last:
        yield day
        day += timedelta(days=1)


def _usages(records: Iterable[Record]) -> Iterable[tuple[Sequence[Day], int]]:
    """Yield stretches of usage, each with how many flows have it."""
    if not isinstance(records, Columns):
        return ((record.usage, 1) for record in records)
    return ((records.stretches[place], times) for part in records.parts for place, times in Counter(part).items())
