"""Whole months of the calendar. Knows no clock."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Window:
    """Whole months, given by their first and last day."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def month(day: date, shift: int = 0) -> Window:
    """Return the month of a day, or the one `shift` months later."""
    year, index = divmod(day.year * 12 + day.month - 1 + shift, 12)
    return Window(date(year, index + 1, 1), date(year, index + 1, monthrange(year, index + 1)[1]))
