"""How names are compared: the collations a server may use, since the documentation names none."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mock_server.choices import Collation
from mock_server.usage import readings

if TYPE_CHECKING:
    from pyuca import Collator


def collated(name: str, collation: Collation) -> str | tuple[int, ...]:
    """Return what a name is compared by; two names may be equal under a collation."""
    match collation:
        case Collation.CODE_POINT:
            return name
        case Collation.CASE_FOLDED:
            return readings.without_case(name)
        case Collation.ACCENTS_FOLDED:
            return readings.without_case(readings.without_accents(name))
        case Collation.PUNCTUATION_IGNORED:
            return readings.without_case(readings.without_punctuation(readings.without_accents(name)))
        case Collation.UNICODE:
            return _unicode_key(name)


@lru_cache(maxsize=65536)
def _unicode_key(name: str) -> tuple[int, ...]:
    key: tuple[int, ...] = tuple(_collator().sort_key(name))
    return key


@lru_cache
def _collator() -> Collator:
    # Reading the table of weights takes a good part of a second, and only this collation needs it.
    from pyuca import Collator

    return Collator()
