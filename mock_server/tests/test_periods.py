"""Months and what was used in them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from mock_server.choices import IdleFlows, LastRun, ThreeMonths
from mock_server.months import Window, month
from mock_server.records import Day, Project, Record
from mock_server.rulings import Rulings, ruled
from mock_server.usage.answering import Usage
from mock_server.usage.history import history
from mock_server.usage.periods import consumed, window
from mock_server.usage.question import Period

RECORD = Record(
    "Sync",
    Project("Sales"),
    "ENABLED",
    (
        Day(date(2025, 12, 31), 1, 1, time(23, 59, 59)),
        Day(date(2026, 1, 1), 2, 1, time(0, 0, 0)),
        Day(date(2026, 1, 31), 4, 2, time(12, 0, 0)),
        Day(date(2026, 2, 1), 8, 1, None),
    ),
)
JANUARY = Window(date(2026, 1, 1), date(2026, 1, 31))


@pytest.mark.parametrize(
    ("period", "today", "three_months", "first", "last"),
    [
        ("current_month", date(2026, 6, 15), ThreeMonths.WITH_CURRENT, date(2026, 6, 1), date(2026, 6, 30)),
        ("current_month", date(2028, 2, 1), ThreeMonths.WITH_CURRENT, date(2028, 2, 1), date(2028, 2, 29)),
        ("last_month", date(2026, 1, 31), ThreeMonths.WITH_CURRENT, date(2025, 12, 1), date(2025, 12, 31)),
        ("last_month", date(2026, 3, 31), ThreeMonths.WITH_CURRENT, date(2026, 2, 1), date(2026, 2, 28)),
        ("last_3_months", date(2026, 1, 9), ThreeMonths.WITH_CURRENT, date(2025, 11, 1), date(2026, 1, 31)),
        ("last_3_months", date(2026, 1, 9), ThreeMonths.BEFORE_CURRENT, date(2025, 10, 1), date(2025, 12, 31)),
    ],
)
def test_a_period_is_whole_months(period: str, today: date, three_months: ThreeMonths, first: date, last: date) -> None:
    assert window(Period(period), today, three_months) == Window(first, last)


def test_a_month_is_shifted_over_years() -> None:
    assert month(date(2026, 3, 31), -13) == Window(date(2025, 2, 1), date(2025, 2, 28))


def test_usage_is_added_up_inside_the_window_with_both_of_its_ends() -> None:
    (flow,) = consumed((RECORD,), JANUARY, Rulings())
    assert (flow.tasks, flow.runs) == (6, 3)
    assert flow.last_run_at == datetime(2026, 1, 31, 12, tzinfo=UTC)


def test_a_last_run_at_a_time_that_nobody_knows_is_null() -> None:
    (flow,) = consumed((RECORD,), month(date(2026, 2, 5)), Rulings())
    assert flow.last_run_at is None


def test_the_last_run_ever_may_lie_outside_the_window() -> None:
    january = Record("Sync", RECORD.project, "ENABLED", RECORD.usage[:3])
    (flow,) = consumed((january,), month(date(2025, 12, 1)), Rulings(last_run=LastRun.EVER))
    assert flow.last_run_at == datetime(2026, 1, 31, 12, tzinfo=UTC)


def test_a_flow_that_did_not_run_is_left_out_or_listed_by_ruling() -> None:
    march = month(date(2026, 3, 1))
    assert consumed((RECORD,), march, Rulings()) == ()
    (idle,) = consumed((RECORD,), march, Rulings(idle_flows=IdleFlows.LISTED))
    assert (idle.tasks, idle.runs, idle.last_run_at) == (0, 0, None)


def test_history_is_daily_in_a_month_and_monthly_in_three() -> None:
    daily = history((RECORD, RECORD), JANUARY, Period.CURRENT_MONTH)
    assert [(bucket.date, bucket.usage) for bucket in daily] == [("2026-01-01", 4), ("2026-01-31", 8)]
    quarter = Window(date(2025, 12, 1), date(2026, 2, 28))
    monthly = history((RECORD,), quarter, Period.LAST_3_MONTHS)
    assert [(bucket.date, bucket.usage) for bucket in monthly] == [("2025-12", 1), ("2026-01", 6), ("2026-02", 8)]


@pytest.mark.parametrize(("choice", "days"), [("left-out", 1), ("until-now", 10), ("whole-window", 28)])
def test_history_tells_of_days_without_runs_by_ruling(choice: str, days: int) -> None:
    buckets = Usage(ruled([f"idle-days={choice}"])).history((RECORD,), Period.CURRENT_MONTH, date(2026, 2, 10))
    assert ([bucket.usage for bucket in buckets if bucket.usage], len(buckets)) == ([8], days)


def test_history_of_three_months_tells_of_a_month_without_runs_by_ruling() -> None:
    usage = Usage(ruled(["idle-days=until-now"]))
    buckets = usage.history((RECORD,), Period.LAST_3_MONTHS, date(2026, 4, 2))
    assert [(bucket.date, bucket.usage) for bucket in buckets] == [("2026-02", 8), ("2026-03", 0), ("2026-04", 0)]
