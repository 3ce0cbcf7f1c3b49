"""One GraphQL request to one response."""

from __future__ import annotations

from typing import Any

import pytest

from mock_server import worlds
from mock_server.generating import generate
from mock_server.tests.asking import ORGANIZATION, STATS, Asking, execution

DOCUMENTED = Asking(execution(worlds.load("documented")))


@pytest.mark.parametrize(
    "variables",
    [
        {"period": None},
        {"period": "this_year"},
        {"period": "CURRENT_MONTH"},
        {"period": ""},
        {"organizationUuid": None},
        {"first": "20"},
        {"first": 1.5},
        {"first": 3_000_000_000},
        {"first": True},
        {"after": 1},
        {"search": 1},
        {"status": 1},
        {"sort": "usage"},
        {"sort": {"by": "usage", "direction": "asc"}},
        {"sort": {"by": "usage", "order": "DESC"}},
        {"sort": {"by": 1}},
    ],
)
def test_a_value_of_the_wrong_type_gives_errors_and_no_data(variables: dict[str, Any]) -> None:
    assert list(DOCUMENTED.respond(**variables)) == ["errors"]


@pytest.mark.parametrize("name", ["status", "search", "sort", "first", "after"])
def test_null_is_absent(name: str) -> None:
    assert DOCUMENTED.details(**{name: None}) == DOCUMENTED.details()


def test_errors_come_before_data_as_in_graphql_ruby() -> None:
    assert list(DOCUMENTED.respond(organizationUuid="nobody")) == ["errors", "data"]


def test_a_refusal_has_a_code_and_an_id_to_ask_support_about() -> None:
    (error,) = DOCUMENTED.respond(organizationUuid="nobody")["errors"]
    assert error["extensions"]["code"] == "PERMISSION_DENIED"
    assert len(error["extensions"]["correlation_id"]) == 32


def test_an_organization_has_a_uuid_with_which_the_details_answer() -> None:
    response = DOCUMENTED.respond(ORGANIZATION, id="301234567")
    uuid = response["data"]["organization"]["uuid"]
    assert DOCUMENTED.details(organizationUuid=uuid)["totalFlows"] == 7


def test_an_organization_that_the_caller_is_not_in_is_null_with_an_error() -> None:
    response = DOCUMENTED.respond(ORGANIZATION, id="301765432")
    assert response["data"] == {"organization": None}
    assert response["errors"]


def test_aliases_answer_side_by_side() -> None:
    query = """query($organizationUuid: ID!, $period: PeriodFilter!) {
      a: integrationsUsageDetails(organizationUuid: $organizationUuid, period: $period, first: 1) { totalFlows }
      b: integrationsUsageDetails(organizationUuid: $organizationUuid, period: last_month) { totalFlows }
    }"""
    assert DOCUMENTED.respond(query)["data"] == {"a": {"totalFlows": 7}, "b": {"totalFlows": 6}}


def test_what_the_documentation_does_not_show_is_there_too() -> None:
    query = """query($organizationUuid: ID!, $period: PeriodFilter!) {
      integrationsUsageDetails(organizationUuid: $organizationUuid, period: $period, first: 2, after: "Mg") {
        nodes { tasks } edges { cursor } pageInfo { hasPreviousPage startCursor }
      }
    }"""
    assert DOCUMENTED.respond(query)["data"]["integrationsUsageDetails"] == {
        "nodes": [{"tasks": 180}, {"tasks": 120}],
        "edges": [{"cursor": "Mw"}, {"cursor": "NA"}],
        "pageInfo": {"hasPreviousPage": True, "startCursor": "Mw"},
    }


def test_the_siblings_figures_are_those_of_its_documentation() -> None:
    stats = DOCUMENTED.respond(STATS)["data"]["integrationsUsageStats"]
    assert stats["tasksConsumed"] == {"usage": 1280, "limit": None}
    assert stats["activeFlows"] == 7
    assert stats["filterDate"] == {"from": "2026-06-01T00:00:00Z", "to": "2026-06-30T23:59:59Z"}
    assert stats["history"]["nodes"][:2] == [
        {"date": "2026-06-01", "usage": 120, "limit": None},
        {"date": "2026-06-02", "usage": 64, "limit": None},
    ]


@pytest.mark.parametrize("period", ["current_month", "last_month", "last_3_months"])
def test_details_and_the_sibling_agree(period: str) -> None:
    asking = Asking(execution(generate()))
    stats = asking.respond(STATS, period=period)["data"]["integrationsUsageStats"]
    details = asking.details(period=period)
    assert stats["tasksConsumed"]["usage"] == details["totalTasks"]
    assert stats["activeFlows"] == details["totalFlows"]
    assert sum(bucket["usage"] for bucket in stats["history"]["nodes"]) == details["totalTasks"]
