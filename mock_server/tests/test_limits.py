"""What a document may ask for, and what asks for too much."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import get_introspection_query, parse

from mock_server.generating import generate
from mock_server.limits import complexity, costs
from mock_server.rulings import Rulings, ruled
from mock_server.tests.asking import DETAILS, STATS, Asking, execution
from mock_server.tests.unusual import INSIDE

WORLD = generate(flows=3)
AS_ASKED = ruled(["query-cost=as-asked"])
BY_PAGE = Asking(execution(WORLD))
ONE = "integrationsUsageDetails(organizationUuid: $organizationUuid, period: $period%s) { %s }"
TWICE = "fragment f%d on Query { ...f%d ...f%d }"
BOMB = " ".join(TWICE % (place, place + 1, place + 1) for place in range(100))


def cost(query: str, rulings: Rulings = AS_ASKED, **variables: Any) -> int:
    (found,) = costs(parse(query)).values()
    return complexity(found, variables, rulings)


def message(asking: Asking, query: str, **variables: Any) -> str:
    response = asking.respond(query, **variables)
    assert list(response) == ["errors"]
    return str(response["errors"][0]["message"])


@pytest.mark.parametrize(("variables", "expected"), [({"first": 20}, 207), ({}, 507), ({"first": 4999}, 49_997)])
def test_the_documented_query_costs_what_graphql_ruby_counts(variables: Any, expected: int) -> None:
    assert cost(DETAILS, **variables) == expected


def test_a_size_is_a_literal_a_variable_or_its_default() -> None:
    by_literal = INSIDE % (", first: 20", "edges { node { name } }")
    by_default = (INSIDE % (", first: $f", "edges { node { name } }")).replace("query(", "query($f: Int = 20, ")
    assert cost(by_literal) == cost(by_default) == cost(by_default, f=20) == 2 + 20 * 2
    assert cost(by_default, f=30) == cost(by_default, f=30.0) == 2 + 30 * 2


def test_edges_behind_fragments_and_aliases_are_counted() -> None:
    behind = "...a } } fragment a on IntegrationsUsageDetailsConnection { ... { b: edges { node { name } }"
    assert cost(INSIDE % (", first: 20", behind)) == 2 + 20 * 2


def test_a_large_page_counts_as_a_full_one_unless_the_ruling_is_otherwise() -> None:
    assert cost(DETAILS, Rulings(), first=2**31 - 1) == 507
    assert cost(DETAILS, ruled(["page-cap=none"]), first=2**31 - 1) == 507
    assert BY_PAGE.details(first=2**31 - 1)["totalFlows"]
    expected = "Query has complexity of 50007, which exceeds max complexity of 50000"
    assert message(Asking(execution(WORLD, AS_ASKED)), DETAILS, first=5000) == expected


def test_the_documented_question_may_stand_in_a_document_98_times_and_not_99_times() -> None:
    selected = DETAILS.partition("after: $after\n  ) {")[2].rpartition("}")[0].rpartition("}")[0]
    asked = "query($organizationUuid: ID!, $period: PeriodFilter!) { %s }"
    times = [" ".join(f"a{place}: {ONE % ('', selected)}" for place in range(times)) for times in (98, 99)]
    assert len(BY_PAGE.respond(asked % times[0])["data"]) == 98
    assert message(BY_PAGE, asked % times[1]) == "Query has complexity of 50193, which exceeds max complexity of 50000"


def test_a_document_that_goes_too_deep_is_refused() -> None:
    assert message(BY_PAGE, "{ a " * 17 + "}" * 17) == "Query has depth of 17, which exceeds max depth of 15"
    assert "depth" not in message(BY_PAGE, "{ a " * 15 + "}" * 15)


def test_a_document_with_too_many_aliases_is_refused() -> None:
    aliases = [" ".join(f"a{place}: __typename" for place in range(many)) for many in (500, 501)]
    assert len(BY_PAGE.respond(f"{{ {aliases[0]} }}")["data"]) == 500
    assert message(BY_PAGE, f"{{ {aliases[1]} }}") == "Query has more than 500 aliases, which are the most there may be"


def test_fragments_that_spread_each_other_are_counted_and_not_followed() -> None:
    bomb = "{ ...f0 } " + BOMB + " fragment f100 on Query { organization(id: 1) { id } }"
    assert message(BY_PAGE, bomb) == (
        "Query has complexity of more than a trillion, which exceeds max complexity of 50000"
    )


@pytest.mark.parametrize("query", ["{ ...a } fragment a on Query { ...a }", "{ ...a }"])
def test_a_fragment_in_itself_and_one_that_is_not_there_are_left_to_validation(query: str) -> None:
    assert "fragment" in message(BY_PAGE, query)


def test_too_many_tokens_are_refused() -> None:
    assert "more than 10000 tokens" in message(BY_PAGE, "{" + "a " * 10_000 + "}")


def test_a_document_with_too_many_fragments_is_refused() -> None:
    spreads, fragments = (
        [" ".join(text % place for place in range(many)) for many in (200, 201)]
        for text in ("...f%d", "fragment f%d on Query { __typename }")
    )
    assert BY_PAGE.respond(f"{{ {spreads[0]} }} {fragments[0]}") == {"data": {"__typename": "Query"}}
    expected = "Query has more than 200 fragments, which are the most there may be"
    assert message(BY_PAGE, f"{{ {spreads[1]} }} {fragments[1]}") == expected


def test_one_name_selected_too_many_times_to_compare_is_refused_in_words() -> None:
    query = "{ " + "__typename " * 3_000 + "}"
    assert message(BY_PAGE, query) == "Query selects one name too many times to be validated"


@pytest.mark.parametrize("query", [DETAILS, STATS, get_introspection_query(input_value_deprecation=True)])
def test_what_clients_and_tools_ask_is_within_every_limit(query: str) -> None:
    assert "errors" not in BY_PAGE.respond(query)
