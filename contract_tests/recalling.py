"""A case that a report keeps, made again, so that a clause's own test judges it and nothing else."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from contract_tests.differing import plain
from contract_tests.scopes import Depth, Scope
from contract_tests.words import Words

Case = TypeVar("Case")


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a report says of a finding: the test that made it, and the case's values."""

    test: str
    values: Mapping[str, Any]


class Recalled(Scope[Case]):
    """A scope of one recorded case, or of none where it cannot be made again: what is asked again is that question."""

    def __init__(self, scope: Scope[Case], recorded: Recorded) -> None:
        self._scope, self._recorded = scope, recorded

    def telling(self, words: Words, depth: Depth) -> Iterator[Case]:
        cases = list(self._scope.telling(words, depth))
        wanted = dict(self._recorded.values)
        case = next((case for case in cases if plain(values(case)) == wanted), None)
        if case is None and cases:
            case = _made(type(cases[0]), wanted)
        return iter(() if case is None else (case,))


def values(case: object) -> dict[str, Any]:
    """Return what a case consists of: a question's arguments, or whatever else a clause is judged over."""
    return asdict(case) if is_dataclass(case) and not isinstance(case, type) else {"case": case}


def _made(kind: type[Case], recorded: Mapping[str, Any]) -> Case | None:
    """Make a case of a kind from its values, or return None where they are not of that kind."""
    try:
        made = _of(kind, recorded if is_dataclass(kind) else recorded.get("case"))
    except (KeyError, TypeError, ValueError):
        return None
    return made if isinstance(made, kind) and plain(values(made)) == recorded else None


def _of(kind: Any, value: Any) -> Any:
    """Make a value of an annotated kind from JSON: a dataclass, a tuple, a member, one of several, or itself."""
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{field.name: _of(hints[field.name], value[field.name]) for field in fields(kind)})
    if get_origin(kind) is tuple:
        return tuple(_of(get_args(kind)[0], item) for item in value)
    if get_origin(kind) in (Union, UnionType):
        return _of_one(get_args(kind), value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if isinstance(kind, type) and not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


def _of_one(kinds: tuple[Any, ...], value: Any) -> Any:
    """Make a value of the first of some kinds that it is of."""
    if value is None and NoneType in kinds:
        return None
    for kind in kinds:
        with suppress(KeyError, TypeError, ValueError):
            return _of(kind, value)
    raise TypeError(f"{value!r} is none of {kinds}")
