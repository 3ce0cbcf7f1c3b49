"""What is worth keeping, in a bounded space: what was not asked for in the last while goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable

Value = TypeVar("Value")

# What an entry costs beside its own bytes; small entries are bounded in number by it.
_ENTRY = 512


class Bounded(Generic[Value]):
    """Values by key, of at most so many bytes together, in two generations.

    When the younger one is full, the older one is forgotten, and what is found in the older one moves to the younger.
    A value that is asked for is found by one look into a dictionary; to move it to the end of a list each time, as a
    strict order of use needs, costs several times as much. Threads that share one may at worst forget too early.
    """

    def __init__(self, most: int) -> None:
        self._half = most // 2
        self._young: dict[Hashable, tuple[Value, int]] = {}
        self._old: dict[Hashable, tuple[Value, int]] = {}
        self._weight = 0

    def get(self, key: Hashable) -> Value | None:
        """Return what is kept under the key, or None."""
        found = self._young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is None:
                return None
            self.put(key, *found)
        return found[0]

    def put(self, key: Hashable, value: Value, weight: int) -> None:
        """Keep a value of so many bytes, its key's included; one that would leave no space for others is not kept."""
        weight += _ENTRY
        if weight > self._half:
            return
        if self._weight + weight > self._half:
            self._old, self._young, self._weight = self._young, {}, 0
        self._young[key] = value, weight - _ENTRY
        self._weight += weight

    def __len__(self) -> int:
        return len(self._young.keys() | self._old.keys())
