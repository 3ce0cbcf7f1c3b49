"""What is worth keeping, in a bounded space: what was used longest ago goes first."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from cachetools import LRUCache

if TYPE_CHECKING:
    from collections.abc import Hashable

Value = TypeVar("Value")

# What an entry costs beside its own bytes; small entries are bounded in number by it.
_ENTRY = 512


class Bounded(Generic[Value]):
    """Values by key, of at most so many bytes together. Several threads may use one."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._kept: LRUCache[Hashable, tuple[Value, int]] = LRUCache(most, getsizeof=_weight)

    def get(self, key: Hashable) -> Value | None:
        """Return what is kept under the key, or None."""
        with self._lock:
            found = self._kept.get(key)
        return None if found is None else found[0]

    def put(self, key: Hashable, value: Value, weight: int) -> None:
        """Keep a value of so many bytes, its key's included; one that would leave no space for others is not kept."""
        if weight + _ENTRY <= self._most // 4:
            with self._lock:
                self._kept[key] = value, weight + _ENTRY

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

    @property
    def weight(self) -> int:
        """The bytes that are kept, as they were told."""
        return int(self._kept.currsize)


def _weight(entry: tuple[object, int]) -> int:
    return entry[1]
