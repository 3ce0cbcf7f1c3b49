"""The honest mock is never called broken: under any ruling, on any world, with any seed."""

import os
from dataclasses import replace
from random import Random

import pytest

from contract_tests.access import Access
from contract_tests.options import Setting
from contract_tests.proving import options
from contract_tests.running import run
from contract_tests.selftest.runs import judged, of_verdict
from contract_tests.verdict import Verdict
from mock_server.generating import generate
from mock_server.rulings import RULINGS, ruled
from mock_server.serving import MockServer
from mock_server.worlds import names

# Whole runs reach nearly every line, and would hide what no test looks at; tracing would double their time.
pytestmark = pytest.mark.no_cover

CHOICES = [
    f"{ruling.name}={choice}" for ruling in RULINGS.values() for choice in ruling.choices if choice != ruling.default
]

# What cannot be judged under a ruling, and is said to be so.
UNJUDGED = {"introspection=off": ["schema.compatible"]}
# More of them show more: SEEDS=1000 is a night's work.
SEEDS = int(os.environ.get("SEEDS", "12"))
SIZES = (0, 1, 2, 3, 5, 9, 20, 40, 51, 100, 250)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_world_under_any_rulings_together_is_called_broken(seed: int) -> None:
    random = Random(seed)  # the same servers for the same seeds
    rulings = ruled(f"{ruling.name}={random.choice(sorted(ruling.choices))}" for ruling in RULINGS.values())
    world = generate(random.choice(SIZES), seed, random.choice(("en_US", "pt_BR", "de_DE", "ja_JP")))
    with MockServer(world, rulings) as server:
        own, foreign = world.organizations
        access = Access(
            server.url,
            world.callers[0].token,
            own.id,
            member_token=world.callers[2].token,
            foreign_organization_uuid=foreign.uuid,
        )
        report = run(replace(options("quick", Setting(), access=access), seed=seed))
    assert of_verdict(report, Verdict.BROKEN) == []


@pytest.mark.parametrize("choice", CHOICES)
def test_no_ruling_is_called_broken(choice: str) -> None:
    report = judged(rulings=(choice,))
    inconclusive = of_verdict(report, Verdict.INCONCLUSIVE)
    assert (of_verdict(report, Verdict.BROKEN), inconclusive) == ([], UNJUDGED.get(choice, []))


@pytest.mark.parametrize("cap", [1, 2])
def test_a_page_may_hold_less_than_the_smallest_that_is_asked_for(cap: int) -> None:
    report = judged(world="twins", rulings=(f"page-cap={cap}",))
    assert of_verdict(report, Verdict.BROKEN) == []
    assert "page.under-every-sort" in of_verdict(report, Verdict.KEPT)  # what asks for more is judged


@pytest.mark.parametrize("world", names())
def test_no_world_is_called_broken(world: str) -> None:
    report = judged(world=world)
    assert (of_verdict(report, Verdict.BROKEN), of_verdict(report, Verdict.INCONCLUSIVE)) == ([], [])


def test_the_default_world_exercises_every_clause_that_is_judged() -> None:
    report = judged("ci")
    lacking = [one.clause for one in report.judgements if one.verdict == Verdict.NOT_EXERCISED]
    # What is only observed is judged against a baseline.
    assert (lacking, of_verdict(report, Verdict.BROKEN), report.exit_code) == (["sort.case-of-field"], [], 0)


def test_a_live_run_judges_the_whole_contract_within_its_budget() -> None:
    live = replace(options("live", Setting()), rate=None)
    report = run(live)
    unjudged = [one.clause for one in report.judgements if one.verdict != Verdict.KEPT]
    assert (unjudged, report.exit_code) == (["sort.case-of-field"], 0)
    assert report.requests < live.max_requests


def test_a_live_run_has_enough_for_walks_of_many_pages() -> None:
    world = generate(140)
    with MockServer(world, ruled(["page-cap=25"])) as server:
        access = Access(server.url, world.callers[0].token, world.organizations[0].id)
        live = replace(options("live", Setting(), access=access), rate=None, seed=7)
        report = run(live)
    unjudged = of_verdict(report, Verdict.INCONCLUSIVE) + of_verdict(report, Verdict.BROKEN)
    assert (unjudged, report.requests <= live.max_requests) == ([], True)


def test_an_empty_organization_keeps_nothing_that_it_cannot_show() -> None:
    kept = of_verdict(judged(world="empty"), Verdict.KEPT)
    shown = {"page.has-next-page", "page.bad-cursor", "filter.any-text", "filter.null-is-absent"}
    assert {clause for clause in kept if clause.startswith(("sort.", "page.", "filter."))} == shown
