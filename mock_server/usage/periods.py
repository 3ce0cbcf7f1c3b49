"""From usage by day to usage in a period. Knows calendars, not clocks: today is told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mock_server.choices import IdleFlows, LastRun, ThreeMonths
from mock_server.months import Window, month
from mock_server.usage.flows import Flow, Flows
from mock_server.usage.question import Period

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mock_server.records import Day, Record
    from mock_server.rulings import Rulings


def window(period: Period, today: date, three_months: ThreeMonths) -> Window:
    """Return the months that a period stands for, the current one to its end."""
    match period:
        case Period.CURRENT_MONTH:
            return month(today)
        case Period.LAST_MONTH:
            return month(today, -1)
        case Period.LAST_3_MONTHS:
            newest = 0 if three_months is ThreeMonths.WITH_CURRENT else -1
            return Window(month(today, newest - 2).first, month(today, newest).last)


def consumed(records: Iterable[Record], within: Window, rulings: Rulings) -> Flows:
    """Return a row for each flow, in the order given; those that did not run are listed or not, by ruling."""
    rows = (_row(record, within, rulings) for record in records)
    return tuple(row for row in rows if row.runs or row.tasks or rulings.idle_flows is IdleFlows.LISTED)


def _row(record: Record, within: Window, rulings: Rulings) -> Flow:
    days = [day for day in record.usage if day.day in within]
    told = record.usage if rulings.last_run is LastRun.EVER else days
    return Flow(
        name=record.name,
        project=record.project,
        tasks=sum(day.tasks for day in days),
        runs=sum(day.runs for day in days),
        last_run_at=last_run(told),
        status=record.status,
    )


def last_run(days: Iterable[Day]) -> datetime | None:
    """Return when the last run of these days was, or None where there was none or its time is not known."""
    ran = [day for day in days if day.runs]
    if not ran or ran[-1].last is None:
        return None
    return datetime.combine(ran[-1].day, ran[-1].last, UTC)
