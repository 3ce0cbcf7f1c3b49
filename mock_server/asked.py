"""What a client asked, out of the bytes it sent: the operation, its fields and variables. Judges nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from graphql import FieldNode, GraphQLError, get_operation_ast, parse

from mock_server.limits import MOST_TOKENS

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the operation's name, the fields of the query that it selects, and its variables.

    `query` is None where only its hash was sent, or no GraphQL request, and `variables` are where there are none that
    can be read; `status` is None where the connection was cut.
    """

    query: str | None
    operation: str | None
    fields: tuple[str, ...]
    variables: Mapping[str, Any] | None
    status: int | None

    def is_about(self, field: str | None, operation: str | None, variables: Mapping[str, Any]) -> bool:
        """Say whether this is of that operation, selects that field, and has at least these variables."""
        return (
            (field is None or field in self.fields)
            and (operation is None or operation == self.operation)
            and variables.items() <= (self.variables or {}).items()
        )

    def __str__(self) -> str:
        name = self.operation or "anonymous"
        told = json.dumps(self.variables or {}, ensure_ascii=False)
        return f"{name} ({', '.join(self.fields) or 'no field'}) with {told}: {self.status or 'cut off'}"


def asked(target: str, body: bytes, status: int | None) -> Asked:
    """Return what a request to a path and query with a body asked; where it was no GraphQL request, nothing."""
    sent = _sent(target, body)
    query, operation, variables = (sent.get(key) for key in ("query", "operationName", "variables"))
    if not isinstance(query, str):
        query = None
    named, fields = _selected(query, operation if isinstance(operation, str) else None)
    return Asked(query, named, fields, variables if isinstance(variables, dict) else None, status)


def _sent(target: str, body: bytes) -> dict[str, Any]:
    try:
        if body:
            found = json.loads(body)
        else:
            found = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
            found["variables"] = json.loads(found.get("variables", "{}"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _selected(query: str | None, operation: str | None) -> tuple[str | None, tuple[str, ...]]:
    try:
        found = get_operation_ast(parse(query or "", max_tokens=MOST_TOKENS), operation)
    except (GraphQLError, RecursionError):
        found = None
    if found is None:
        return operation, ()
    selected = found.selection_set.selections
    return (
        found.name.value if found.name else None,
        tuple(selection.name.value for selection in selected if isinstance(selection, FieldNode)),
    )
