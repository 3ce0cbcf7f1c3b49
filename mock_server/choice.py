"""What a choice is: a name with a sentence, one of a few, or any other of its kind as well."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TypeVar


class Choice(StrEnum):
    """A choice's name, as it is given on the command line, and the sentence that says what it means."""

    sentence: str

    def __new__(cls, value: str, sentence: str) -> Choice:
        """Keep the sentence beside the name."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member

    @classmethod
    def others(cls) -> str:
        """Say what may be chosen beside the members, where anything may."""
        return ""


Open = TypeVar("Open", bound=Choice)


def _member(kind: type[Open], value: object, pattern: str) -> Open | None:
    """Return the member of a value that is not named, where it is one of those that may be."""
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        return None
    member = str.__new__(kind, value)
    member._name_, member._value_ = value, value
    member.sentence = f"{value}."
    return kind._value2member_map_.setdefault(value, member)  # type: ignore[return-value]  # of a member of this class


class Amount(Choice):
    """A choice that may be any number of edges as well."""

    @classmethod
    def _missing_(cls, value: object) -> Amount | None:
        """Return the member of a number that is not named: https://docs.python.org/3/library/enum.html#enum.Enum._missing_."""
        return _member(cls, value, "[1-9][0-9]{0,3}")

    @classmethod
    def others(cls) -> str:
        return "any number from 1 to 9999"


class Status(Choice):
    """A choice that may be any other HTTP status of a client's error as well."""

    @classmethod
    def _missing_(cls, value: object) -> Status | None:
        """Return the member of a status that is not named, as `Amount` does."""
        return _member(cls, value, "4[0-9][0-9]")

    @classmethod
    def others(cls) -> str:
        return "any number from 400 to 499"


class Code(Choice):
    """A choice that may be any other code of an error as well."""

    @classmethod
    def _missing_(cls, value: object) -> Code | None:
        """Return the member of a code that is not named, as `Amount` does."""
        return _member(cls, value, "[A-Za-z][A-Za-z0-9_.-]{0,63}")

    @classmethod
    def others(cls) -> str:
        return "any code of up to 64 letters, digits, dots, dashes and underscores"
