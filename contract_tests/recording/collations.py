"""How names are sorted, as far as their order shows: what pseudonyms have to keep, and what the mock has to choose."""

import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from contract_tests.readings import COLLATIONS

Key = Callable[[str], Any]


def _unaccented(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))


def _letters(name: str) -> str:
    return "".join(sign for sign in name if unicodedata.category(sign)[0] in "LN")


# What the mock's choices say that they do: each settles names that it holds for equal by their code points.
CHOICES: dict[str, Key] = {
    "code-point": lambda name: (name, name),
    "case-folded": lambda name: (name.casefold(), name),
    "accents-folded": lambda name: (_unaccented(name).casefold(), name),
    "punctuation-ignored": lambda name: (_letters(_unaccented(name)).casefold(), name),
    "unicode": lambda name: (COLLATIONS["unicode"](name), name),
}


def seen(orders: Sequence[Sequence[str]]) -> list[Key]:
    """Return the keys by which names in all of some orders are sorted, and that of the choice that serves them."""
    fitting = [key for key in COLLATIONS.values() if not any(_misplaced(names, key) for names in orders)]
    return [*fitting, CHOICES[choice(orders)]]


def choice(orders: Sequence[Sequence[str]]) -> str:
    """Return the first choice under which the fewest neighbours of some orders stand otherwise than they do."""
    return min(CHOICES, key=lambda name: sum(_misplaced(names, CHOICES[name]) for names in orders))


def _misplaced(names: Sequence[str], key: Key) -> int:
    keys = list(map(key, names))
    return sum(one > other for one, other in pairwise(keys))
