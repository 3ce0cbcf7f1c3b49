"""Texts made comparable: what is dropped from a name before it is searched or sorted."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# A name is folded each time it is searched or sorted; a world has no more names than this, as a rule.
_folds = lru_cache(maxsize=65536)


@_folds
def without_case(text: str) -> str:
    """Return the text with upper and lower case as one."""
    return text.casefold()


@_folds
def without_accents(text: str) -> str:
    """Return the text with the marks on its letters dropped."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


@_folds
def without_punctuation(text: str) -> str:
    """Return the letters and digits alone."""
    return "".join(letter for letter in text if unicodedata.category(letter)[0] in "LN")


def with_single_blanks(text: str) -> str:
    """Return the text with any run of white space as one blank, and none around it."""
    return " ".join(text.split())
