"""A schema that is told otherwise than it is obeyed: introspection alone shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphql import (
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLString,
)

from mock_server import sdl
from mock_server.deviations.deviation import ExecutionDeviation
from mock_server.execution import Execution
from mock_server.resolvers import bound

if TYPE_CHECKING:
    from graphql import GraphQLSchema

    from mock_server.execution import Request
    from mock_server.records import Caller
    from mock_server.rendering import Json
    from mock_server.resolvers import Resolvers


class _Told(ExecutionDeviation):
    """A fault in the schema that introspection tells."""

    breaks = ("schema.compatible",)

    def __init__(self, resolvers: Resolvers) -> None:
        super().__init__(resolvers)
        rulings = resolvers.rulings
        told = bound(sdl.schema(rulings.order_type, rulings.stats))
        self.change(told)
        self._telling = Execution(resolvers)
        self._telling.schema = told

    def respond(self, request: Request, caller: Caller) -> Json:
        if "__schema" in request.query:
            return self._telling.respond(request, caller)
        return super().respond(request, caller)

    def change(self, schema: GraphQLSchema) -> None:
        """Change the schema in place."""
        raise NotImplementedError


class SearchNotTold(_Told):
    """The schema has no argument `search`."""

    def change(self, schema: GraphQLSchema) -> None:
        del _object(schema, "Query").fields["integrationsUsageDetails"].args["search"]


class ThreeMonthsNotTold(_Told):
    """The schema has no period `last_3_months`."""

    def change(self, schema: GraphQLSchema) -> None:
        del _enum(schema, "PeriodFilter").values["last_3_months"]


class DescendingNotTold(_Told):
    """The schema has one direction, `asc`."""

    def change(self, schema: GraphQLSchema) -> None:
        del _enum(schema, "SortDirection").values["desc"]


class LastRunAtNotTold(_Told):
    """The schema has no field `lastRunAt`."""

    def change(self, schema: GraphQLSchema) -> None:
        del _object(schema, "IntegrationFlow").fields["lastRunAt"]


class TasksToldAsText(_Told):
    """The schema has `tasks` as text."""

    def change(self, schema: GraphQLSchema) -> None:
        _object(schema, "IntegrationFlow").fields["tasks"] = GraphQLField(GraphQLNonNull(GraphQLString))


class FirstToldAsText(_Told):
    """The schema has `first` as text."""

    def change(self, schema: GraphQLSchema) -> None:
        _object(schema, "Query").fields["integrationsUsageDetails"].args["first"].type = GraphQLString


class StatusToldAsRequired(_Told):
    """The schema requires `status`."""

    def change(self, schema: GraphQLSchema) -> None:
        _object(schema, "Query").fields["integrationsUsageDetails"].args["status"].type = GraphQLNonNull(GraphQLString)


class SortFieldsToldAsEnum(_Told):
    """The schema lets nobody sort by a field that it does not know."""

    def change(self, schema: GraphQLSchema) -> None:
        fields = GraphQLEnumType("SortField", {name: GraphQLEnumValue(name) for name in ("name", "usage", "status")})
        _input(schema, "SortCriteria").fields["by"] = GraphQLInputField(fields)
        schema.type_map[fields.name] = fields


def _object(schema: GraphQLSchema, name: str) -> GraphQLObjectType:
    found = schema.type_map[name]
    if not isinstance(found, GraphQLObjectType):
        raise TypeError(name)
    return found


def _enum(schema: GraphQLSchema, name: str) -> GraphQLEnumType:
    found = schema.type_map[name]
    if not isinstance(found, GraphQLEnumType):
        raise TypeError(name)
    return found


def _input(schema: GraphQLSchema, name: str) -> GraphQLInputObjectType:
    found = schema.type_map[name]
    if not isinstance(found, GraphQLInputObjectType):
        raise TypeError(name)
    return found


DEVIATIONS = (
    SearchNotTold,
    ThreeMonthsNotTold,
    DescendingNotTold,
    LastRunAtNotTold,
    TasksToldAsText,
    FirstToldAsText,
    StatusToldAsRequired,
    SortFieldsToldAsEnum,
)
