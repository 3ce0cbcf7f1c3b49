"""Names replaced by others that behave as they did: keyed, one for one, in the same order.

A word stands for the same word wherever it occurs, letter for letter: in the same case and with the same accents.
Beginnings that two words share are shared by what stands for them, and words sort as they did. Digits and pictures are
treated as words; blanks, punctuation and marks stay.
"""

import hmac
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from random import Random
from typing import Any

from contract_tests.recording.letters import Dress, dressed, pinned, substituted, substitutes, undressed

# A text this long tells something; two letters are anybody's.
TELLING = 4
FEW_ROUNDS, SOME_ROUNDS, ROUNDS = 8, 100, 400


class CannotHide(Exception):
    """No draw keeps the originals out of what stands for them."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign of a word, as a base and its dress, with the marks that follow it."""

    base: str
    dress: Dress
    following: str


class Pseudonyms:
    """What stands for each of some names, under a key; `misplaced` counts the neighbours that sort otherwise.

    The names sort as they did by code point, and as far as draws allow under each of the given collations.

    Raises:
        CannotHide: where some original word of four letters and more stands for one, however often it is drawn.

    """

    def __init__(self, names: Iterable[str], key: bytes, collations: Iterable[Callable[[str], Any]] = ()) -> None:
        self._parts = {name: list(_parts(name)) for name in sorted(set(names))}
        self._key = key
        self._dice = self._random("dice")
        self._dresses: dict[str, dict[str, set[Dress]]] = {}
        self._words: set[str] = set()
        self._turns: Counter[str] = Counter()
        self._drawn: dict[str, dict[str, str]] = {}
        for name in self._parts:
            for signs in self._words_of(name):
                self._learn(signs)
        self._telling = {word for word in self._words if len(word) >= TELLING}
        self._neighbours = [(one, *pair) for one in collations for pair in pairwise(sorted(self._parts, key=one))]
        self._settle()
        self.misplaced = len(self._torn())

    def of(self, name: str) -> str:
        """Return what stands for a name that was among the given ones."""
        return "".join(part if isinstance(part, str) else self._written(part) for part in self._parts[name])

    def _words_of(self, name: str) -> Iterator[list[_Sign]]:
        return (part for part in self._parts[name] if not isinstance(part, str))

    def _learn(self, signs: list[_Sign]) -> None:
        before = ""
        for sign in signs:
            self._dresses.setdefault(before, {}).setdefault(sign.base, set()).add(sign.dress)
            before += sign.base
        self._words.add(before)

    def _written(self, signs: list[_Sign]) -> str:
        before, written = "", ""
        for sign in signs:
            written += dressed(self._following(before)[sign.base], sign.dress) + sign.following
            before += sign.base
        return written

    def _plain(self, word: str) -> str:
        return "".join(self._following(word[:at])[base] for at, base in enumerate(word))

    def _following(self, before: str) -> dict[str, str]:
        """What stands for each sign that follows a beginning."""
        if before not in self._drawn:
            choices = {base: substitutes(base, frozenset(dresses)) for base, dresses in self._dresses[before].items()}
            choices |= {still: (still,) for base in choices if (still := pinned(base)) is not None}
            bases = sorted(choices)
            random = self._random(f"{self._turns[before]} {before}")
            self._drawn[before] = substituted(bases, [choices[base] for base in bases], random)
        return self._drawn[before]

    def _random(self, purpose: str) -> Random:
        return Random(hmac.digest(self._key, purpose.encode(), "sha256"))  # noqa: S311  # the key is the secret

    def _settle(self) -> None:
        """Draw anew, here and there, until no original stands among the pseudonyms and all sort as they did."""
        for turn in range(ROUNDS):
            clashes = self._clashes()
            clashes += self._unchanged() if turn < FEW_ROUNDS else []
            clashes += self._torn() if turn < SOME_ROUNDS else []
            if not clashes:
                return
            for word in filter(None, map(self._dice.choice, clashes)):
                # Where two names part is early in their words; the first sign of all would draw everything anew.
                early = int(self._dice.random() ** 2 * len(word))
                before = word[: max(early, min(1, len(word) - 1))]
                self._turns[before] += 1
                self._drawn.pop(before, None)
        raise CannotHide("no pseudonyms keep the order of the names and their words out: record with another key")

    def _clashes(self) -> list[list[str]]:
        """The words in whose pseudonyms a word of an original stands."""
        return [[word] for word in sorted(self._telling) if not self._telling.isdisjoint(_inside(self._plain(word)))]

    def _unchanged(self) -> list[list[str]]:
        """The words of names whose pseudonyms are originals: where all are short, that may have to be."""
        return [self._plain_words(name) for name in self._parts if self.of(name) in self._parts]

    def _torn(self) -> list[list[str]]:
        """The words of neighbours that do not sort as they did."""
        return [
            self._plain_words(one) + self._plain_words(other)
            for key, one, other in self._neighbours
            if key(self.of(one)) > key(self.of(other))
        ]

    def _plain_words(self, name: str) -> list[str]:
        return ["".join(sign.base for sign in signs) for signs in self._words_of(name)] or [""]


def _inside(word: str) -> Iterator[str]:
    """Yield every run of signs of a word that tells something, the whole word first."""
    for length in range(len(word), TELLING - 1, -1):
        yield from (word[at : at + length] for at in range(len(word) - length + 1))


def _parts(name: str) -> Iterator[str | list[_Sign]]:
    """Yield the words of a name as signs, and what stands between them as it is."""
    signs = re.findall(r".[\u0300-\u036f]*", name, re.DOTALL)
    for kind, run in groupby(signs, key=lambda sign: _kind(sign[0])):
        text = list(run)
        yield "".join(text) if kind is None else [_Sign(*undressed(sign[0]), sign[1:]) for sign in text]


def _kind(sign: str) -> str | None:
    """Whether a sign is of a word (and of which kind), or stands between words: pictures are those beyond the plane."""
    category = unicodedata.category(sign)
    if category[0] == "L" or category == "Nd":
        return category[0]
    return "So" if category == "So" and ord(sign) > 0x2000 else None
