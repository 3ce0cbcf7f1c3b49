"""The anonymous world of what was read, in the form that the mock serves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from contract_tests.answers import Flow
from contract_tests.questions import CURRENT_MONTH, LAST_3_MONTHS, LAST_MONTH
from contract_tests.recording import collations, renaming, silences
from contract_tests.recording.days import Day, Month, Segment, Usage, parts, utc
from contract_tests.recording.filing import World, text
from contract_tests.recording.listing import Seen, listed
from contract_tests.recording.matching import Contradiction, Matched, matched
from contract_tests.recording.pseudonyms import Pseudonyms
from contract_tests.recording.reading import CannotRecord, Read, Reading

# The callers that the mock's own worlds have: tokens that open nothing.
CALLERS = (
    ("super-admin-token", "super_admin", False),
    ("admin-token", "admin", False),
    ("member-token", "normal", False),
    ("expired-token", "super_admin", True),
)
LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Recording:
    """A world, the choices of rulings that serve it as it was read, and what it does not give all the same."""

    world: World
    rulings: dict[str, str]
    notes: tuple[str, ...]

    @property
    def text(self) -> str:
        """The file, one line a project, a flow and a caller."""
        return text(self.world)


def recording(reading: Reading, key: bytes, now: datetime) -> Recording:
    """Return the world of what was read, under pseudonyms of a key.

    Raises:
        CannotHide: where no pseudonyms keep the originals out.
        CannotRecord: where the periods contradict each other.

    """
    periods = reading.periods
    flows, owners, with_current = _matched(periods)
    current = silences.current_month(periods, now)
    months = silences.windows(current, with_current=with_current)
    any_run = silences.tells_of_any_run(periods, months)
    until = silences.told_until(periods)
    usage = _usage(periods, flows, months, with_current=with_current)
    if any_run:
        _enter_old_runs(flows, usage, months[LAST_3_MONTHS][0])
    order, missed = listed(len(flows), _orders(periods, owners))
    name_orders = [[row.name for row in read.by_name] for read in periods.values()]
    pseudonyms = Pseudonyms(renaming.names(flows), key, collations.seen(name_orders))
    organization = renaming.organization(reading.limit, key, pseudonyms, [flows[place] for place in order])
    for flow, place in zip(organization["flows"], order, strict=True):
        flow["usage"] = [_day(day, usage[place][day]) for day in sorted(usage[place])]
    notes = [*reading.notes, *_notes(periods, flows, missed, pseudonyms)]
    world = {
        "sentence": f"An organization of {len(flows)} flows, recorded and made anonymous.",
        "now": f"{_clock(current, usage, flows, until, now):%Y-%m-%dT%H:%M:%SZ}",
        "organizations": [organization, renaming.elsewhere(key)],
        "callers": [
            {"token": token, "role": role, "organizations": [organization["id"]], "expired": expired}
            for token, role, expired in CALLERS
        ],
    }
    found = {"name-collation": collations.choice(name_orders)} | ({} if missed else {"tie-break": "listed"})
    rulings = silences.concluded(reading, until, with_current=with_current, any_run=any_run) | found
    return Recording(world, rulings, tuple(notes))


def _matched(periods: dict[str, Read]) -> tuple[list[Matched], dict[str, list[int]], bool]:
    rows = {period: read.flows for period, read in periods.items()}
    for with_current in silences.three_months(periods):
        try:
            return *matched(rows, with_current=with_current), with_current
        except Contradiction:
            continue
    raise CannotRecord("last_3_months has less than the months in it: `contract-tests run` tells what is wrong")


def _usage(
    periods: dict[str, Read], flows: Sequence[Matched], months: dict[str, tuple[Month, ...]], *, with_current: bool
) -> list[Usage]:
    usage: list[Usage] = [{} for _ in flows]
    known = months[CURRENT_MONTH] + months[LAST_MONTH]
    rest = tuple(month for month in months[LAST_3_MONTHS] if month not in known)
    for period, found in parts(flows, with_current=with_current).items():
        if period == LAST_3_MONTHS:
            Segment(rest, found, _history(periods[period], rest), monthly=True).spread(usage)
        else:
            Segment(months[period], found, _history(periods[period], months[period])).spread(usage)
    return usage


def _history(read: Read, months: Sequence[Month]) -> dict[date, int]:
    """Return the figures of the history in some months, by day or by the first day of the month."""
    if read.stats is None or not read.is_sound:
        return {}
    days = {date.fromisoformat(f"{bucket.date}-01"[:10]): int(bucket.usage) for bucket in read.stats.history}
    return {day: used for day, used in days.items() if any(day in month for month in months)}


def _enter_old_runs(flows: Sequence[Matched], usage: Sequence[Usage], first: Month) -> None:
    """Let flows have run before all periods, where that is what their last run says."""
    for flow, days in zip(flows, usage, strict=True):
        last = utc(flow.flow.last_run_at)
        if last and last.date() < first.first:
            days[last.date()] = Day(0, 1, f"{last:%H:%M:%S}")


def _orders(periods: dict[str, Read], owners: dict[str, list[int]]) -> list[Seen]:
    """Return the orders that were seen, the default ones first."""
    seen = [
        Seen(f"{one.period} by usage", one.flows, owners[one.period], lambda row: row.tasks) for one in periods.values()
    ]
    for one in periods.values():
        by_name = _owners(one.flows, owners[one.period], one.by_name)
        seen.append(Seen(f"{one.period} by name", one.by_name, by_name, lambda row: row.name))
    for one in periods.values():
        by_status = _owners(one.flows, owners[one.period], one.by_status)
        seen.append(Seen(f"{one.period} by status", one.by_status, by_status, lambda row: row.status))
    return seen


def _owners(rows: Sequence[Flow], owners: Sequence[int], others: Sequence[Flow]) -> list[int]:
    """Return the flow of each row of another order; equal rows are taken in turn."""
    waiting: dict[Flow, list[int]] = {}
    for row, owner in zip(rows, owners, strict=True):
        waiting.setdefault(row, []).append(owner)
    return [waiting[row].pop(0) for row in others]


def _day(day: date, used: Day) -> World:
    return {"day": day.isoformat(), "tasks": used.tasks, "runs": used.runs, "last": used.last}


def _clock(
    current: Month, usage: Sequence[Usage], flows: Sequence[Matched], until: date | None, now: datetime
) -> datetime:
    """Return the clock of the world: this moment where it is in the current month, and never before what was used.

    Elsewhere it is the end of the month, or of the last day that the history tells of without any use of it.
    """
    newest = max((day for days in usage for day in days), default=current.first)
    last = max((found for flow in flows for row in flow.rows.values() if (found := utc(row.last_run_at))), default=None)
    moment = now.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    least = datetime(newest.year, newest.month, newest.day)  # in UTC, as all of them
    if moment.date() in current:
        return max(moment, least, last or least)
    end = until + timedelta(days=1) if until and until in current else current.shifted(1).first
    return datetime(end.year, end.month, end.day) - timedelta(seconds=1)  # as above


def _notes(
    periods: dict[str, Read], flows: Sequence[Matched], missed: Sequence[str], pseudonyms: Pseudonyms
) -> Iterable[str]:
    if missed:
        yield f"no one order of the flows gives equal ones as they came: not in {', '.join(missed)}"
    if pseudonyms.misplaced:
        yield f"{pseudonyms.misplaced} names sort otherwise than they did under a collation that was seen"
    if silences.lists_idle_flows(periods) and any(len(flow.rows) < len(periods) for flow in flows):
        yield "some flows that did nothing are listed and others are not: in the world all are"
    for read in periods.values():
        if not read.is_sound:
            yield f"the history of {read.period} is of another form or sum than the documented one, and is not kept"
        if sum(row.tasks for row in read.flows) > LARGEST:
            yield f"the tasks of {read.period} are more than GraphQL's largest Int, which the mock does not serve"
