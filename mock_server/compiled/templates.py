"""Bytes with gaps: what is the same in every answer is put together once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Asked = TypeVar("Asked")

if TYPE_CHECKING:
    # What is always the same, or what writes one gap.
    Part = bytes | Callable[[Asked], bytes]


# What a gap holds on to, in bytes, beside what it looks things up in.
_GAP = 1_024


class Template(Generic[Asked]):
    """Parts in a row; `weight` is what is kept of them, in bytes."""

    def __init__(self, parts: Iterable[Part[Asked]]) -> None:
        parts = list(parts)
        self._form = b"".join(part.replace(b"%", b"%%") if isinstance(part, bytes) else b"%b" for part in parts)
        self._gaps = tuple(part for part in parts if not isinstance(part, bytes))
        self.weight = len(self._form) + _GAP * len(self._gaps)

    def filled(self, asked: Asked) -> bytes:
        """Return the whole."""
        return self._form % tuple([gap(asked) for gap in self._gaps])
