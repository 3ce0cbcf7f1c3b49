"""Instants: a date, a time of day and an offset, as ISO 8601 and RFC 3339 write them."""

import re
from datetime import UTC, datetime

# RFC 3339 allows a blank and small letters, and a leap second, which datetime does not know.
FORM = re.compile(r"\d{4}-?\d{2}-?\d{2}[Tt ]\d{2}(:?\d{2}(:?\d{2}([.,]\d+)?)?)?([Zz]|[+-]\d{2}(:?\d{2})?)")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def is_instant(value: object) -> bool:
    """Whether a JSON value names one instant. Fractions and offsets are fine; a local time without offset is none."""
    return isinstance(value, str) and instant(value) is not None


def instant(text: str) -> datetime | None:
    """Return the instant that a text names, None where it names none."""
    if not FORM.fullmatch(text):
        return None
    plain = re.sub(r"(\d{2}:?\d{2}:?)60", r"\g<1>59", text.upper().replace(",", ".").replace(" ", "T"))
    try:
        return datetime.fromisoformat(plain)
    except ValueError:
        return None


def instant_or_day(text: str) -> datetime | None:
    """Return the instant that a text names, or the beginning of the day that it names; None for neither."""
    if not DAY.fullmatch(text):
        return instant(text)
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None
