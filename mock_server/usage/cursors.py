"""Positions as the texts that clients carry from page to page, in one ordered set of flows."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from mock_server.choices import CursorStyle

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_server.usage.ordering import Sorting

_remembered = lru_cache(maxsize=32768)


@dataclass(frozen=True, slots=True)
class Cursors:
    """The cursors of a set of so many flows: what they are bound to, if anything, and what names the flow of each."""

    style: CursorStyle
    length: int
    seal: bytes
    named: Callable[[int], bytes]

    def at(self, position: int) -> str:
        """Return the cursor of a position, from 1."""
        return _cursor(position, self.style is CursorStyle.OFFSET, self.seal, self._name(position))

    def position(self, text: str) -> int | None:
        """Return the position of a cursor, or None for a text that this server never sends here. Padding is accepted.

        A cursor of another set stands, where it names its flow, for the place of that flow in this one.
        """
        plain = text.rstrip("=")
        if len(plain) > _LONGEST_TEXT:
            return None
        found = _position(plain, self.style is CursorStyle.OFFSET, self.seal, is_named=self._is_named)
        if isinstance(found, bytes):
            return next((place for place in range(1, self.length + 1) if self.named(place) == found), None)
        return found

    @property
    def _is_named(self) -> bool:
        return self.style is CursorStyle.KEYSET

    def _name(self, position: int) -> bytes:
        return self.named(position) if self._is_named else b""


def seal(style: CursorStyle, status: str | None, search: str | None, sorting: Sorting) -> bytes:
    """Return what the cursors of a set are bound to: its filters and its order, or nothing."""
    if style not in (CursorStyle.BOUND, CursorStyle.KEYSET):
        return b""
    return repr((status, search, sorting.by.value, sorting.descending)).encode(errors="surrogatepass")


@_remembered
def _cursor(position: int, is_offset: bool, seal: bytes, name: bytes) -> str:
    # The padding is dropped: the documented sample answers "MQ", which is "1".
    digits = str(position).encode()
    return _encoded(digits if is_offset else _sealed(name + digits, seal))


@_remembered
def _position(text: str, is_offset: bool, seal: bytes, *, is_named: bool) -> int | bytes | None:
    """Return the position of a cursor of the set, the name in one of another set, or None for what is neither."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    told = raw if is_offset else raw[_SEAL:]
    name, digits = told[: _NAME * is_named], told[_NAME * is_named :]
    # Only the text that this position gives is its cursor: Python's decoder skips what is not in its alphabet.
    if not digits.isdigit() or len(digits) > _LONGEST or digits.startswith(b"0") or _encoded(raw) != text:
        return None
    if is_offset or _sealed(told, seal) == raw:
        return int(digits)
    return name or None


_SEAL = 6
_NAME = 8
_LONGEST = 18
# The seal, the name and the most digits, in base64.
_LONGEST_TEXT = 43


def _sealed(told: bytes, seal: bytes) -> bytes:
    return blake2b(told + seal, digest_size=_SEAL, key=b"integrations usage").digest() + told


def _encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
