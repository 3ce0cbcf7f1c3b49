"""Requests in other spellings than the documented one, and about other fields: what tells deviations of these apart."""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING, Any

from graphql import get_introspection_query

from mock_server.tests.asking import DETAILS, STATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_server.rendering import Json
    from mock_server.tests.asking import Asking

PERIODS = ("current_month", "last_month", "last_3_months")
OUTSIDE = "query($organizationUuid: ID!, $period: PeriodFilter!) { %s }"
INSIDE = OUTSIDE % "integrationsUsageDetails(organizationUuid: $organizationUuid, period: $period%s) { %s }"
ONE = "edges { node { name } }"
LITERALS = (
    ", first: 3",
    ", first: 4",
    ', status: "DISABLED"',
    ', search: "an"',
    ', search: "\\u0061n"',
    ', search: "é"',
    ', search: """an"""',
    ', sort: {by: "name", order: asc}',
    ', sort: {order: desc, by: "name"}',
    ", sort: {order: null}",
    ", sort: {}",
    ', after: "NQ"',
    ", first: 0",
    ", first: -1",
    ", first: 2147483647",
)
SELECTIONS = (
    "pageInfo { hasNextPage }",
    "a: totalFlows",
    "a: edges { cursor } b: edges { cursor }",
    "edges { __typename }",
    "edges { cursor } edges { node { name } }",
    "... { totalFlows }",
    "totalFlows @skip(if: true) totalTasks",
    "totalFlows @include(if: false) totalTasks",
    "totalFlows @include(if: true) totalTasks",
)
ALIASES = OUTSIDE % " ".join(
    f"a{place}: integrationsUsageDetails(organizationUuid: $organizationUuid, period: $period{arguments}) {{ {ONE} }}"
    for place, arguments in enumerate(("", ', status: "DISABLED", first: 2', ', first: 3, after: "MQ"'))
)
FRAGMENTS = (INSIDE % ("", "...outer")) + (
    " fragment outer on IntegrationsUsageDetailsConnection { edges { cursor } ...inner }"
    " fragment inner on IntegrationsUsageDetailsConnection { pageInfo { endCursor } }"
)
SPREAD_WITH_DIRECTIVES = (INSIDE % ("", "totalFlows ...more @skip(if: true)")) + (
    " fragment more on IntegrationsUsageDetailsConnection { totalTasks }"
)
SORT_IN_PARTS = (INSIDE % (", sort: {by: $by, order: $order}", ONE)).replace(
    "query(", "query($by: String!, $order: SortDirection!, "
)
WITHOUT_PERIOD = (INSIDE % ("", "totalFlows")).replace(", period: $period", "").replace(", $period: PeriodFilter!", "")
HOSTILE = ("\0", "🦄", "é" * 300, "[a-", "'")
CURSORS = ("!", "OTk5OTk5", "OTk5OTk5OTk5OTk", "M" * 500, "NQ")


def unusual(asking: Asking) -> Iterator[Any]:
    """Yield answers to requests that the documentation does not show, each after one that gives it nothing."""
    first, foreign = (organization.uuid for organization in (asking.world.organizations * 2)[:2])
    yield asking.respond(get_introspection_query())
    for caller, uuid, period in product((0, min(2, len(asking.world.callers) - 1)), (first, foreign), PERIODS):
        given = {"organizationUuid": uuid, "period": period}
        yield asking.respond(STATS, caller, **given)
        yield asking.respond(INSIDE % ("", "totalFlows"), caller, **given)
        yield asking.respond(ALIASES, caller, **given)
        yield asking.respond(DETAILS, caller, **given)
        yield asking.respond(DETAILS, caller, **given, first=1)
        yield asking.respond(DETAILS, caller, **given, after="MQ")
        yield asking.respond(DETAILS, caller, **given | {"organizationUuid": uuid.upper()})
        inline = (INSIDE % ("", "totalFlows")).replace("Uuid: $organizationUuid", f'Uuid: "{uuid}"')
        yield asking.respond(inline.replace("$organizationUuid: ID!, ", ""), caller, period=period)
    for selection in SELECTIONS:
        yield asking.respond(INSIDE % ("", selection))
    for arguments in LITERALS:
        yield asking.respond(INSIDE % (arguments, f"totalFlows {ONE}"))
    for flow in asking.world.organizations[0].flows[:1]:
        searched = f", search: {json.dumps(flow.project.name)}"
        yield asking.respond(INSIDE % (searched, "totalFlows totalTasks"))
    yield asking.respond(FRAGMENTS)
    yield asking.respond(SPREAD_WITH_DIRECTIVES)
    yield asking.respond(SORT_IN_PARTS, by="name", order="desc")
    yield asking.respond(WITHOUT_PERIOD)
    yield asking.respond((INSIDE % (", first: 3", ONE)).replace("query(", "query($search: String, "))
    hostile: list[Json] = [{name: text} for name, text in product(("search", "status"), HOSTILE)]
    for variables in hostile:
        yield asking.respond(**variables)
    yield asking.respond(organizationUuid="00000000-0000-0000-0000-000000000000")
    yield asking.respond(status=None, first=2, after="MQ")
    for cursor in CURSORS:
        yield asking.respond(first=10, after=cursor)
    yield from before(asking)


def before(asking: Asking) -> Iterator[Any]:
    """Yield answers to a plain question, each time after one that gives an argument, and with a null for it."""
    sort = {"by": "name", "order": "asc"}
    arguments: Json = {"sort": sort, "status": "DISABLED", "search": "an", "first": 2}
    variables: Json
    for name, value in arguments.items():
        for variables in ({name: value}, {}, {name: None}):
            yield asking.respond(**variables)
    for search in ("an", " an ", "n "):
        yield asking.respond(search=search)
    for variables in ({"status": "ENABLED"}, {"search": "ENABLED"}, {"first": 2, "after": "MQ"}):
        yield asking.respond(**variables)
