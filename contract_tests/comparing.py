"""Two reports side by side: which clauses and observations changed, and which of it for the worse."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from contract_tests.arguments import WrongUsage
from contract_tests.observing import Change, changes
from contract_tests.reports.written import no_report, written
from contract_tests.verdict import Verdict

SAME, WORSE = 0, 1
# What is said of a clause that one of the reports does not have.
ABSENT = "absent"
STANDARD_OUTPUT = "-"


class Direction(StrEnum):
    """What a change of a clause's verdict is."""

    WORSE = "worse"
    BETTER = "better"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Compared:
    """A clause whose verdict changed; `reason` is the newer one's."""

    id: str
    before: str
    now: str
    direction: Direction
    reason: str


@dataclass(frozen=True, slots=True)
class Side:
    """What of a report is compared: each clause's verdict and reason, and the observations."""

    target: str
    started: str
    verdict: str
    clauses: Mapping[str, tuple[str, str]]
    observations: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.target} at {self.started}, {self.verdict}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one report to another."""

    before: Side
    now: Side
    clauses: tuple[Compared, ...]
    observations: tuple[Change, ...]

    @property
    def worse(self) -> bool:
        return any(one.direction == Direction.WORSE for one in self.clauses)


def command(before: str, now: str, to: str | None) -> int:
    """Print what changed between two reports, or write it as JSON; return 1 where some of it is for the worse.

    Raises:
        WrongUsage: where one of the files is no report, or the JSON cannot be written.

    """
    comparison = compared(side(before), side(now))
    text = json.dumps(as_json(comparison), ensure_ascii=False, indent=2)
    if to == STANDARD_OUTPUT:
        print(text)
    else:
        for line in lines(comparison):
            print(line)
    if to not in (None, STANDARD_OUTPUT):
        try:
            Path(to).write_text(text + "\n", encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            raise WrongUsage(f"the comparison {to} cannot be written: {error.strerror}") from None
    return WORSE if comparison.worse else SAME


def side(path: str) -> Side:
    """Read one of the reports.

    Raises:
        WrongUsage: where the file cannot be read or is no report.

    """
    report = written(path)
    try:
        clauses = {str(one["id"]): (Verdict(one["verdict"]).value, str(one["reason"])) for one in report["clauses"]}
        observations = {str(name): str(value) for name, value in report["observations"].items()}
        target = "the embedded mock" if report.get("embedded") else str(report["target"])
        return Side(target, str(report["started"]), Verdict(report["verdict"]).value, clauses, observations)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise no_report(path) from None


def compared(before: Side, now: Side) -> Comparison:
    """Compare two reports: of the same server on two days, or of two servers."""
    ids = dict.fromkeys((*before.clauses, *now.clauses))
    absent = (ABSENT, "the report does not have this clause")
    pairs = ((name, before.clauses.get(name, absent)[0], now.clauses.get(name, absent)) for name in ids)
    found = (Compared(name, old, new, _direction(old, new), reason) for name, old, (new, reason) in pairs if old != new)
    return Comparison(before, now, tuple(found), changes(before.observations, now.observations))


def _direction(before: str, now: str) -> Direction:
    """To be broken is worse than anything, and what was kept is worse off where it cannot be judged."""
    if now == Verdict.BROKEN or (before, now) == (Verdict.KEPT, Verdict.INCONCLUSIVE):
        return Direction.WORSE
    if now == Verdict.KEPT and before in (Verdict.BROKEN, Verdict.INCONCLUSIVE):
        return Direction.BETTER
    return Direction.OTHER


def lines(comparison: Comparison) -> Iterator[str]:
    """Say what changed, what is worse first."""
    yield f"before  {comparison.before}"
    yield f"now     {comparison.now}"
    for direction in Direction:
        for one in comparison.clauses:
            if one.direction == direction:
                yield f"{direction:<8}{one.id} was {one.before} and is {one.now}"
                if direction == Direction.WORSE and one.reason:
                    yield f"        {one.reason}"
    for change in comparison.observations:
        yield f"observed {change}"
    if not (comparison.clauses or comparison.observations):
        yield "Nothing changed."


def as_json(comparison: Comparison) -> dict[str, Any]:
    """Return what changed as JSON values."""
    return {
        "worse": comparison.worse,
        "before": _head(comparison.before),
        "now": _head(comparison.now),
        "clauses": [asdict(one) for one in comparison.clauses],
        "observations": [asdict(change) for change in comparison.observations],
    }


def _head(one: Side) -> dict[str, str]:
    return {"target": one.target, "started": one.started, "verdict": one.verdict}
