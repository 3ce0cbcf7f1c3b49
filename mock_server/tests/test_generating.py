"""Worlds from Faker: awkward enough, and the same wherever they are made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from mock_server import worlds
from mock_server.app import execution
from mock_server.checking import checked
from mock_server.generating import generate
from mock_server.refusals import Misconfigured
from mock_server.usage.question import Period
from mock_server.writing import written

MAKE = (
    "import sys; from mock_server.generating import generate; from mock_server.writing import written;"
    "sys.stdout.buffer.write(written(generate(300, 9, 'pt_BR')).encode())"
)


def test_a_seed_gives_the_same_bytes_in_any_process() -> None:
    made = {sha256(written(generate(300, 9, "pt_BR")).encode()).hexdigest()}
    for hash_seed in ("0", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        output = subprocess.run([sys.executable, "-c", MAKE], env=environment, capture_output=True, check=True).stdout
        made.add(sha256(output).hexdigest())
    assert len(made) == 1


def test_another_seed_or_locale_gives_another_world() -> None:
    assert len({written(generate(20, seed, locale)) for seed in (1, 2) for locale in ("en_US", "ja_JP")}) == 4


@pytest.mark.parametrize("locale", ["ar_AA", "de_DE", "en_US", "he_IL", "hy_AM", "ja_JP", "pt_BR", "zh_CN"])
def test_a_made_world_is_a_world(locale: str) -> None:
    world = generate(40, 3, locale)
    assert worlds.world(world.name, checked(json.loads(written(world)), "made")) == world


@pytest.mark.parametrize("flows", [0, 1, 2, 3, 7])
def test_a_made_world_may_be_small(flows: int) -> None:
    assert len(generate(flows).organizations[0].flows) == flows


def test_a_made_world_ends_at_its_clock() -> None:
    now = datetime(2027, 1, 1, 0, 0, 5, tzinfo=UTC)
    world = generate(200, now=now)
    resolvers = execution(world).resolvers
    flows = [flow for period in Period for flow in resolvers.flows(world.organizations[0], period)]
    assert max(flow.last_run_at for flow in flows if flow.last_run_at) <= now


@pytest.mark.parametrize("seed", range(8))
def test_a_made_world_is_awkward_in_every_way_that_clauses_need(seed: int) -> None:
    world = generate(seed=seed)
    resolvers = execution(world).resolvers
    current, last, three = (resolvers.flows(world.organizations[0], period) for period in Period)
    assert 60 < len(current) < len(three) == 67
    assert 35 < len(last) < len(current)
    assert max(Counter(current).values()) > 1, "twins"
    assert any(count > 1 for count in Counter(flow.tasks for flow in set(current)).values()), "ties"
    assert {flow.status for flow in current} == {"ENABLED", "DISABLED"}
    assert {len(str(flow.tasks)) for flow in current} >= {1, 2, 3, 4}
    assert len({flow.project for flow in current}) > 4
    assert any(flow.last_run_at is None for flow in current)
    assert any(flow.tasks == 0 and flow.runs > 0 for flow in current)
    names = [flow.name for flow in current]
    assert any(not name.isascii() for name in names)
    assert any("%" in name or "_" in name for name in names)


@pytest.mark.parametrize(("locale", "near"), [("pt_BX", "pt_BR"), ("", "there are"), ("english", "there are")])
def test_an_unknown_locale_is_refused_with_the_near_ones(locale: str, near: str) -> None:
    with pytest.raises(Misconfigured, match=f"unknown locale '{locale}'.*{near}"):
        generate(locale=locale)


def test_fewer_flows_than_none_are_refused() -> None:
    with pytest.raises(Misconfigured, match="no -1 flows"):
        generate(-1)
