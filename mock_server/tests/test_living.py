import json
import time
import urllib.request
from datetime import UTC, datetime

import pytest

from mock_server.choices import ThreeMonths
from mock_server.generating import generate
from mock_server.living import Life, pace
from mock_server.moving import moved
from mock_server.records import World
from mock_server.refusals import Misconfigured
from mock_server.rulings import Rulings
from mock_server.serving import MockServer
from mock_server.usage.flows import Flow
from mock_server.usage.periods import consumed, window
from mock_server.usage.question import Period
from mock_server.worlds import load

STEPS = 60


def lived(world: World, steps: int = STEPS) -> World:
    life = Life(world)
    for _ in range(steps):
        life.step()
    return life.world


def flows(world: World, period: Period) -> tuple[Flow, ...]:
    within = window(period, world.now.date(), ThreeMonths.WITH_CURRENT)
    return consumed(world.organizations[0].flows, within, Rulings())


def test_the_current_month_grows_and_the_last_one_does_not() -> None:
    before, after = generate(), lived(generate())
    now, last = Period.CURRENT_MONTH, Period.LAST_MONTH
    assert sum(flow.tasks for flow in flows(after, now)) > sum(flow.tasks for flow in flows(before, now))
    usage = [sorted((flow.tasks, flow.runs) for flow in flows(world, last)) for world in (before, after)]
    assert usage[0] == usage[1]


def test_flows_are_renamed_switched_and_added() -> None:
    before, after = generate().organizations[0].flows, lived(generate()).organizations[0].flows
    pairs = list(zip(before, after, strict=False))
    assert len(after) > len(before)
    assert any(old.name != new.name for old, new in pairs)
    assert any(old.status != new.status for old, new in pairs)


def test_each_server_of_a_world_lives_the_same_life() -> None:
    assert lived(generate()) == lived(generate())


def test_the_clock_goes_on_with_the_time_that_passes_into_another_month_too() -> None:
    before = moved(generate(), datetime(2026, 6, 30, 23, 59, 58, tzinfo=UTC))
    life = Life(before)
    clocks = [life.step(seconds).now for seconds in (0.6, 0.6, 0.9)]
    assert [str(clock)[:19] for clock in clocks] == [
        "2026-06-30 23:59:58",
        "2026-06-30 23:59:59",
        "2026-07-01 00:00:00",
    ]
    june = [sorted((flow.tasks, flow.runs) for flow in flows(life.world, Period.LAST_MONTH))]
    for _ in range(STEPS):
        life.step(1)
    assert [sorted((flow.tasks, flow.runs) for flow in flows(life.world, Period.LAST_MONTH))] == june
    assert flows(life.world, Period.CURRENT_MONTH)


def test_every_organization_lives() -> None:
    before, after = generate(), lived(generate(), 300)
    pairs = zip(before.organizations, after.organizations, strict=True)
    assert all(was.flows != is_now.flows for was, is_now in pairs)


def test_a_world_that_lives_for_long_grows_no_further() -> None:
    assert [len(found.flows) for found in lived(generate(flows=3), 3_000).organizations] == [6, 10]


def test_another_seed_is_another_life() -> None:
    one, other = Life(generate(), 1), Life(generate(), 2)
    assert [one.step() for _ in range(3)] != [other.step() for _ in range(3)]


def test_an_empty_organization_stays_empty() -> None:
    assert lived(load("empty")).organizations[0].flows == ()


def test_a_server_that_lives_tells_of_more_and_more_tasks() -> None:
    query = '{ integrationsUsageDetails(organizationUuid: "%s", period: current_month) { totalTasks } }'

    def total(server: MockServer) -> int:
        body = json.dumps({"query": query % server.world.organizations[0].uuid}).encode()
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {server.world.callers[0].token}",
        }
        with urllib.request.urlopen(urllib.request.Request(server.url, body, headers), timeout=10) as response:
            return int(json.load(response)["data"]["integrationsUsageDetails"]["totalTasks"])

    with MockServer(generate(), live=0.01) as server:
        first = total(server)
        deadline = time.monotonic() + 10
        while total(server) == first and time.monotonic() < deadline:
            time.sleep(0.01)
        assert total(server) > first


def test_a_pace_is_read() -> None:
    assert (pace("3s"), pace("150ms")) == (3.0, 0.15)


@pytest.mark.parametrize("text", ["", "0s", "0.01ms", "often", "3", "3m", "9999999s"])
def test_a_pace_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Misconfigured, match="--live"):
        pace(text)
