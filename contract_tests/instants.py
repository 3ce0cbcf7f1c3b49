"""Whether a text is an instant: a date, a time of day and an offset, as ISO 8601 and RFC 3339 write them."""

import re
from datetime import datetime

# RFC 3339 allows a blank and small letters, and a leap second, which datetime does not know.
FORM = re.compile(r"\d{4}-?\d{2}-?\d{2}[Tt ]\d{2}(:?\d{2}(:?\d{2}([.,]\d+)?)?)?([Zz]|[+-]\d{2}(:?\d{2})?)")


def is_instant(value: object) -> bool:
    """Whether a JSON value names one instant. Fractions and offsets are fine; a local time without offset is none."""
    if not isinstance(value, str) or not FORM.fullmatch(value):
        return False
    text = re.sub(r"(\d{2}:?\d{2}:?)60", r"\g<1>59", value.upper().replace(",", "."))
    try:
        datetime.fromisoformat(text.replace(" ", "T"))
    except ValueError:
        return False
    return True
