"""The values of options as they are given: read, or refused in a line."""

import difflib
import re
from collections.abc import Iterable

SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "": 1.0}


class WrongUsage(Exception):
    """The run cannot begin as it was told to; the text is one line for the user."""


def seconds(text: str, option: str) -> float:
    """Read a time like `33s`, `5m`, `120ms` or `2.5`, which is in seconds."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s|m|h|)", text.strip())
    if not match or float(match[1]) == 0:
        raise WrongUsage(f"{option} takes a time such as 33s, 5m or 120ms, not {text!r}")
    return float(match[1]) * SECONDS[match[2]]


def near_misses(name: str, known: Iterable[str]) -> str:
    """Say which known names are close to one that is not known, as the end of a sentence."""
    close = difflib.get_close_matches(name, list(known), n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(close)}?" if close else ""


def known(name: str, known: Iterable[str], what: str) -> str:
    """Return a name if it is known."""
    names = list(known)
    if name not in names:
        known_names = f"; known are {', '.join(names)}" if len(names) < 12 else "; `contract-tests clauses` lists them"
        raise WrongUsage(f"unknown {what} {name!r}{near_misses(name, names) or known_names}")
    return name


def number(text: str, option: str, least: int) -> int:
    """Read a whole number."""
    if not re.fullmatch(r"\d{1,18}", str(text)) or int(text) < least:
        raise WrongUsage(f"{option} takes a whole number from {least}, not {text!r}")
    return int(text)


def rate(text: str) -> float:
    """Read a rate like `10/s` or `300/m`; return it in requests a second."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(?:/(\d*)(s|m|h))?", text.strip())
    if not match or float(match[1]) == 0 or match[2] == "0":
        raise WrongUsage(f"--rate takes requests a time such as 10/s or 300/m, not {text!r}")
    return float(match[1]) / (int(match[2] or 1) * SECONDS[match[3] or "s"])
