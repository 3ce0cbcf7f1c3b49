"""An entry of the journal as JSON: read only when somebody wants to see it."""

from __future__ import annotations

import gzip
import json
import zlib
from datetime import UTC, datetime
from shlex import quote
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from graphql import GraphQLError, OperationDefinitionNode, parse

from mock_server.limits import MOST_TOKENS

if TYPE_CHECKING:
    from mock_server.journal import Entry
    from mock_server.rendering import Json


def told(number: int, entry: Entry) -> Json:
    """Return an entry without its answer; what could not be read of the request is null."""
    asked = _asked(entry)
    query, variables, name = (asked.get(key) for key in ("query", "variables", "operationName"))
    return {
        "id": number,
        "at": datetime.fromtimestamp(entry.at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "operation": name if isinstance(name, str) else _operation(query),
        "query": query if isinstance(query, str) else None,
        "variables": variables if isinstance(variables, dict) else None,
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


def _asked(entry: Entry) -> Json:
    if entry.method == "POST":
        return _object(_json(entry.body.decode(errors="replace")))
    given: Json = dict(parse_qsl(urlsplit(entry.target).query))
    return given | {"variables": _json(given.get("variables", "null"))}


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _operation(query: object) -> str | None:
    """Return the name that the first operation of a query has, if it has one."""
    try:
        document = parse(query, max_tokens=MOST_TOKENS) if isinstance(query, str) else None
    except (GraphQLError, RecursionError):
        return None
    operations = [found for found in (document.definitions if document else ()) if _is_operation(found)]
    name = operations[0].name if operations else None  # type: ignore[attr-defined] # an operation has one, or None
    return name.value if name else None


def _is_operation(node: object) -> bool:
    return isinstance(node, OperationDefinitionNode)


def _answer(entry: Entry) -> Any:
    text = _plain(entry).decode(errors="replace")
    found = _json(text)
    return text if found is None else found


def _plain(entry: Entry) -> bytes:
    try:
        if entry.coding == "gzip":
            return gzip.decompress(entry.answer)
        return zlib.decompress(entry.answer) if entry.coding == "deflate" else entry.answer
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
