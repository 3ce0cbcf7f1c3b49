"""A history that does not add up, has buckets it should not have, or lies in a window that is none."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from mock_server.deviations.deviation import ResolversDeviation
from mock_server.months import month
from mock_server.usage.question import Period

if TYPE_CHECKING:
    from mock_server.records import Organization
    from mock_server.rendering import Json

Buckets = list["Json"]


class _History(ResolversDeviation):
    """A fault in the buckets; usage is what it was."""

    def figures(self, organization: Organization, period: Period) -> Json:
        honest = super().figures(organization, period)
        return {**honest, "history": {"nodes": self.buckets(honest["history"]["nodes"], period)}}

    def buckets(self, honest: Buckets, period: Period) -> Buckets:
        raise NotImplementedError


class HistoryWithoutToday(_History):
    """The newest bucket is not in the history yet, and its tasks are in the usage."""

    breaks = ("stats.history-adds-up",)

    def buckets(self, honest: Buckets, period: Period) -> Buckets:  # noqa: ARG002 - the step takes more than this fault looks at
        return honest[:-1]


class HistoryOfAWeek(_History):
    """The history ends after seven buckets."""

    breaks = ("stats.history-adds-up",)

    def buckets(self, honest: Buckets, period: Period) -> Buckets:  # noqa: ARG002 - the step takes more than this fault looks at
        return honest[:7]


class HistoryPiledUp(_History):
    """Each bucket holds all that was consumed since the window began."""

    breaks = ("stats.history-adds-up",)

    def buckets(self, honest: Buckets, period: Period) -> Buckets:  # noqa: ARG002 - the step takes more than this fault looks at
        sums = accumulate(bucket["usage"] for bucket in honest)
        return [{**bucket, "usage": usage} for bucket, usage in zip(honest, sums, strict=True)]


class HistoryRounded(_History):
    """Buckets are rounded to tens."""

    breaks = ("stats.history-adds-up",)

    def buckets(self, honest: Buckets, period: Period) -> Buckets:  # noqa: ARG002 - the step takes more than this fault looks at
        return [{**bucket, "usage": round(bucket["usage"], -1)} for bucket in honest]


class BucketInTwo(_History):
    """The newest bucket comes in two halves of one date."""

    breaks = ("stats.buckets",)

    def buckets(self, honest: Buckets, period: Period) -> Buckets:  # noqa: ARG002 - the step takes more than this fault looks at
        if not honest:
            return honest
        half = honest[-1]["usage"] // 2
        return [*honest[:-1], {**honest[-1], "usage": half}, {**honest[-1], "usage": honest[-1]["usage"] - half}]


class BucketsADayEarly(_History):
    """Days are named in a time zone west of the window's, so that its first one falls on the day before."""

    breaks = ("stats.buckets",)

    def buckets(self, honest: Buckets, period: Period) -> Buckets:
        if period is Period.LAST_3_MONTHS:
            return honest
        early = (date.fromisoformat(bucket["date"]) - timedelta(days=1) for bucket in honest)
        return [{**bucket, "date": day.isoformat()} for bucket, day in zip(honest, early, strict=True)]


class MonthsByTheirFirstDay(_History):
    """A bucket of a month is dated with its first day."""

    breaks = ("stats.buckets",)

    def buckets(self, honest: Buckets, period: Period) -> Buckets:
        if period is not Period.LAST_3_MONTHS:
            return honest
        return [{**bucket, "date": f"{bucket['date']}-01"} for bucket in honest]


class DaysWithTheirTime(_History):
    """A bucket of a day is dated with an instant."""

    breaks = ("stats.buckets",)

    def buckets(self, honest: Buckets, period: Period) -> Buckets:
        if period is Period.LAST_3_MONTHS:
            return honest
        return [{**bucket, "date": f"{bucket['date']}T00:00:00Z"} for bucket in honest]


class MonthsWithoutZero(_History):
    """Months below ten are written with one digit."""

    breaks = ("stats.buckets",)

    def buckets(self, honest: Buckets, period: Period) -> Buckets:  # noqa: ARG002 - the step takes more than this fault looks at
        return [{**bucket, "date": bucket["date"].replace("-0", "-")} for bucket in honest]


class _Window(ResolversDeviation):
    """A fault in the window that is told."""

    breaks = ("stats.window",)

    def figures(self, organization: Organization, period: Period) -> Json:
        honest = super().figures(organization, period)
        return {**honest, "filterDate": self.window(honest["filterDate"], period)}

    def window(self, honest: Json, period: Period) -> Json:
        raise NotImplementedError


class WindowReversed(_Window):
    """The window is told from its end to its beginning."""

    def window(self, honest: Json, period: Period) -> Json:  # noqa: ARG002 - the step takes more than this fault looks at
        return {"from": honest["to"], "to": honest["from"]}


class WindowOfThreeMonthsReversed(_Window):
    """The window of three months is told from its end to its beginning."""

    def window(self, honest: Json, period: Period) -> Json:
        return {"from": honest["to"], "to": honest["from"]} if period is Period.LAST_3_MONTHS else honest


class WindowEndsAMonthEarly(_Window):
    """The window ends with the month before its last one."""

    def window(self, honest: Json, period: Period) -> Json:  # noqa: ARG002 - the step takes more than this fault looks at
        last = month(date.fromisoformat(honest["to"][:10]), -1).last
        return {**honest, "to": f"{last}T23:59:59Z"}


class WindowOfLastMonthBeginsToday(_Window):
    """The window of the last month begins today."""

    def window(self, honest: Json, period: Period) -> Json:
        today = self.world.now.date()
        return {**honest, "from": f"{today}T00:00:00Z"} if period is Period.LAST_MONTH else honest


DEVIATIONS = (
    HistoryWithoutToday,
    HistoryOfAWeek,
    HistoryPiledUp,
    HistoryRounded,
    BucketInTwo,
    BucketsADayEarly,
    MonthsByTheirFirstDay,
    DaysWithTheirTime,
    MonthsWithoutZero,
    WindowReversed,
    WindowOfThreeMonthsReversed,
    WindowEndsAMonthEarly,
    WindowOfLastMonthBeginsToday,
)
