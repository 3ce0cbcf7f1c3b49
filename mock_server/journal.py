"""What was asked lately and what came of it, as bytes: as much as fits. Knows nothing of HTTP or GraphQL."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import NamedTuple

# As many as a person scrolls through, and as much as nobody misses, in bytes: altogether, and of one answer.
_MOST, _MOST_BYTES, _MOST_OF_ONE = 1_000, 16 * 1024 * 1024, 256 * 1024


class Entry(NamedTuple):
    """A request and its answer, not read yet, so that noting it costs next to nothing.

    `target` is path and query, `headers` those that are no secret, `role` the caller's, None for nobody's. `at` is in
    seconds since 1970, `status` None where the connection was cut, `coding` how the answer is compressed, `size` the
    bytes that it had as it went out.
    """

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    role: str | None
    world: str
    at: float
    seconds: float
    status: int | None
    answer: bytes
    coding: str | None
    size: int


class Journal:
    """The last entries, each with its number, counted from 1 for as long as the server runs."""

    def __init__(self, most: int = _MOST, most_bytes: int = _MOST_BYTES, most_of_one: int = _MOST_OF_ONE) -> None:
        self.number = 0
        self.closed = False
        self._most, self._most_bytes, self._most_of_one = most, most_bytes, most_of_one
        self._kept: deque[tuple[int, Entry]] = deque()
        self._bytes = 0
        self._waiting: list[asyncio.Future[None]] = []

    def add(self, entry: Entry) -> None:
        """Keep an entry, and drop the oldest ones where it does not fit; of a long answer the start is kept."""
        if len(entry.answer) > self._most_of_one:
            entry = entry._replace(answer=entry.answer[: self._most_of_one])
        self.number += 1
        self._kept.append((self.number, entry))
        self._bytes += _weight(entry)
        while len(self._kept) > self._most or self._bytes > self._most_bytes:
            self._bytes -= _weight(self._kept.popleft()[1])
        if self._waiting:
            self._wake()

    def since(self, number: int = 0) -> list[tuple[int, Entry]]:
        """Return the entries after that number, the oldest first."""
        return [(found, entry) for found, entry in tuple(self._kept) if found > number]

    def clear(self) -> None:
        """Forget the entries; those to come are numbered on."""
        self._kept.clear()
        self._bytes = 0

    async def more(self, number: int) -> None:
        """Wait until there is an entry after that number, or there will be none."""
        while self.number <= number and not self.closed:
            waiting = asyncio.get_running_loop().create_future()
            self._waiting.append(waiting)
            await waiting

    def close(self) -> None:
        """Let nobody wait any longer."""
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)
        self._waiting.clear()


def _weight(entry: Entry) -> int:
    return len(entry.target) + len(entry.body) + len(entry.answer)
