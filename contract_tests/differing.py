"""How what came differs from what was expected, in words and as plain JSON values."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from contract_tests.answers import Flow

SHOWN = 12
LONGEST = 300


class Kind(StrEnum):
    """In what a row or a value differs."""

    MISSING = "missing"
    NOT_EXPECTED = "not expected"
    OTHER_PLACE = "other place"
    OTHER_VALUE = "other value"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Difference:
    """One row or value that differs; places count from 1. A remark has its words in `got`."""

    kind: Kind
    expected: object = None
    got: object = None
    place: int | None = None

    def __str__(self) -> str:
        match self.kind:
            case Kind.MISSING:
                return f"missing: {said(self.expected)}"
            case Kind.NOT_EXPECTED:
                return f"not expected: {said(self.got)}"
            case Kind.REMARK:
                return str(self.got)
            case _:
                place = "" if self.place is None else f"place {self.place}: "
                return f"{place}expected {said(self.expected)}, got {said(self.got)}"


def differences(expected: object, got: object) -> tuple[Difference, ...]:
    """Say how `got` differs from `expected`, row by row where both are rows or sequences."""
    if isinstance(expected, Counter) and isinstance(got, Counter):
        return _of_rows(expected, got)
    if _is_sequence(expected) and _is_sequence(got):
        return _of_sequences(expected, got)  # type: ignore[arg-type]  # both are sequences
    return (Difference(Kind.OTHER_VALUE, expected, got),)


def remark(text: str) -> Difference:
    """Return what is to be said of a difference that has no row of its own."""
    return Difference(Kind.REMARK, got=text)


def plain(value: object) -> Any:
    """Turn a value into JSON: rows become lists of flows, long lists keep their beginning and say how much is left."""
    if isinstance(value, Counter):
        return plain(_listed(value))
    if isinstance(value, Flow):
        return {name: getattr(value, name) for name in ("name", "project", "status", "tasks", "runs", "last_run_at")}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return plain(sorted(value, key=str))
    if _is_sequence(value):
        items = [plain(item) for item in value[:SHOWN]]  # type: ignore[index]  # a sequence
        rest = len(value) - SHOWN  # type: ignore[arg-type]  # a sequence
        return [*items, f"… and {rest} more"] if rest > 0 else items
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _of_rows(expected: Counter[Flow], got: Counter[Flow]) -> tuple[Difference, ...]:
    found = [Difference(Kind.MISSING, expected=flow) for flow in _listed(expected - got)]
    found += [Difference(Kind.NOT_EXPECTED, got=flow) for flow in _listed(got - expected)]
    return _cut(found)


def _listed(rows: Counter[Flow]) -> list[Flow]:
    return sorted(rows.elements(), key=lambda flow: (-flow.tasks, flow.name, flow.project, str(flow)))


def _of_sequences(expected: Sequence[object], got: Sequence[object]) -> tuple[Difference, ...]:
    found = [remark(f"{len(expected)} expected, {len(got)} came")] if len(expected) != len(got) else []
    for place, (one, other) in enumerate(zip(expected, got, strict=False), start=1):
        if one != other:
            kind = Kind.OTHER_PLACE if one in got and other in expected else Kind.OTHER_VALUE
            found.append(Difference(kind, one, other, place))
    shorter = min(len(expected), len(got))
    found += [Difference(Kind.MISSING, expected=item) for item in expected[shorter:]]
    found += [Difference(Kind.NOT_EXPECTED, got=item) for item in got[shorter:]]
    return _cut(found)


def _cut(found: list[Difference]) -> tuple[Difference, ...]:
    rest = len(found) - SHOWN
    return (*found[:SHOWN], remark(f"… and {rest} more")) if rest > 0 else tuple(found)


def _is_sequence(value: object) -> bool:
    return isinstance(value, list | tuple)


def said(value: object) -> str:
    """Write a value in words of bearable length."""
    shown = plain(value)
    text = str(value) if isinstance(value, Flow) or isinstance(shown, str) else repr(shown)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
