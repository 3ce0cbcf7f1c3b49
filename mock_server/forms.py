"""The forms that requests come in: all of a body but its variables, which one client sends again and again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from mock_server import reading
from mock_server.bounded import Bounded
from mock_server.execution import Request
from mock_server.reading import DECODER

if TYPE_CHECKING:
    from mock_server.persisting import PersistedQueries

_VARIABLES = b'"variables":'
# In bytes: altogether, and of one form; nobody types longer ones.
_KEPT, _LONGEST = 8 * 2**20, 20_000
# Stands in the place of the variables while a form is read.
_MARK = uuid4().hex


class Forms:
    """Reads bodies; of those whose form is known only the variables are read."""

    def __init__(self, persisted: PersistedQueries) -> None:
        self._persisted = persisted
        self._known: Bounded[tuple[str, str | None]] = Bounded(_KEPT)

    def request(self, body: bytes) -> Request:
        """Return the GraphQL request in a body; raise Unreadable where there is none."""
        head, variables, tail = _cut(body)
        if variables is None:
            return self._read(body)
        known = self._known.get((head, tail))
        if known is not None:
            return Request(known[0], variables, known[1])
        found = self._read(body)
        if len(head) + len(tail) <= _LONGEST and _is_form(head, tail):
            self._known.put((head, tail), (found.query, found.operation_name), 3 * (len(head) + len(tail)))
        return found

    def _read(self, body: bytes) -> Request:
        return reading.request(reading.json_object(body), self._persisted)


def _cut(body: bytes) -> tuple[bytes, dict[str, Any] | None, str]:
    """Return what stands before the variables, they themselves or None where they are not found, and what follows."""
    begin = body.find(_VARIABLES) + len(_VARIABLES)
    if begin >= len(_VARIABLES):
        try:
            rest = body[begin:].decode()
            variables, end = DECODER.raw_decode(rest, 1 if rest.startswith(" ") else 0)
        except (ValueError, RecursionError):
            return body, None, ""
        if isinstance(variables, dict):
            return body[:begin], variables, rest[end:]
    return body, None, ""


def _is_form(head: bytes, tail: str) -> bool:
    """Say whether what was cut out is the request's one member of that name, and the rest means the same each time."""
    try:
        members = json.loads(f'{head.decode()}"{_MARK}"{tail}', object_pairs_hook=list)
    except (ValueError, RecursionError):
        return False
    names = [name for name, _ in members]
    told = dict(members)
    # What is asked by its hash depends on what came before.
    return len(names) == len(told) and told.get("variables") == _MARK and not told.get("extensions")
