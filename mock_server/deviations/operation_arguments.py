"""Requests that should be refused and are answered: missing arguments, unknown periods, wrong types."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mock_server import sdl
from mock_server.deviations.deviation import ExecutionDeviation
from mock_server.resolvers import bound
from mock_server.usage.question import Period

if TYPE_CHECKING:
    from graphql import GraphQLSchema

    from mock_server.execution import Request
    from mock_server.records import Caller
    from mock_server.rendering import Json

_PERIODS = frozenset(period.value for period in Period)


class _Lenient(ExecutionDeviation):
    """A fault that understands variables as they should not be understood."""

    def respond(self, request: Request, caller: Caller) -> Json:
        understood = self.understood(dict(request.variables or {}))
        return super().respond(replace(request, variables=understood), caller)

    def understood(self, variables: Json) -> Json:
        return variables


class _Optional(_Lenient):
    """A fault that does without an argument that it needs."""

    argument = ""
    type = ""

    def offered(self) -> GraphQLSchema:
        rulings = self.resolvers.rulings
        required = f"{self.argument}: {self.type}!"
        optional = f"{required} = {self.default()}"
        return bound(sdl.schema(rulings.order_type, rulings.stats, ((required, optional),)))

    def default(self) -> str:
        raise NotImplementedError

    def respond(self, request: Request, caller: Caller) -> Json:
        query = request.query.replace(f"${self.argument}: {self.type}!", f"${self.argument}: {self.type}")
        return super().respond(replace(request, query=query), caller)

    def understood(self, variables: Json) -> Json:
        given = variables.get(self.argument) is not None
        return variables if given else {key: variables[key] for key in variables if key != self.argument}


class PeriodOptional(_Optional):
    """Without `period`, the current month is answered."""

    breaks = ("operation.required-arguments",)
    argument = "period"
    type = "PeriodFilter"

    def default(self) -> str:
        return "current_month"


class PeriodOptionalInTheOperation(PeriodOptional):
    """An operation that has no `period` at all is answered for the current month; one without its value is refused."""

    def respond(self, request: Request, caller: Caller) -> Json:
        return super(_Optional, self).respond(request, caller)

    def understood(self, variables: Json) -> Json:
        return variables


class OrganizationOptional(_Optional):
    """Without `organizationUuid`, the first organization is answered."""

    breaks = ("operation.required-arguments",)
    argument = "organizationUuid"
    type = "ID"

    def default(self) -> str:
        return f'"{self.resolvers.world.organizations[0].uuid}"'


class NullPeriodIsTheCurrentMonth(_Lenient):
    """A null `period` means the current month."""

    breaks = ("operation.required-arguments",)

    def understood(self, variables: Json) -> Json:
        null = "period" in variables and variables["period"] is None
        return {**variables, "period": "current_month"} if null else variables


class FlowsBesideRefusal(_Lenient):
    """A missing or unknown `period` gives an error, and the current month's flows beside it."""

    breaks = ("operation.required-arguments", "operation.unknown-period")

    def respond(self, request: Request, caller: Caller) -> Json:
        response = super().respond(request, caller)
        variables = request.variables or {}
        if "data" in response or variables.get("period") in _PERIODS:
            return response
        answered = super().respond(replace(request, variables={**variables, "period": "current_month"}), caller)
        return {**answered, **response}


class UnknownPeriodIsTheCurrentMonth(_Lenient):
    """A period that there is not means the current month."""

    breaks = ("operation.unknown-period",)

    def understood(self, variables: Json) -> Json:
        unknown = isinstance(variables.get("period"), str) and variables["period"] not in _PERIODS
        return {**variables, "period": "current_month"} if unknown else variables


class PeriodInAnyCase(_Lenient):
    """`CURRENT_MONTH` is understood too."""

    breaks = ("operation.unknown-period",)

    def understood(self, variables: Json) -> Json:
        period = variables.get("period")
        return {**variables, "period": period.lower()} if isinstance(period, str) else variables


class EmptyPeriodIsTheCurrentMonth(_Lenient):
    """An empty period means the current month."""

    breaks = ("operation.unknown-period",)

    def understood(self, variables: Json) -> Json:
        return {**variables, "period": "current_month"} if variables.get("period") == "" else variables


class UnknownPeriodEmpty(_Lenient):
    """A period that there is not gives an answer without flows, and no error."""

    breaks = ("operation.unknown-period",)

    def understood(self, variables: Json) -> Json:
        unknown = isinstance(variables.get("period"), str) and variables["period"] not in _PERIODS
        return {**variables, "period": "current_month", "search": "\0"} if unknown else variables


class FirstAsText(_Lenient):
    """`first: "20"` is understood as 20."""

    breaks = ("operation.wrong-types",)

    def understood(self, variables: Json) -> Json:
        first = variables.get("first")
        return {**variables, "first": int(first)} if isinstance(first, str) and first.isdecimal() else variables


class SearchAsNumber(_Lenient):
    """`search: 1` is understood as the text 1."""

    breaks = ("operation.wrong-types",)

    def understood(self, variables: Json) -> Json:
        number = type(variables.get("search")) in (int, float)
        return {**variables, "search": str(variables["search"])} if number else variables


class SortAsText(_Lenient):
    """`sort: "usage"` is understood as `by: usage`."""

    breaks = ("operation.wrong-types",)

    def understood(self, variables: Json) -> Json:
        text = isinstance(variables.get("sort"), str)
        return {**variables, "sort": {"by": variables["sort"], "order": "desc"}} if text else variables


class WrongTypesDropped(_Lenient):
    """Variables of the wrong type are taken as left out."""

    breaks = ("operation.wrong-types",)

    def understood(self, variables: Json) -> Json:
        return {key: value for key, value in variables.items() if value is None or _fits(key, value)}


def _fits(key: str, value: Any) -> bool:
    expected: dict[str, type] = {"first": int, "after": str, "search": str, "status": str, "sort": dict}
    return isinstance(value, expected.get(key, object))


DEVIATIONS = (
    PeriodOptional,
    PeriodOptionalInTheOperation,
    OrganizationOptional,
    NullPeriodIsTheCurrentMonth,
    FlowsBesideRefusal,
    UnknownPeriodIsTheCurrentMonth,
    PeriodInAnyCase,
    EmptyPeriodIsTheCurrentMonth,
    UnknownPeriodEmpty,
    FirstAsText,
    SearchAsNumber,
    SortAsText,
    WrongTypesDropped,
)
