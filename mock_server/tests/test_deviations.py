"""Every deviation is seen in some answer on the world that it names, and says what it breaks."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from mock_server import shipped, worlds
from mock_server.deviations import DEVIATIONS, FAMILIES, chosen
from mock_server.deviations.deviation import EndpointDeviation
from mock_server.generating import generate
from mock_server.refusals import Misconfigured
from mock_server.rulings import Rulings
from mock_server.tests.asking import DETAILS, ORGANIZATION, STATS, Asking, execution
from mock_server.tests.unusual import unusual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_server.records import World
    from mock_server.rendering import Json

CLAUSES = {clause["id"] for clause in tomllib.loads(shipped.schema_text("clauses.toml"))["clause"]}
# What goes wrong before a request is read, or between two of them, is not seen without HTTP.
WITHOUT_HTTP = [name for name, known in DEVIATIONS.items() if not issubclass(known.fault, EndpointDeviation)]
ENDLESS = 60

SORTS: tuple[Json | None, ...] = (
    None,
    *({"by": by, "order": order} for by, order in product(("usage", "name", "status"), ("asc", "desc"))),
    *({"by": by, "order": "asc"} for by in ("runs", "tasks", "lastRunAt", "project", "", "größe")),
)
FILTERS: tuple[Json, ...] = (
    {},
    {"status": "DISABLED"},
    {"status": "ENABLED", "search": "a"},
    {"status": "DISABLED", "search": "o"},
    {"status": "ENABLED", "search": "_"},
    *(
        {"search": text}
        for text in ("o", "O", "é", "an", "nu", "1_", "%", "[", "'", "able", "system", "PLC", "Zebra Intake")
    ),
    {"search": "*"},
    {"search": "nowhere at all"},
    {"search": "zebra launch"},
    {"search": "Diverse 4thgeneration secured line and more"},
    {"search": "06"},
)
UNFIT: tuple[Json, ...] = (
    {"period": None},
    {"organizationUuid": None},
    {"period": "this_year"},
    {"period": ""},
    {"period": "LAST_MONTH"},
    {"first": "20"},
    {"search": 1},
    {"sort": "usage"},
    {"organizationUuid": "0" * 8},
    {"after": "!"},
)
ONE_TOTAL = (
    "query($organizationUuid: ID!, $period: PeriodFilter!) {"
    " integrationsUsageDetails(organizationUuid: $organizationUuid, period: $period) { %s } }"
)


@lru_cache
def world_of(name: str | None) -> World:
    return generate() if name is None else worlds.load(name)


def answers(asking: Asking) -> Iterator[Any]:
    """Yield answers to a good part of what can be asked, and the pages that follow, past the end as well."""
    for variables in UNFIT:
        yield asking.respond(**variables)
    yield from unusual(asking)
    world = asking.world
    yield asking.respond(ORGANIZATION, id=world.organizations[0].id)
    yield asking.respond(ONE_TOTAL % "totalFlows")
    yield asking.respond(ONE_TOTAL % "totalTasks")
    yield asking.respond(period="last_month", sort=SORTS[1])
    yield asking.respond(organizationUuid=world.organizations[0].uuid[:8] + world.organizations[1].uuid[8:])
    yield asking.respond(organizationUuid=world.organizations[1].uuid)
    yield asking.respond(caller=2)
    yield asking.respond(STATS, period="last_3_months")
    yield asking.respond()
    for sort in SORTS:
        yield asking.respond(first=20, sort=sort)
    for filters in FILTERS:
        yield from pages(asking, {"first": 10, **filters}, ENDLESS)
    cursor = asking.details(first=5)["pageInfo"]["endCursor"]
    yield asking.respond(first=10, after=cursor)
    for period, filters in product(("last_month", "last_3_months"), FILTERS[:3]):
        yield from pages(asking, {"first": 20, "period": period, **filters}, ENDLESS)
    for filters, sort, first in product(FILTERS[:4], SORTS[:7], (13, 100, 1, None)):
        yield from pages(asking, {"first": first, "sort": sort, **filters}, 5 if first == 1 else ENDLESS)


def pages(asking: Asking, variables: Json, most: int) -> Iterator[Any]:
    for _ in range(most):
        response = asking.respond(**variables)
        yield response
        page = (response.get("data") or {}).get("integrationsUsageDetails")
        if not page or not page["edges"] or not page["pageInfo"]["endCursor"]:
            return
        variables = {**variables, "after": page["pageInfo"]["endCursor"]}


def comparable(response: Json) -> Any:
    return re.sub(r"'correlation_id': '\w+'", "", repr(response))


@lru_cache
def honest(name: str | None, rulings: Rulings | None) -> tuple[Any, ...]:
    return tuple(map(comparable, answers(Asking(execution(world_of(name), rulings)))))


@pytest.mark.parametrize("name", WITHOUT_HTTP)
def test_a_deviation_is_seen_in_some_answer(name: str) -> None:
    deviation = DEVIATIONS[name]
    asking = Asking(execution(world_of(deviation.world), deviation.rulings, (name,)))
    pairs = zip(honest(deviation.world, deviation.rulings), map(comparable, answers(asking)), strict=False)
    assert any(expected != got for expected, got in pairs)


@pytest.mark.parametrize("name", DEVIATIONS)
def test_a_deviation_says_what_it_does_and_which_clauses_it_breaks(name: str) -> None:
    deviation = DEVIATIONS[name]
    assert deviation.sentence.endswith(".")
    assert deviation.breaks
    assert set(deviation.breaks) <= CLAUSES


def test_no_two_deviations_have_one_name() -> None:
    assert len(DEVIATIONS) == sum(len(family.DEVIATIONS) for family in FAMILIES)


@pytest.mark.parametrize("family", sorted({name.partition(".")[0] for name in CLAUSES}))
def test_every_clause_of_a_family_that_can_be_broken_has_three_deviations(family: str) -> None:
    clauses = tomllib.loads(shipped.schema_text("clauses.toml"))["clause"]
    binding = [
        clause["id"] for clause in clauses if clause["id"].startswith(f"{family}.") and clause["strength"] != "observed"
    ]
    broken = [clause for deviation in DEVIATIONS.values() for clause in deviation.breaks]
    assert {clause: broken.count(clause) for clause in binding if broken.count(clause) < 3} == {}


def test_deviations_can_be_combined() -> None:
    both = Asking(execution(world_of(None), None, ("tasks-as-text", "status-ignored")))
    whole = Asking(execution(world_of(None)))
    page = both.details(status="DISABLED", first=1)
    assert isinstance(page["edges"][0]["node"]["tasks"], str)
    assert page["totalFlows"] == whole.details()["totalFlows"]


def test_an_unknown_deviation_is_named_with_the_near_ones() -> None:
    with pytest.raises(Misconfigured, match=r"did you mean .*page-only-totals"):
        chosen(["page-only-total"])


def test_the_documented_operation_is_what_the_questions_are_put_in() -> None:
    assert DETAILS.startswith("query integrationsUsageDetails(")
