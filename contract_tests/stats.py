"""The sibling query's figures as values: usage, active flows, window and history. Judges nothing."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from contract_tests.questions import LAST_3_MONTHS
from contract_tests.verdict import Malformed

DAILY, MONTHLY = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True, slots=True)
class Bucket:
    """A stretch of the history: a day, or a month."""

    date: str
    usage: float

    def is_of(self, period: str) -> bool:
        """Whether the date is written as the period has it, and there is such a date."""
        monthly = period == LAST_3_MONTHS
        if not (MONTHLY if monthly else DAILY).fullmatch(self.date):
            return False
        try:
            date.fromisoformat(f"{self.date}-01" if monthly else self.date)
        except ValueError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Stats:
    """One answer of the sibling query. Counts may come as fractions; `start` and `end` are the window as written.

    Where the answer has null for a history, it has no buckets and `keeps_history` is false.
    """

    usage: float
    active_flows: float
    start: str
    end: str
    history: tuple[Bucket, ...]
    keeps_history: bool = True

    def outside(self) -> list[str]:
        """Return the dates of the buckets that lie before the window's first day or after its last, as written."""
        lengths = ((one.date, len(one.date)) for one in self.history)
        return [date for date, length in lengths if not self.start[:length] <= date <= self.end[:length]]


def stats(value: Any) -> Stats:
    """Read the value of `integrationsUsageStats`.

    Raises:
        Malformed: where a value that judging needs is missing or of another type.

    """
    consumed, window = _mapping(value, "tasksConsumed"), _mapping(value, "filterDate")
    keeps_history = "history" not in value or value["history"] is not None
    nodes = _mapping(value, "history").get("nodes") if keeps_history else []
    if not isinstance(nodes, list):
        raise Malformed("history.nodes", "a list", nodes)
    return Stats(
        usage=_number(consumed.get("usage"), "tasksConsumed.usage"),
        active_flows=_number(value.get("activeFlows"), "activeFlows"),
        start=_text(window.get("from"), "filterDate.from"),
        end=_text(window.get("to"), "filterDate.to"),
        history=tuple(_bucket(node, f"history.nodes[{place}]") for place, node in enumerate(nodes)),
        keeps_history=keeps_history,
    )


def _bucket(node: Any, path: str) -> Bucket:
    if not isinstance(node, dict):
        raise Malformed(path, "an object", node)
    return Bucket(_text(node.get("date"), f"{path}.date"), _number(node.get("usage"), f"{path}.usage"))


def _mapping(value: Any, path: str) -> dict[str, Any]:
    found = value.get(path) if isinstance(value, dict) else None
    if not isinstance(found, dict):
        raise Malformed(path, "an object", found)
    return found


def _number(value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Malformed(path, "a number", value)
    return value


def _text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise Malformed(path, "a string", value)
    return value
