"""An entry of the journal as JSON: read only when somebody wants to see it."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime
from shlex import quote
from typing import TYPE_CHECKING, Any

from mock_server.asked import asked
from mock_server.sending import decoded

if TYPE_CHECKING:
    from mock_server.journal import Entry
    from mock_server.rendering import Json


def told(number: int, entry: Entry) -> Json:
    """Return an entry without its answer; what could not be read of the request is null."""
    found = asked(entry.target, entry.body, entry.status)
    return {
        "id": number,
        "at": datetime.fromtimestamp(entry.at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "operation": found.operation,
        "query": found.query,
        "variables": found.variables,
        "role": entry.role,
        "world": entry.world,
        "method": entry.method,
        "headers": dict(entry.headers),
        "status": entry.status,
        "milliseconds": round(1000 * entry.seconds, 3),
        "bytes": entry.size,
    }


def in_full(number: int, entry: Entry, origin: str) -> Json:
    """Return an entry with its answer, as JSON where it is that, and a command that asks the same of that origin."""
    return {**told(number, entry), "answer": _answer(entry), "curl": _curl(entry, origin)}


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _answer(entry: Entry) -> Any:
    text = _plain(entry).decode(errors="replace")
    found = _json(text)
    return text if found is None else found


def _plain(entry: Entry) -> bytes:
    try:
        return decoded(entry.answer, entry.coding)
    except (OSError, EOFError, zlib.error):
        # Only the start of a long answer is kept.
        return b"(an answer too long to be kept)"


def _curl(entry: Entry, origin: str) -> str:
    """Return a command to paste into a shell where TOKEN is the caller's: no token is in the journal."""
    headers = [f"-H {quote(f'{name}: {value}')}" for name, value in entry.headers if name != "User-Agent"]
    if entry.role is not None:
        headers.insert(0, '-H "Authorization: Bearer $TOKEN"')
    body = ["--data-binary", quote(entry.body.decode(errors="replace"))] if entry.method == "POST" else []
    ask = ["-I"] if entry.method == "HEAD" else []
    return " ".join(["curl", "-sS", *ask, *headers, *body, quote(origin + entry.target)])
