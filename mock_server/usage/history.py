"""The sibling query's figures, from the same usage by day: one sum, and the same sum by day or by month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mock_server.usage.question import Period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mock_server.months import Window
    from mock_server.records import Record


@dataclass(frozen=True, slots=True)
class Bucket:
    """The tasks of one day, or of one month."""

    date: str
    usage: int


def history(records: Iterable[Record], within: Window, period: Period) -> tuple[Bucket, ...]:
    """Return a bucket for each day with runs, or for each such month of `last_3_months`, oldest first."""
    used: Counter[str] = Counter()
    for record in records:
        for day in record.usage:
            if day.day in within:
                used[day.day.isoformat()[: 7 if period is Period.LAST_3_MONTHS else 10]] += day.tasks
    return tuple(Bucket(date, used[date]) for date in sorted(used))
