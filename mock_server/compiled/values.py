"""Plain values written as JSON under a selection, and the pieces that any writer is made of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from graphql import GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLSchema

from mock_server.compiled.uncovered import Uncovered
from mock_server.compiled.variables import LEAST, MOST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graphql import GraphQLOutputType

    from mock_server.compiled.selections import Selection

    Write = Callable[[Any], str]

NULL = "null"
# As the endpoint writes what graphql-core answers: anything beyond ASCII is escaped.
text = json.encoder.encode_basestring_ascii


def integer(value: int) -> str:
    """Return an Int; raise Uncovered for one that the type does not hold, which is an error of its field."""
    if not LEAST <= value <= MOST:
        raise Uncovered(value)
    return str(value)


def maybe(value: str | None) -> str:
    """Return a text, or null."""
    return NULL if value is None else text(value)


def members(keys: Iterable[str]) -> list[str]:
    """Return what stands before each value of an object: the brace or the comma, and the key."""
    return [f"{',' if place else '{'}{text(key)}:" for place, key in enumerate(keys)]


def writer(schema: GraphQLSchema, type_: GraphQLOutputType, selection: Selection) -> Write:
    """Return what writes a value of this type: a mapping from the schema's names, a list of such, or a leaf."""
    if isinstance(type_, GraphQLNonNull):
        return _required(writer(schema, type_.of_type, selection))
    if isinstance(type_, GraphQLList):
        return _listed(writer(schema, type_.of_type, selection))
    if isinstance(type_, GraphQLObjectType):
        return _object(schema, type_, selection)
    return _leaf(str(type_))


def _required(write: Write) -> Write:
    def written(value: Any) -> str:
        if value is None:
            raise Uncovered(value)
        return write(value)

    return written


def _listed(write: Write) -> Write:
    return lambda value: NULL if value is None else f"[{','.join(map(write, value))}]"


def _object(schema: GraphQLSchema, type_: GraphQLObjectType, selection: Selection) -> Write:
    if not selection:
        return lambda value: NULL if value is None else "{}"
    parts: list[tuple[str, str, Write]] = []
    for before, selected in zip(members(field.key for field in selection), selection, strict=True):
        if selected.is_typename:
            parts.append((before + text(selected.type_name), "", _nothing))
        else:
            inner = type_.fields[selected.name].type
            parts.append((before, selected.name, writer(schema, inner, selected.below)))

    def written(value: Any) -> str:
        if value is None:
            return NULL
        return "".join([before + write(value.get(name)) for before, name, write in parts]) + "}"

    return written


def _nothing(_: Any) -> str:
    return ""


def _leaf(name: str) -> Write:
    if name == "Int":
        return lambda value: NULL if value is None else integer(value)
    if name in ("String", "ID"):
        return maybe
    raise Uncovered(name)
