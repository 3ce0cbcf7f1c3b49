"""The fields of a query as functions: from the caller and the arguments to the values that GraphQL serves."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mock_server import access, rendering, sdl
from mock_server.choices import EmptyStatus, OnlyBlanks
from mock_server.refusals import Withheld
from mock_server.usage.question import Period, Question, Sort

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphql import GraphQLResolveInfo, GraphQLSchema

    from mock_server.choices import OrderType, Stats
    from mock_server.records import Caller, Organization, World
    from mock_server.rendering import Json
    from mock_server.rulings import Rulings
    from mock_server.usage.answering import Answer, Usage
    from mock_server.usage.flows import Flows


_PERIODS = {period.value: period for period in Period}


class Resolvers:
    """The query's fields on one world. They raise a Refusal for what the caller does not get."""

    def __init__(self, world: World, rulings: Rulings, usage: Usage) -> None:
        self.world = world
        self.rulings = rulings
        self.usage = usage
        self._flows: dict[tuple[str, Period], Flows] = {}

    def serve(self, world: World) -> None:
        """Answer from another world from now on."""
        self.world = world
        self._flows = {}

    def organization(self, caller: Caller, id_: str) -> Json | None:
        """Resolve `organization`."""
        return rendering.organization(access.organization_by_id(self.world, caller, id_, self.rulings))

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:  # noqa: ARG002 - deviations look at the selection
        """Resolve `integrationsUsageDetails`."""
        organization = self.with_usage(caller, arguments["organizationUuid"])
        asked = self.question(arguments)
        return rendering.details(self.answer(organization, asked), self.rulings.instants)

    def answer(self, organization: Organization, asked: Question) -> Answer:
        """Return the answer to a question about an organization that may be seen."""
        return self.usage.answer(self.flows(organization, asked.period), asked)

    def stats(self, caller: Caller, arguments: Mapping[str, Any]) -> Json:
        """Resolve `integrationsUsageStats`; its active flows are those that the details list."""
        return self.figures(self.with_usage(caller, arguments["organizationUuid"]), Period(arguments["period"]))

    def figures(self, organization: Organization, period: Period) -> Json:
        """Return the sibling query's figures for an organization that may be seen."""
        today = self.world.now.date()
        within = self.usage.window(period, today)
        buckets = self.usage.history(organization.flows, period, today)
        return rendering.stats(buckets, self.active_flows(organization, period), within, organization.limit)

    def active_flows(self, organization: Organization, period: Period) -> int:
        """Return how many flows the details list."""
        return len(self.flows(organization, period))

    def with_usage(self, caller: Caller, uuid: str) -> Organization:
        """Return the organization, if the caller may see its usage."""
        return access.organization_with_usage(self.world, caller, uuid, self.rulings)

    def question(self, arguments: Mapping[str, Any]) -> Question:
        """Return the arguments as a question; null and absent are one, as are by ruling some texts without a letter."""
        status, search, sort = arguments.get("status"), arguments.get("search"), arguments.get("sort")
        if status == "" and self.rulings.status_empty is EmptyStatus.EVERYTHING:
            status = None
        if search and not search.strip() and self.rulings.search_only_blanks is OnlyBlanks.EVERYTHING:
            search = None
        return Question(
            period=_PERIODS[arguments["period"]],
            status=status,
            search=search,
            sort=None if sort is None else Sort(sort.get("by"), sort.get("order")),
            first=arguments.get("first"),
            after=arguments.get("after"),
        )

    def flows(self, organization: Organization, period: Period) -> Flows:
        """Return what each flow consumed in the period, added up once."""
        key = (organization.uuid, period)
        if key not in self._flows:
            self._flows[key] = self.usage.during(organization.flows, period, self.world.now.date())
        return self._flows[key]


def _organization(resolvers: Resolvers, info: GraphQLResolveInfo[Caller], **arguments: Any) -> Json | None:
    return resolvers.organization(info.context, arguments["id"])


def _details(resolvers: Resolvers, info: GraphQLResolveInfo[Caller], **arguments: Any) -> Json | None:
    return resolvers.details(info.context, arguments, info)


def _stats(resolvers: Resolvers, info: GraphQLResolveInfo[Caller], **arguments: Any) -> Json:
    return resolvers.stats(info.context, arguments)


_FIELDS = {"organization": _organization, "integrationsUsageDetails": _details, "integrationsUsageStats": _stats}


def _withholding(field: Callable[..., Json | None]) -> Callable[..., Json | None]:
    def resolve(resolvers: Resolvers, info: GraphQLResolveInfo[Caller], **arguments: Any) -> Json | None:
        try:
            return field(resolvers, info, **arguments)
        except Withheld:
            return None

    return resolve


@lru_cache
def executable_schema(order_type: OrderType, stats: Stats) -> GraphQLSchema:
    """Return the schema with its fields bound, one for all who have the same rulings."""
    return bound(sdl.schema(order_type, stats))


def bound(schema: GraphQLSchema) -> GraphQLSchema:
    """Return the schema with its fields bound in place: the root value is a Resolvers, the context a Caller."""
    for name, field in schema.type_map["Query"].fields.items():  # type: ignore[attr-defined] # an object type
        field.resolve = _withholding(_FIELDS[name])
    return schema
