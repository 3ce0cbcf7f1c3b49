"""The contract's schema as this server offers it: its rulings may move a type or leave a field out."""

from __future__ import annotations

from graphql import (
    GraphQLSchema,
    build_ast_schema,
    extend_schema,
    parse,
)

from mock_server import shipped
from mock_server.choices import OrderType, Stats

SIBLING = "integrationsUsageStats"


def schema(order_type: OrderType, stats: Stats) -> GraphQLSchema:
    """Return the documented schema and what a graphql-ruby server most likely has beside it; a new one each time."""
    text = shipped.schema_text("integrations_usage.graphql")
    if order_type is OrderType.STRING:
        text = text.replace("order: SortDirection", "order: String")
    built = extend_schema(build_ast_schema(parse(text)), parse(shipped.schema_text("undocumented.graphql")))
    query = built.query_type
    if stats is Stats.ABSENT and query is not None:
        del query.fields[SIBLING]
    return built
