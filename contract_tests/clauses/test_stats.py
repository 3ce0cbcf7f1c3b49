"""What the sibling query `integrationsUsageStats` promises, where a target offers it."""

from dataclasses import dataclass

from contract_tests.cases import Made
from contract_tests.instants import instant_or_day
from contract_tests.marking import clause
from contract_tests.questions import Question
from contract_tests.target import Target
from contract_tests.verdict import need


@dataclass(frozen=True, slots=True)
class Period:
    """A period that is asked about."""

    period: str


PERIODS = Made(lambda words, _: [Period(period) for period in words.periods])


@clause("stats.usage", over=PERIODS)
def test_usage_is_the_total_of_tasks(target: Target, case: Period) -> None:
    stats = target.stats(case.period)
    assert stats.usage == target.ask(Question(case.period, first=20)).total_tasks


@clause("stats.active-flows", over=PERIODS)
def test_active_flows_are_the_total_of_flows(target: Target, case: Period) -> None:
    stats = target.stats(case.period)
    whole = target.whole(Question(case.period))
    # The sibling's page means "distinct flows that ran"; a target may list flows that did not.
    ran = sum(bool(flow.runs) for flow in whole.flows)
    assert stats.active_flows in (whole.total_flows, ran)


@clause("stats.history-adds-up", over=PERIODS)
def test_the_history_adds_up_to_the_usage(target: Target, case: Period) -> None:
    stats = target.stats(case.period)
    need(stats.keeps_history and (stats.usage or stats.history), "a history")
    assert sum(bucket.usage for bucket in stats.history) == stats.usage


@clause("stats.buckets", over=PERIODS)
def test_each_bucket_is_a_day_or_a_month_as_the_period_has_it(target: Target, case: Period) -> None:
    history = target.stats(case.period).history
    need(history, "a history")
    assert [bucket.date for bucket in history if not bucket.is_of(case.period)] == []


@clause("stats.buckets", over=PERIODS)
def test_no_bucket_lies_outside_the_window(target: Target, case: Period) -> None:
    stats = target.stats(case.period)
    need(stats.history, "a history")
    assert stats.outside() == []


@clause("stats.buckets", over=PERIODS)
def test_no_bucket_comes_twice(target: Target, case: Period) -> None:
    dates = [bucket.date for bucket in target.stats(case.period).history]
    need(dates, "a history")
    assert sorted(set(dates)) == sorted(dates)


@clause("stats.window", over=PERIODS)
def test_the_window_does_not_end_before_it_begins(target: Target, case: Period) -> None:
    stats = target.stats(case.period)
    start, end = instant_or_day(stats.start), instant_or_day(stats.end)
    assert [text for text, read in ((stats.start, start), (stats.end, end)) if read is None] == []
    assert start is None or end is None or start <= end, f"{stats.start} is after {stats.end}"
