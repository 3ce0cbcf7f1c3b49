"""Positions as the texts that clients carry from page to page; a seal is what they are bound to, if anything."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from mock_server.choices import CursorStyle

if TYPE_CHECKING:
    from mock_server.usage.ordering import Sorting

_remembered = lru_cache(maxsize=32768)


def seal(style: CursorStyle, status: str | None, search: str | None, sorting: Sorting) -> bytes:
    """Return what the cursors of a set are bound to: its filters and its order, or nothing."""
    if style is not CursorStyle.BOUND:
        return b""
    return repr((status, search, sorting.by.value, sorting.descending)).encode(errors="surrogatepass")


def cursor(position: int, style: CursorStyle, seal: bytes = b"") -> str:
    """Return the cursor of a position, from 1."""
    return _cursor(position, style is CursorStyle.OFFSET, seal)


@_remembered
def _cursor(position: int, is_offset: bool, seal: bytes) -> str:
    # The padding is dropped: the documented sample answers "MQ", which is "1".
    digits = str(position).encode()
    return _encoded(digits if is_offset else _sealed(digits, seal))


def position(text: str, style: CursorStyle, seal: bytes = b"") -> int | None:
    """Return the position of a cursor, or None for a text that this server never sends here. Padding is accepted."""
    plain = text.rstrip("=")
    return _position(plain, style is CursorStyle.OFFSET, seal) if len(plain) <= _LONGEST_TEXT else None


@_remembered
def _position(text: str, is_offset: bool, seal: bytes) -> int | None:
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    digits = raw if is_offset else raw[_SEAL:]
    # Only the text that this position gives is its cursor: Python's decoder skips what is not in its alphabet.
    if not digits.isdigit() or len(digits) > _LONGEST:
        return None
    found = int(digits)
    return found if found > 0 and _cursor(found, is_offset, seal) == text else None


_SEAL = 6
_LONGEST = 18
# The seal and the most digits, in base64.
_LONGEST_TEXT = 32


def _sealed(digits: bytes, seal: bytes) -> bytes:
    return blake2b(digits + seal, digest_size=_SEAL, key=b"integrations usage").digest() + digits


def _encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
