"""The contract's schema as this server offers it: its rulings may move a type or leave a field out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphql import (
    GraphQLSchema,
    build_ast_schema,
    extend_schema,
    parse,
)

from mock_server import shipped
from mock_server.choices import OrderType, Stats

if TYPE_CHECKING:
    from collections.abc import Iterable

SIBLING = "integrationsUsageStats"


def schema(order_type: OrderType, stats: Stats, changes: Iterable[tuple[str, str]] = ()) -> GraphQLSchema:
    """Return the documented schema and what a graphql-ruby server most likely has beside it; a new one each time.

    `changes` are texts of the documented schema, each with another to stand in its place.
    """
    text = shipped.schema_text("integrations_usage.graphql")
    if order_type is OrderType.STRING:
        text = text.replace("order: SortDirection", "order: String")
    for was, becomes in changes:
        text = text.replace(was, becomes)
    built = extend_schema(build_ast_schema(parse(text)), parse(shipped.schema_text("undocumented.graphql")))
    query = built.query_type
    if stats is Stats.ABSENT and query is not None:
        del query.fields[SIBLING]
    return built
