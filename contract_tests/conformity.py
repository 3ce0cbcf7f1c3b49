"""Whether data has the form that a document asks for: the keys it selects, the types of the schema."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLString,
    OperationDefinitionNode,
    SelectionSetNode,
    get_nullable_type,
    parse,
)


@dataclass(frozen=True, slots=True)
class Misfit:
    """One place where data departs from the form: `of_keys` tells a key too many or too few from a wrong value."""

    path: str
    expected: str
    got: object
    of_keys: bool = False

    def __str__(self) -> str:
        return f"{self.path} is {json.dumps(self.got)[:80]}, not {self.expected}"


def misfits(data: object, document: str, schema: GraphQLSchema) -> Iterator[Misfit]:
    """Find every misfit of `data`, the answer's `data` to a document of one operation without fragments."""
    operation = next(node for node in parse(document).definitions if isinstance(node, OperationDefinitionNode))
    assert schema.query_type is not None  # noqa: S101  # the documented schema has a query type
    yield from _of_object(data, operation.selection_set, schema.query_type, "data")


def _of_object(value: object, selections: SelectionSetNode, type_: GraphQLObjectType, path: str) -> Iterator[Misfit]:
    if not isinstance(value, Mapping):
        yield Misfit(path, "an object", value)
        return
    fields = [node for node in selections.selections if isinstance(node, FieldNode)]
    keys = [node.alias.value if node.alias else node.name.value for node in fields]
    if set(value) != set(keys):
        yield Misfit(path, f"exactly the keys {', '.join(keys)}", sorted(map(str, value)), of_keys=True)
    for key, node in zip(keys, fields, strict=True):
        if key in value:
            name = node.name.value
            of = GraphQLNonNull(GraphQLString) if name == "__typename" else type_.fields[name].type
            yield from _of_value(value[key], node, of, f"{path}.{key}")


def _of_value(value: Any, node: FieldNode, type_: GraphQLOutputType, path: str) -> Iterator[Misfit]:
    if value is None:
        if isinstance(type_, GraphQLNonNull):
            yield Misfit(path, f"{type_}", None)
        return
    inner = get_nullable_type(type_)
    if isinstance(inner, GraphQLList):
        if not isinstance(value, list):
            yield Misfit(path, f"{inner}", value)
            return
        for index, item in enumerate(value):
            yield from _of_value(item, node, inner.of_type, f"{path}[{index}]")
    elif isinstance(inner, GraphQLObjectType):
        assert node.selection_set is not None  # noqa: S101  # the documented operations are valid
        yield from _of_object(value, node.selection_set, inner, path)
    elif not _fits(value, inner):
        yield Misfit(path, f"{type_}", value)


def _fits(value: object, type_: object) -> bool:
    """Judge a leaf. JSON knows one kind of number, so 540.0 is an integer."""
    if isinstance(type_, GraphQLEnumType):
        return value in type_.values
    match str(type_):
        case "Int":
            whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
            return whole and not isinstance(value, bool)
        case "Boolean":
            return isinstance(value, bool)
        case _:
            return isinstance(value, str)
