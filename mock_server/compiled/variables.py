"""Variables read as graphql-core reads them, where they are plain and right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLNonNull,
    GraphQLSchema,
    Undefined,
    is_required_input_field,
    type_from_ast,
)
from graphql.utilities import coerce_input_literal

from mock_server.compiled.uncovered import Uncovered

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from graphql import GraphQLInputType, VariableDefinitionNode

    Reader = Callable[[Any], Any]

# https://spec.graphql.org/October2021/#sec-Int
LEAST, MOST = -(2**31), 2**31 - 1


class Variables:
    """The variables that an operation defines. Raises Uncovered for a type that is none of the schema's plain ones."""

    def __init__(self, schema: GraphQLSchema, definitions: Iterable[VariableDefinitionNode]) -> None:
        self._defined = [_defined(schema, node) for node in definitions]
        self._names = [name for name, *_ in self._defined]

    def sent(self, given: Mapping[str, Any]) -> list[Hashable]:
        """Return the values as they were sent, told apart by their types too; raise Uncovered for one of no use."""
        return [_sent(given.get(name, Undefined)) for name in self._names]

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values by name, those absent left out; raise Uncovered for one that is not plainly right."""
        values = {}
        for name, kind, read, required, default in self._defined:
            value = given.get(name, Undefined)
            if type(value) is kind:
                values[name] = value
            elif value is Undefined:
                if default is not Undefined:
                    values[name] = default
                elif required:
                    raise Uncovered(name)
            elif value is not None:
                values[name] = read(value)
            elif required:
                raise Uncovered(name)
            else:
                values[name] = None
        return values


def _sent(value: Any) -> Any:
    if type(value) is str or value is None or value is Undefined:
        return value
    if type(value) is dict:
        return tuple([(name, _sent(inner)) for name, inner in value.items()])
    # True is 1 to a dictionary, and not to GraphQL.
    if type(value) in (int, bool):
        return type(value), value
    raise Uncovered(value)


def _defined(schema: GraphQLSchema, node: VariableDefinitionNode) -> tuple[str, type | None, Reader, bool, Any]:
    type_: Any = type_from_ast(schema, node.type)
    default = Undefined
    if node.default_value is not None:
        default = coerce_input_literal(node.default_value, type_)
        if default is Undefined:
            raise Uncovered(node.variable.name.value)
    required = isinstance(type_, GraphQLNonNull)
    read = _reader(type_.of_type if required else type_)
    return node.variable.name.value, _AS_IT_IS.get(read), read, required, default


def _reader(type_: GraphQLInputType) -> Reader:
    if isinstance(type_, GraphQLEnumType):
        return _enum(type_)
    if isinstance(type_, GraphQLInputObjectType):
        return _object(type_)
    plain = _PLAIN.get(str(type_))
    if plain is None:
        raise Uncovered(str(type_))
    return plain


def _text(value: Any) -> Any:
    if type(value) is not str:
        raise Uncovered(value)
    return value


def _integer(value: Any) -> Any:
    if type(value) is not int or not LEAST <= value <= MOST:
        raise Uncovered(value)
    return value


def _boolean(value: Any) -> Any:
    if type(value) is not bool:
        raise Uncovered(value)
    return value


_PLAIN: Mapping[str, Reader] = {"String": _text, "ID": _text, "Int": _integer, "Boolean": _boolean}
# What needs no look beyond its type.
_AS_IT_IS: Mapping[Reader, type] = {_text: str, _boolean: bool}


def _enum(type_: GraphQLEnumType) -> Reader:
    values = {name: value.value for name, value in type_.values.items()}

    def read(value: Any) -> Any:
        if type(value) is not str or value not in values:
            raise Uncovered(value)
        return values[value]

    return read


def _object(type_: GraphQLInputObjectType) -> Reader:
    if any(is_required_input_field(field) or field.default for field in type_.fields.values()):
        raise Uncovered(type_.name)
    readers = {name: _reader(field.type) for name, field in type_.fields.items()}

    def read(value: Any) -> Any:
        if type(value) is not dict or not value.keys() <= readers.keys():
            raise Uncovered(value)
        return {name: None if inner is None else readers[name](inner) for name, inner in value.items()}

    return read
