"""What each choice of a ruling does where the documentation is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mock_server.tests.asking import STATS, asking, outcome

if TYPE_CHECKING:
    from mock_server.rendering import Json


@pytest.mark.parametrize(
    ("settings", "search", "found"),
    [
        ((), "SYNC NEW", 1),
        (("search-case=exact",), "SYNC NEW", 0),
        ((), "synć", 0),
        (("search-accents=folded",), "synć", 1),
        ((), " sync new ", 0),
        (("search-blanks=trimmed",), " sync new ", 1),
        (("search-blanks=collapsed",), "sync   new", 1),
        ((), "crm sync", 0),
        (("search-words=anywhere",), "crm ops sync", 1),
        ((), "", 7),
        ((), "  ", 0),
        (("search-words=anywhere",), "  ", 0),
        (("search-only-blanks=everything",), " \t", 7),
        (("search-only-blanks=everything",), " sync new ", 0),
        (("search-blanks=trimmed",), "  ", 0),
        (("search-blanks=trimmed", "search-only-blanks=everything"), "  ", 7),
    ],
)
def test_a_search_is_read_by_ruling(settings: tuple[str, ...], search: str, found: int) -> None:
    assert asking("documented", *settings).details(search=search)["totalFlows"] == found


@pytest.mark.parametrize(
    ("settings", "status", "got"),
    [
        ((), "PAUSED", (0, False, 0)),
        ((), "enabled", (0, False, 0)),
        ((), "", (0, False, 0)),
        (("unknown-status=refused",), "PAUSED", "INVALID_INPUT"),
        (("unknown-status=refused",), "enabled", "INVALID_INPUT"),
        (("unknown-status=refused", "status-case=folded"), "enabled", (5, False, 5)),
        (("status-case=folded",), "enabled", (5, False, 5)),
        (("unknown-status=refused",), "", "INVALID_INPUT"),
        (("unknown-status=refused", "status-empty=everything"), "", (7, False, 7)),
        (("status-empty=everything",), " ", (0, False, 0)),
    ],
)
def test_a_status_is_read_by_ruling(settings: tuple[str, ...], status: str, got: object) -> None:
    assert outcome(asking("documented", *settings), status=status) == got


ASCENDING = [15, 40, 75, 120, 180, 310, 540]
DESCENDING = ASCENDING[::-1]
BY_NAME = [15, 40, 75, 310, 180, 540, 120]


@pytest.mark.parametrize(
    ("settings", "sort", "tasks"),
    [
        ((), {}, DESCENDING),
        ((), {"order": "asc"}, DESCENDING),
        (("order-alone=by-usage",), {"order": "asc"}, ASCENDING),
        ((), {"by": "name"}, BY_NAME),
        (("by-alone=descending",), {"by": "name"}, BY_NAME[::-1]),
        ((), {"by": "NAME", "order": "asc"}, DESCENDING),
        (("field-case=folded",), {"by": "NAME", "order": "asc"}, BY_NAME),
        (("order-type=string",), {"by": "name", "order": "asc"}, BY_NAME),
        (("order-type=string",), {"by": "name", "order": "ASC"}, DESCENDING),
        (("order-type=string", "order-case=folded"), {"by": "name", "order": "ASC"}, BY_NAME),
        (("order-type=string", "order-case=folded"), {"by": "name", "order": "UP"}, DESCENDING),
        (("order-type=string",), {"by": "name", "order": "DESC"}, DESCENDING),
        (("order-type=string", "unknown-order=ascending"), {"by": "name", "order": "up"}, BY_NAME),
        (("order-type=string", "unknown-order=descending"), {"by": "name", "order": "up"}, BY_NAME[::-1]),
    ],
)
def test_half_a_sort_is_read_by_ruling(settings: tuple[str, ...], sort: Json, tasks: list[int]) -> None:
    assert [node["tasks"] for node in asking("documented", *settings).walk(sort=sort)] == tasks


@pytest.mark.parametrize(
    ("settings", "sort"),
    [
        (("order-alone=refused",), {"order": "asc"}),
        (("order-type=string", "unknown-order=refused"), {"by": "name", "order": "up"}),
    ],
)
def test_half_a_sort_is_refused_by_ruling(settings: tuple[str, ...], sort: Json) -> None:
    assert outcome(asking("documented", *settings), sort=sort) == "INVALID_INPUT"


@pytest.mark.parametrize(
    ("setting", "first"),
    [
        ("name-collation=code-point", "  two blanks before"),
        ("name-collation=punctuation-ignored", "100 of leads"),
        ("status-order=rank", "ENABLED"),
        ("status-order=alphabet", "DISABLED"),
    ],
)
def test_the_first_in_order_depends_on_the_ruling(setting: str, first: str) -> None:
    field = "name" if setting.startswith("name") else "status"
    node = asking("awkward-names", setting).details(sort={"by": field, "order": "asc"})["edges"][0]["node"]
    assert node[field] == first


def test_collations_put_names_in_different_orders() -> None:
    orders = set()
    for collation in ("code-point", "case-folded", "accents-folded", "punctuation-ignored", "unicode"):
        walk = asking("awkward-names", f"name-collation={collation}").walk(sort={"by": "name", "order": "asc"})
        orders.add(tuple(node["name"] for node in walk))
    assert len(orders) == 5


def test_ties_are_broken_in_different_ways() -> None:
    orders = {
        repr(asking("ties", f"tie-break={choice}").walk()) for choice in ("listed", "reverse-listed", "name", "hashed")
    }
    assert len(orders) == 4


def test_flows_that_did_not_run_are_listed_by_ruling() -> None:
    assert asking("idle").details()["totalFlows"] == 0
    listed = asking("idle", "idle-flows=listed")
    assert listed.details()["totalFlows"] == 9
    assert {node["lastRunAt"] for node in listed.walk()} == {None}


def test_three_months_have_the_current_one_in_them_by_ruling() -> None:
    assert asking("documented").details(period="last_3_months")["totalTasks"] == 2913
    assert asking("documented", "last-3-months=before-current").details(period="last_3_months")["totalTasks"] == 1732


def test_the_last_run_is_the_one_in_the_period_by_ruling() -> None:
    within, ever = asking("documented"), asking("documented", "last-run=ever")
    assert within.walk(period="last_month")[0]["lastRunAt"] == "2026-05-19T18:30:12Z"
    assert ever.walk(period="last_month")[0]["lastRunAt"] == "2026-06-16T17:49:02Z"


@pytest.mark.parametrize(
    ("style", "written"),
    [
        ("seconds", "2026-06-16T17:49:02Z"),
        ("fractions", "2026-06-16T17:49:02.000Z"),
        ("offset", "2026-06-16T14:49:02-03:00"),
    ],
)
def test_an_instant_is_written_by_ruling(style: str, written: str) -> None:
    assert asking("documented", f"instants={style}").walk()[0]["lastRunAt"] == written


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (("unknown-organization=denied",), "PERMISSION_DENIED"),
        (("unknown-organization=not-found",), "NOT_FOUND"),
        (("unknown-organization=denied", "denied-code=FORBIDDEN"), "FORBIDDEN"),
        (("unknown-organization=not-found", "not-found-code=RESOURCE_NOT_FOUND"), "RESOURCE_NOT_FOUND"),
    ],
)
def test_what_the_caller_may_not_see_is_refused_by_ruling(settings: tuple[str, ...], code: str) -> None:
    asked = asking("documented", *settings)
    foreign = asked.world.organizations[1]
    assert outcome(asked, organizationUuid=foreign.uuid) == code
    assert outcome(asked, organizationUuid="nobody") == code


def test_a_refusal_has_no_code_by_ruling() -> None:
    asked = asking("documented", "denied-code=none")
    (error,) = asked.respond(organizationUuid="nobody")["errors"]
    assert list(error["extensions"]) == ["correlation_id"]


def test_what_the_caller_may_not_see_is_null_by_ruling() -> None:
    asked = asking("documented", "unknown-organization=null")
    foreign = asked.world.organizations[1]
    assert asked.respond(organizationUuid=foreign.uuid) == {"data": {"integrationsUsageDetails": None}}


def test_a_role_that_does_not_see_usage_gets_an_error_or_null_by_ruling() -> None:
    for setting, told in (("denial=error", ["errors", "data"]), ("denial=null", ["data"])):
        asked = asking("documented", setting)
        response = asked.respond(caller=2)
        assert (list(response), response["data"]) == (told, {"integrationsUsageDetails": None})


def test_what_is_not_executed_has_a_code_by_ruling() -> None:
    for settings, extensions in ((), None), (("invalid-code=BAD_USER_INPUT",), {"code": "BAD_USER_INPUT"}):
        asked = asking("documented", *settings)
        for response in (asked.respond(period="this_year"), asked.respond("{ nothing }")):
            assert [error.get("extensions") for error in response["errors"]] == [extensions]


def test_the_sibling_is_absent_by_ruling() -> None:
    assert "data" in asking("documented").respond(STATS)
    assert "data" not in asking("documented", "stats=absent").respond(STATS)


def test_the_schema_is_hidden_by_ruling() -> None:
    assert "data" in asking("documented").respond("{ __schema { queryType { name } } }")
    assert "data" not in asking("documented", "introspection=off").respond("{ __schema { queryType { name } } }")
