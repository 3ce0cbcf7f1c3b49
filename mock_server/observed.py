"""Rulings from what was observed of another server: a report of the suite, a baseline, or what a recording wrote."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mock_server.refusals import Misconfigured
from mock_server.rulings import RULINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What says that nothing is said.
_SILENT = ("not seen", "other")
# What a refusal is told with that has no error in it, and what is told of null without an error.
_ANSWERED = ", answered"
_NULL = f"HTTP 200{_ANSWERED}"


@dataclass(frozen=True, slots=True)
class Observed:
    """What a file says of the rulings: `settings` are to be obeyed, the names of the others keep their default.

    `odd` are those that were observed to be what is no choice here, with what that was.
    """

    settings: tuple[str, ...]
    odd: Mapping[str, str]
    unseen: tuple[str, ...]

    def told(self) -> tuple[str, ...]:
        """Return a line for each thing that is not as it was observed, or was not observed."""
        lines = [
            f"{name} was {value!r}, which is no choice here: it keeps its default" for name, value in self.odd.items()
        ]
        if self.unseen:
            lines.append(f"not observed, so by default: {', '.join(self.unseen)}")
        return tuple(lines)


def observed(file: str) -> Observed:
    """Return what a file says; raise Misconfigured where it cannot be read or holds no observations."""
    read = _read(Path(file))
    chosen: dict[str, str] = {}
    odd: dict[str, str] = {}
    for name, value in _meant(read["observations"], read.get("clauses", [])):
        if RULINGS[name].allows(value):
            chosen[name] = value
        else:
            odd[name] = value
    # What a recording has concluded is by the rulings' own names.
    for name, value in read.get("rulings", {}).items():
        if name in RULINGS and RULINGS[name].allows(value):
            chosen[name] = value
            odd.pop(name, None)
    unseen = tuple(name for name in RULINGS if name not in chosen and name not in odd)
    return Observed(tuple(f"{name}={chosen[name]}" for name in RULINGS if name in chosen), odd, unseen)


def _read(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except OSError as trouble:
        raise Misconfigured(f"{path}: {trouble.strerror or trouble}") from trouble
    except (ValueError, RecursionError) as trouble:
        raise Misconfigured(f"{path}: not JSON, and so no report of contract-tests") from trouble
    parts = ("observations", "rulings")
    sound = isinstance(read, dict) and "observations" in read and all(_texts(read.get(part, {})) for part in parts)
    if not sound:
        raise Misconfigured(f"{path}: holds no observations; --report-json, --baseline and record write files that do")
    found: dict[str, Any] = read
    return found


def _texts(found: object) -> bool:
    return isinstance(found, dict) and all(isinstance(value, str) for value in found.values())


def _meant(observations: Mapping[str, str], clauses: object) -> Iterator[tuple[str, str]]:
    """Yield what observations mean for the rulings: most are by the same name and in the same words."""
    seen = {name: value for name, value in observations.items() if value not in _SILENT}
    for name, value in seen.items():
        if name in RULINGS:
            yield from _translated(name, value)
    if "first-huge" in seen:
        yield "query-cost", "as-asked" if seen["first-huge"] == "refused" else "by-page"
    # A cursor that tells its position cannot be told from that of another filter or sort.
    foreign = {"refused": "bound", "empty": "bound", "its flow": "keyset"}.get(seen.get("foreign-cursor", ""))
    if seen.get("cursor-style") == "opaque" and foreign is not None:
        yield "cursor-style", foreign
    yield from _orders(seen)
    yield from _without_token(seen)
    # A 400 says nothing of the media type in which it came.
    if "refusal-of-unknown-period" in seen:
        status, code = _refusal(seen["refusal-of-unknown-period"])
        if status == "200":
            yield "invalid-status", status
        if not seen["refusal-of-unknown-period"].endswith(_ANSWERED):
            yield "invalid-code", code or "none"
    yield from _not_theirs(seen)
    yield from _stats(clauses)


def _orders(seen: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    # An enum has no other order than the documented ones: only a text can be answered.
    unknown, upper_case = seen.get("unknown-order", "refused"), seen.get("order-upper-case", "refused")
    if (unknown, upper_case) != ("refused", "refused"):
        yield "order-type", "string"
    if upper_case == "ascending" != unknown:
        yield "order-case", "folded"


def _without_token(seen: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if "refusal-without-token" in seen:
        status, code = _refusal(seen["refusal-without-token"])
        yield "refusal-status", status
        yield "refusal-body", "graphql" if code else "titled"
        if code:
            yield "unauthorized-code", code


def _not_theirs(seen: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield how it is said that something may not be seen, or is not there."""
    member, unknown = seen.get("refusal-of-member"), seen.get("refusal-of-unknown-organization")
    denied = None
    if member == _NULL:
        yield "denial", "null"
    elif member is not None:
        denied = _refusal(member)
        yield from _as_told("denied", *denied)
    if unknown is None:
        return
    if unknown == _NULL:
        yield "unknown-organization", "null"
        return
    status, code = _refusal(unknown)
    is_denial = "NOT_FOUND" not in code and status != "404" and denied in (None, (status, code))
    yield "unknown-organization", "denied" if is_denial else "not-found"
    yield from _as_told("denied" if is_denial else "not-found", status, code)


def _as_told(what: str, status: str, code: str) -> Iterator[tuple[str, str]]:
    yield f"{what}-status", status
    yield f"{what}-code", code or "none"


def _refusal(told: str) -> tuple[str, str]:
    """Return the HTTP status of a refusal, and its code, if any."""
    status, _, code = told.removesuffix(_ANSWERED).removeprefix("HTTP ").partition(", ")
    return status, code


def _translated(name: str, value: str) -> Iterator[tuple[str, str]]:
    match name:
        case "tie-break":
            # Every choice but one gives equal flows in one order whichever the direction: that says nothing.
            if value != "the same both ways":
                yield name, value
        case "name-collation":
            yield name, value.split(" or ")[0]
        case "search-only-blanks":
            yield name, "everything" if value == "everything" else "as-text"
        case "status-empty":
            yield name, "everything" if value == "everything" else "as-unknown"
        case "order-alone":
            yield name, "by-usage" if value == "ascending" else value
        case "status-order":
            statuses = value.split(", ")
            yield name, "alphabet" if statuses == sorted(statuses) else "rank"
        case _:
            yield name, value


def _stats(clauses: object) -> Iterator[tuple[str, str]]:
    """Yield whether the sibling query was offered, as the verdicts on its clauses tell."""
    for clause in clauses if isinstance(clauses, list) else []:
        if isinstance(clause, dict) and clause.get("id") == "stats.usage":
            if clause.get("verdict") in ("kept", "broken"):
                yield "stats", "offered"
            elif "not offered" in str(clause.get("reason")):
                yield "stats", "absent"
