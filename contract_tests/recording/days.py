"""Usage by day, such that every period has what was read: each flow's tasks, runs and last run, and the history."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from contract_tests.instants import instant
from contract_tests.questions import CURRENT_MONTH, LAST_3_MONTHS, LAST_MONTH
from contract_tests.recording.matching import Matched, runs


@dataclass(slots=True)
class Day:
    """What a flow used on a day; `last` is the time of its last run, as `HH:MM:SS` in UTC."""

    tasks: int = 0
    runs: int = 0
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar, by its first day."""

    first: date

    def shifted(self, months: int) -> "Month":
        year, index = divmod(self.first.year * 12 + self.first.month - 1 + months, 12)
        return Month(date(year, index + 1, 1))

    def __contains__(self, day: date) -> bool:
        return (day.year, day.month) == (self.first.year, self.first.month)


@dataclass(slots=True)
class Part:
    """What one flow used in one part of the time: some months that follow each other."""

    tasks: int
    runs: int
    last: datetime | None


Usage = dict[date, Day]


@dataclass(frozen=True, slots=True)
class Segment:
    """Some months with each flow's part in them; `history` has the tasks of all flows together.

    It is by day, or where it is `monthly` by the first day of each month.
    """

    months: tuple[Month, ...]
    parts: Sequence[Part | None]
    history: dict[date, int] = field(default_factory=dict)
    monthly: bool = False

    @property
    def adds_up(self) -> bool:
        return bool(self.history and self.parts) and sum(self.history.values()) == sum(
            part.tasks for part in self.parts if part
        )

    def spread(self, usage: Sequence[Usage]) -> None:
        """Enter the segment into the usage of each flow."""
        places = [self._place(part) if part else None for part in self.parts]
        if self.adds_up:
            self._spread_by_history(places, usage)
        otherwise = min(self.history, default=self.months[-1].first)
        for part, place, days in zip(self.parts, places, usage, strict=True):
            own = [day for day in days if any(day in month for month in self.months)]
            day = place or max(own, default=otherwise)
            if part and part.tasks and not self.adds_up:
                days.setdefault(day, Day()).tasks += part.tasks
            if part and part.runs:
                ran = days.setdefault(day, Day())
                ran.runs, ran.last = part.runs, f"{part.last:%H:%M:%S}" if part.last and place else None

    def _spread_by_history(self, places: Sequence[date | None], usage: Sequence[Usage]) -> None:
        """Give each flow's tasks to its own day as far as the history has room there, and the rest in turn."""
        room = dict(self.history)
        left = [part.tasks if part else 0 for part in self.parts]
        for index, place in enumerate(places):
            if place is not None:
                self._move(index, self._bucket(place), place, left, room, usage)
        rooms = iter(sorted(room))
        bucket = next(rooms, None)
        for index in range(len(left)):
            while left[index] and bucket is not None:
                self._move(index, bucket, bucket, left, room, usage)
                if not room[bucket]:
                    bucket = next(rooms, None)
        # A day without usage may be told too; it is told again where some flow has it.
        shown = {self._bucket(day) for days in usage for day in days}
        for day in sorted(set(self.history) - shown):
            usage[0][day] = Day()

    def _move(
        self, index: int, bucket: date, day: date, left: list[int], room: dict[date, int], usage: Sequence[Usage]
    ) -> None:
        moved = min(left[index], room.get(bucket, 0))
        if moved:
            usage[index].setdefault(day, Day()).tasks += moved
            left[index] -= moved
            room[bucket] -= moved

    def _bucket(self, day: date) -> date:
        return day.replace(day=1) if self.monthly else day

    def _place(self, part: Part) -> date | None:
        """The day of the last run, where that is known and lies in the months."""
        known = part.last is not None and any(part.last.date() in month for month in self.months)
        return part.last.date() if part.last and known else None


def parts(flows: Iterable[Matched], *, with_current: bool) -> dict[str, list[Part | None]]:
    """Return each flow's part in each month, and in what `last_3_months` has beside them."""
    found: dict[str, list[Part | None]] = defaultdict(list)
    for flow in flows:
        rows = {period: _part(flow, period) for period in (CURRENT_MONTH, LAST_MONTH, LAST_3_MONTHS)}
        known = [rows[period] for period in ((CURRENT_MONTH, LAST_MONTH) if with_current else (LAST_MONTH,))]
        found[CURRENT_MONTH].append(rows[CURRENT_MONTH])
        found[LAST_MONTH].append(rows[LAST_MONTH])
        found[LAST_3_MONTHS].append(_rest(rows[LAST_3_MONTHS], [part for part in known if part]))
    return found


def _part(flow: Matched, period: str) -> Part | None:
    row = flow.rows.get(period)
    if row is None:
        return None
    return Part(row.tasks, runs(row), utc(row.last_run_at))


def _rest(whole: Part | None, known: Sequence[Part]) -> Part | None:
    if whole is None:
        return None
    ran = any(part.runs for part in known)
    return Part(
        whole.tasks - sum(part.tasks for part in known),
        whole.runs - sum(part.runs for part in known),
        None if ran else whole.last,
    )


def utc(value: object) -> datetime | None:
    """Return the instant in UTC, to the second and without a zone; None for what is none."""
    found = instant(value) if isinstance(value, str) else None
    if found is None:
        return None
    return (found.replace(tzinfo=None) - (found.utcoffset() or timedelta())).replace(microsecond=0)
