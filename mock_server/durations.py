"""Times as they are written on the command line, such as `120ms` and `3s`. Knows no option."""

from __future__ import annotations

import re

# Six digits are eleven days, and more than any clock or limiter minds.
NUMBER = r"\d{1,6}(?:\.\d{1,6})?"
UNIT = r"ms|s"
_SECONDS = {"ms": 0.001, "s": 1.0}


def seconds(number: str, unit: str) -> float:
    """Return how many seconds a number of a unit is."""
    return float(number) * _SECONDS[unit]


def duration(text: str) -> float | None:
    """Return how many seconds a text names, or None where it names no time."""
    match = re.fullmatch(rf"({NUMBER})({UNIT})", text, re.ASCII)
    return seconds(match[1], match[2]) if match else None


def written(seconds: float) -> str:
    """Return a time as it is written."""
    return f"{seconds:.10g}s" if seconds >= 1 else f"{1000 * seconds:.10g}ms"
