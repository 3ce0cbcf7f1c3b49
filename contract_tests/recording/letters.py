"""What a letter, a digit or a picture is made of, and which others may stand for it without changing how it behaves."""

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

# What may stand for a sign lies beside it: in the same stretch of so many code points.
STRETCH = 128


@dataclass(frozen=True, slots=True)
class Dress:
    """How a base is written: its case, the marks that are one code point with it, and that one's stretch."""

    capital: bool
    marks: str
    stretch: int


@lru_cache(maxsize=65536)
def undressed(sign: str) -> tuple[str, Dress]:
    """Return the small letter without marks, and how it is written. A letter of unusual case is its own base."""
    decomposed = unicodedata.normalize("NFD", sign)
    marked = len(decomposed) > 1 and all(map(unicodedata.combining, decomposed[1:]))
    base, marks = (decomposed[0], decomposed[1:]) if marked else (sign, "")
    stretch = ord(sign) // STRETCH
    if not (_usual(sign) and _usual(base)):
        return sign, Dress(capital=False, marks="", stretch=stretch)
    return base.lower(), Dress(base != base.lower(), marks, stretch)


def dressed(base: str, dress: Dress) -> str:
    """Return a base as it is written; more than one code point where no single one is that."""
    return unicodedata.normalize("NFC", (base.upper() if dress.capital else base) + dress.marks)


def _usual(sign: str) -> bool:
    """Whether upper and lower case lead to one sign each, and back: not so for `İ`, `ß` and `ς`."""
    upper, lower = sign.upper(), sign.lower()
    return len(upper) == len(lower) == 1 and sign in (upper, lower) and (upper.lower(), lower.upper()) == (lower, upper)


@lru_cache(maxsize=65536)
def alphabet(base: str) -> tuple[str, ...]:
    """Return the bases of the same kind and stretch, the given one among them, by code point."""
    if unicodedata.category(base) == "Lm" or not _usual(base):
        return (base,)
    first = ord(base) // STRETCH * STRETCH
    beside = map(chr, range(first, first + STRETCH))
    return tuple(one for one in beside if undressed(one)[0] == one and _usual(one) and _kind(one) == _kind(base))


def _kind(base: str) -> tuple[str, int]:
    """The category, and how far the capital is: where that is one distance, capitals sort as small letters do."""
    return unicodedata.category(base), ord(base) - ord(base.upper())


def pinned(base: str) -> str | None:
    """Return what a letter of unusual case is compared as: it stays as it is, and so must that."""
    return None if _usual(base) else unicodedata.normalize("NFKD", base.casefold())[0]


@lru_cache(maxsize=65536)
def substitutes(base: str, dresses: frozenset[Dress]) -> tuple[str, ...]:
    """Return what may stand for a base in all of some dresses; never empty, since a base may stand for itself."""
    return tuple(one for one in alphabet(base) if all(_wears(one, dress) for dress in dresses))


def _wears(base: str, dress: Dress) -> bool:
    sign = dressed(base, dress)
    return len(sign) == 1 and undressed(sign) == (base, dress)


def substituted(bases: Sequence[str], choices: Sequence[Sequence[str]], random: Random) -> dict[str, str]:
    """Draw what stands for each of some bases, in the same order by code point, all such draws being as likely.

    Args:
        bases: by code point, none twice.
        choices: what may stand for each, by code point; each base is among its own.
        random: draws.

    """
    # From the last base back: in how many ways those that follow can be chosen above each choice.
    ways: list[list[int]] = []
    above, after = [1], list[str]()
    for choice in reversed(choices):
        counts = [above[bisect_right(after, one)] for one in choice]
        ways.append(counts)
        above, after = _sums_from(counts), list(choice)
    drawn: dict[str, str] = {}
    least = ""
    for base, choice, counts in zip(bases, choices, reversed(ways), strict=True):
        from_here = bisect_right(choice, least)
        (least,) = random.choices(choice[from_here:], counts[from_here:])
        drawn[base] = least
    return drawn


def _sums_from(counts: Sequence[int]) -> list[int]:
    """Return the sum of the counts from each place on, and 0 behind the last."""
    sums = [0]
    for count in reversed(counts):
        sums.append(sums[-1] + count)
    return sums[::-1]
