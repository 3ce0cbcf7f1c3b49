"""A world told at another time: its story moved by whole months, so that it ends at a given instant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mock_server.months import month

if TYPE_CHECKING:
    from datetime import date, datetime

    from mock_server.records import Day, Record, World


def moved(world: World, now: datetime) -> World:
    """Return the world with `now` as its clock and each month's usage in the month that has taken its place.

    What was used in a period stays the same. Days that the new month does not have, or that lie after `now`, fold into
    the last day that is possible; a last run later than `now` becomes one at `now`.
    """
    shift = (now.year - world.now.year) * 12 + now.month - world.now.month
    organizations = tuple(
        replace(organization, flows=tuple(_record(flow, shift, now) for flow in organization.flows))
        for organization in world.organizations
    )
    return replace(world, now=now, organizations=organizations)


def _record(flow: Record, shift: int, now: datetime) -> Record:
    days: dict[date, Day] = {}
    for told in flow.usage:
        day = _day(told, shift, now)
        days[day.day] = _folded(days[day.day], day) if day.day in days else day
    return replace(flow, usage=tuple(days[day] for day in sorted(days)))


def _day(day: Day, shift: int, now: datetime) -> Day:
    whole = month(day.day, shift)
    latest = min(whole.last, now.date())
    to = whole.first.replace(day=min(day.day.day, latest.day))
    last = min(day.last, now.time().replace(microsecond=0)) if day.last and to == now.date() else day.last
    return replace(day, day=to, last=last)


def _folded(earlier: Day, later: Day) -> Day:
    newest = later if later.runs else earlier
    return replace(newest, tasks=earlier.tasks + later.tasks, runs=earlier.runs + later.runs)
