"""Cursors that a server did give, changed so that it never gave them."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from enum import StrEnum

# Past what 32 bits hold, and past what 64 do.
FAR, FARTHER = "99999999999", "99999999999999999999"


class Tampering(StrEnum):
    """What is done to a cursor."""

    FAR = "with a number past 32 bits"
    CHANGED = "with its last letter changed"
    FARTHER = "with a number past 64 bits"
    LONGER = "with a letter more"
    SHORTER = "without its last letter"
    SWAPPED = "with upper and lower case changed"
    NEGATIVE = "with a number below zero"
    NO_NUMBER = "with a word for its number"
    BLANKS = "with a blank before it and behind it"
    PADDED = "with the padding of Base64 behind it"


def tampered(cursor: str, how: Tampering) -> str | None:
    """Return the cursor changed, or None where it has nothing to change in this way."""
    changed = _CHANGES[how](cursor)
    return None if changed == cursor else changed


def _numbered(number: str) -> Callable[[str], str]:
    def changed(cursor: str) -> str:
        written = _decoded(cursor)
        if written is None:
            return re.sub(r"-?\d+", number, cursor)
        encoded = base64.urlsafe_b64encode(re.sub(r"-?\d+", number, written).encode()).decode()
        return encoded if cursor.endswith("=") else encoded.rstrip("=")

    return changed


def _decoded(cursor: str) -> str | None:
    """Return what a cursor says in Base64, where that is text with a number in it."""
    try:
        written = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars="-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return written if written.isprintable() and re.search(r"\d", written) else None


_CHANGES: Mapping[Tampering, Callable[[str], str]] = {
    Tampering.FAR: _numbered(FAR),
    Tampering.CHANGED: lambda cursor: cursor[:-1] + ("A" if cursor[-1:] != "A" else "B"),
    Tampering.FARTHER: _numbered(FARTHER),
    Tampering.LONGER: lambda cursor: f"{cursor}x",
    Tampering.SHORTER: lambda cursor: cursor[:-1],
    Tampering.SWAPPED: str.swapcase,
    Tampering.NEGATIVE: _numbered("-5"),
    Tampering.NO_NUMBER: _numbered("five"),
    Tampering.BLANKS: lambda cursor: f" {cursor} ",
    Tampering.PADDED: lambda cursor: f"{cursor}==",
}
