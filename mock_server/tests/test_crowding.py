"""A crowd is a world like any other, and its columns add up to what its records do."""

from __future__ import annotations

from itertools import product
from typing import cast

import pytest

from mock_server.app import execution
from mock_server.columns import Columns
from mock_server.generating import generate
from mock_server.indexed import Indexed
from mock_server.rulings import ruled
from mock_server.usage.history import history
from mock_server.usage.periods import consumed
from mock_server.usage.question import Period
from mock_server.usage.tables import Table, crowded, table

FLOWS = 3000
WORLD = generate(FLOWS)
CROWD = cast("Columns", WORLD.organizations[0].flows)
SETTINGS = [[], ["idle-flows=listed"], ["last-run=ever"], ["last-3-months=before-current"]]


def flows(rows: Table) -> list[object]:
    return [rows.flow(row) for row in range(len(rows))]


def test_a_crowd_is_columns_and_reads_as_records() -> None:
    assert isinstance(CROWD, Columns)
    records = tuple(CROWD)
    assert len(records) == len(CROWD) == FLOWS
    assert records == CROWD
    assert records == CROWD
    assert hash(CROWD) == hash(records)
    assert CROWD[-2:] == records[-2:]
    assert records[:-1] != CROWD


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("period", Period)
def test_columns_add_up_to_what_records_do(period: Period, setting: list[str]) -> None:
    rulings = ruled(setting)
    within = execution(WORLD, rulings).resolvers.usage.window(period, WORLD.now.date())
    by_column, by_record = crowded(CROWD, within, rulings), table(consumed(CROWD, within, rulings))
    assert flows(by_column) == flows(by_record)
    assert history(CROWD, within, period) == history(tuple(CROWD), within, period)


def test_usage_of_a_crowd_is_told_oldest_first() -> None:
    for record in CROWD:
        days = [day.day for day in record.usage]
        assert days == sorted(set(days))


def test_a_crowd_has_names_and_usage_of_many_kinds() -> None:
    crowd = generate(20_000).organizations[0].flows
    assert len({record.name for record in crowd}) > 8000
    assert len({record.usage for record in crowd}) > 8000


def test_an_int_holds_the_total_of_a_million_flows() -> None:
    few, many = (
        sum(day.tasks for record in generate(flows).organizations[0].flows for day in record.usage)
        for flows in (2304, 22_304)
    )
    assert few + (many - few) * 50 < 2**31


def test_a_crowd_is_prepared_so_that_no_first_question_waits() -> None:
    resolvers = execution(WORLD).resolvers
    assert isinstance(resolvers, Indexed)
    own = WORLD.organizations[0]
    choosing = [resolvers.choosing(own, period) for period in Period]
    resolvers.prepare()
    assert [resolvers.choosing(own, period) for period in Period] == choosing


@pytest.mark.parametrize(("seed", "locale"), list(product((1, 2), ("en_US", "ja_JP"))))
def test_a_seed_gives_one_crowd(seed: int, locale: str) -> None:
    one, again = (generate(2400, seed, locale).organizations[0].flows for _ in range(2))
    assert one == again
    assert one != CROWD
