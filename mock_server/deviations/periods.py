"""Periods that are not answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mock_server.deviations.deviation import ResolversDeviation
from mock_server.deviations.failing import TimedOut
from mock_server.refusals import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import GraphQLResolveInfo

    from mock_server.records import Caller, Organization
    from mock_server.rendering import Json
    from mock_server.usage.flows import Flows
    from mock_server.usage.question import Period


class LastMonthRefused(ResolversDeviation):
    """`last_month` is an error."""

    breaks = ("period.accepted",)

    def flows(self, organization: Organization, period: Period) -> Flows:
        if period == "last_month":
            raise InvalidInput(period.value)
        return super().flows(organization, period)


class LastThreeMonthsRefused(ResolversDeviation):
    """`last_3_months` is an error."""

    breaks = ("period.accepted",)

    def flows(self, organization: Organization, period: Period) -> Flows:
        if period == "last_3_months":
            raise InvalidInput(period.value)
        return super().flows(organization, period)


class CurrentMonthRefused(ResolversDeviation):
    """`current_month` is an error, as if it were not closed yet."""

    breaks = ("period.accepted", "operation.documented")

    def flows(self, organization: Organization, period: Period) -> Flows:
        if period == "current_month":
            raise InvalidInput(period.value)
        return super().flows(organization, period)


class LastThreeMonthsNull(ResolversDeviation):
    """`last_3_months` gives null and no error."""

    breaks = ("period.accepted",)

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        honest = super().details(caller, arguments, info)
        return None if arguments["period"] == "last_3_months" else honest


class LastMonthFailsUnderSort(ResolversDeviation):
    """`last_month` with any `sort` is a failure of the server."""

    breaks = ("period.accepted", "robustness.generated-queries")

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        if arguments["period"] == "last_month" and arguments.get("sort"):
            raise RuntimeError("Internal server error")
        return super().details(caller, arguments, info)


class LastThreeMonthsTimeOutUnderStatus(ResolversDeviation):
    """`last_3_months` with any `status` takes longer than the server gives itself, each time."""

    breaks = ("period.accepted",)

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        if arguments["period"] == "last_3_months" and arguments.get("status"):
            raise TimedOut
        return super().details(caller, arguments, info)


DEVIATIONS = (
    LastMonthRefused,
    LastThreeMonthsRefused,
    CurrentMonthRefused,
    LastThreeMonthsNull,
    LastMonthFailsUnderSort,
    LastThreeMonthsTimeOutUnderStatus,
)
