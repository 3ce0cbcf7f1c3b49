"""How what came differs from what was expected, in words and as plain JSON values."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from contract_tests.answers import Flow

SHOWN = 12
LONGEST = 300


def differences(expected: object, got: object) -> tuple[str, ...]:
    """Say how `got` differs from `expected`, row by row where both are rows or sequences."""
    if isinstance(expected, Counter) and isinstance(got, Counter):
        return _of_rows(expected, got)
    if _is_sequence(expected) and _is_sequence(got):
        return _of_sequences(expected, got)  # type: ignore[arg-type]  # both are sequences
    return (f"expected {_said(expected)}", f"got {_said(got)}")


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


def _of_rows(expected: Counter[Flow], got: Counter[Flow]) -> tuple[str, ...]:
    lines = [f"missing: {flow}" for flow in _listed(expected - got)]
    lines += [f"not expected: {flow}" for flow in _listed(got - expected)]
    return _cut(lines)


def _listed(rows: Counter[Flow]) -> list[Flow]:
    return sorted(rows.elements(), key=lambda flow: (-flow.tasks, flow.name, flow.project, str(flow)))


def _of_sequences(expected: Sequence[object], got: Sequence[object]) -> tuple[str, ...]:
    lines = [f"{len(expected)} expected, {len(got)} came"] if len(expected) != len(got) else []
    for place, (one, other) in enumerate(zip(expected, got, strict=False), start=1):
        if one != other:
            lines.append(f"place {place}: expected {_said(one)}, got {_said(other)}")
    longer, verb = (expected, "missing") if len(expected) > len(got) else (got, "not expected")
    lines += [f"{verb}: {_said(item)}" for item in longer[min(len(expected), len(got)) :]]
    return _cut(lines)


def _cut(lines: list[str]) -> tuple[str, ...]:
    rest = len(lines) - SHOWN
    return (*lines[:SHOWN], f"… and {rest} more") if rest > 0 else tuple(lines)


def _is_sequence(value: object) -> bool:
    return isinstance(value, list | tuple)


def _said(value: object) -> str:
    shown = plain(value)
    text = str(value) if isinstance(value, Flow) or isinstance(shown, str) else repr(shown)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
