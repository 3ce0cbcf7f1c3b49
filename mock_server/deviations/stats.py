"""Figures of the sibling query that are of another set, another period, or another unit than the details'."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mock_server.deviations.deviation import ResolversDeviation
from mock_server.usage.question import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mock_server.records import Organization, Record
    from mock_server.rendering import Json

_FIRST_PAGE = 20


class _OtherFlows(ResolversDeviation):
    """A fault that counts other records for usage and history alike."""

    def figures(self, organization: Organization, period: Period) -> Json:
        honest = super().figures(organization, period)
        limit = organization.limit
        buckets = self.usage.history(self.counted(organization.flows, period), period, self.world.now.date())
        nodes = [{"date": bucket.date, "usage": bucket.usage, "limit": limit} for bucket in buckets]
        usage = sum(bucket.usage for bucket in buckets)
        return {**honest, "tasksConsumed": {"usage": usage, "limit": limit}, "history": {"nodes": nodes}}

    def counted(self, records: Sequence[Record], period: Period) -> Sequence[Record]:
        raise NotImplementedError


class StatsOfEnabledFlows(_OtherFlows):
    """The sibling query counts the tasks of flows that are enabled."""

    breaks = ("stats.usage",)

    def counted(self, records: Sequence[Record], period: Period) -> Sequence[Record]:  # noqa: ARG002 - the step takes more than this fault looks at
        return [record for record in records if record.status == "ENABLED"]


class StatsOfTheFirstPage(_OtherFlows):
    """The sibling query counts the tasks of the flows that the first page lists."""

    breaks = ("stats.usage",)

    def counted(self, records: Sequence[Record], period: Period) -> Sequence[Record]:
        within = self.usage.window(period, self.world.now.date())
        used = [(sum(day.tasks for day in record.usage if day.day in within), record) for record in records]
        return [record for _, record in sorted(used, key=lambda pair: -pair[0])[:_FIRST_PAGE]]


class StatsCountRuns(_OtherFlows):
    """The sibling query counts runs for tasks."""

    breaks = ("stats.usage",)

    def counted(self, records: Sequence[Record], period: Period) -> Sequence[Record]:  # noqa: ARG002 - the step takes more than this fault looks at
        return [
            replace(record, usage=tuple(replace(day, tasks=day.runs) for day in record.usage)) for record in records
        ]


class StatsOfTheMonthBefore(ResolversDeviation):
    """The sibling query answers `current_month` with the figures of the last."""

    breaks = ("stats.usage", "stats.active-flows")

    def figures(self, organization: Organization, period: Period) -> Json:
        return super().figures(organization, Period.LAST_MONTH if period is Period.CURRENT_MONTH else period)


class _ActiveFlows(ResolversDeviation):
    """A fault in the number of active flows."""

    def figures(self, organization: Organization, period: Period) -> Json:
        return {**super().figures(organization, period), "activeFlows": self.active(organization, period)}

    def active(self, organization: Organization, period: Period) -> int:
        raise NotImplementedError


class ActiveFlowsAreEnabled(_ActiveFlows):
    """`activeFlows` counts flows that are enabled, whether or not they ran."""

    breaks = ("stats.active-flows",)

    def active(self, organization: Organization, period: Period) -> int:  # noqa: ARG002 - the step takes more than this fault looks at
        return sum(record.status == "ENABLED" for record in organization.flows)


class ActiveFlowsOfOnePage(_ActiveFlows):
    """`activeFlows` counts no further than one page."""

    breaks = ("stats.active-flows",)

    def active(self, organization: Organization, period: Period) -> int:
        return min(len(self.flows(organization, period)), _FIRST_PAGE)


class ActiveFlowsByName(_ActiveFlows):
    """`activeFlows` counts flows of one name once."""

    breaks = ("stats.active-flows",)

    def active(self, organization: Organization, period: Period) -> int:
        return len({flow.name for flow in self.flows(organization, period)})


class ActiveFlowsWithTasks(_ActiveFlows):
    """`activeFlows` leaves out flows that ran and completed no task."""

    breaks = ("stats.active-flows",)

    def active(self, organization: Organization, period: Period) -> int:
        return sum(flow.tasks > 0 for flow in self.flows(organization, period))


DEVIATIONS = (
    StatsOfEnabledFlows,
    StatsOfTheFirstPage,
    StatsCountRuns,
    StatsOfTheMonthBefore,
    ActiveFlowsAreEnabled,
    ActiveFlowsOfOnePage,
    ActiveFlowsByName,
    ActiveFlowsWithTasks,
)
