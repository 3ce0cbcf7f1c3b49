"""A field's arguments: literals read once, variables looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLNonNull,
    ObjectValueNode,
    Undefined,
    VariableNode,
    Visitor,
    get_nullable_type,
    visit,
)
from graphql.utilities import coerce_input_literal

from mock_server.compiled.uncovered import Uncovered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphql import FieldNode, GraphQLField, GraphQLInputType, ValueNode

    # From the values of the variables to the value of the argument, Undefined where it is absent.
    Look = Callable[[Mapping[str, Any]], Any]


class Arguments:
    """The arguments of one field, as its node gives them. Raises Uncovered for what a plain reading does not settle."""

    def __init__(self, field: GraphQLField, node: FieldNode) -> None:
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        self._required = [name for name, known in field.args.items() if isinstance(known.type, GraphQLNonNull)]
        if any(known.default for known in field.args.values()):
            raise Uncovered(node.name.value)
        self.variables = {name: value.name.value for name, value in given.items() if isinstance(value, VariableNode)}
        self._looks = [
            (name, _look(value, field.args[name].type))
            for name, value in given.items()
            if not isinstance(value, VariableNode)
        ]

    def read(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments by name, those absent left out; raise Uncovered for a null where there must be none."""
        arguments = {name: values[variable] for name, variable in self.variables.items() if variable in values}
        for name, look in self._looks:
            arguments[name] = look(values)
        for name in self._required:
            if arguments.get(name) is None:
                raise Uncovered(name)
        return arguments


def _look(node: ValueNode, type_: GraphQLInputType) -> Look:
    if isinstance(node, VariableNode):
        name = node.name.value
        return lambda values: values.get(name, Undefined)
    if not _has_variables(node):
        value = coerce_input_literal(node, type_)
        if value is Undefined:
            raise Uncovered(type_)
        return lambda _: value
    plain = get_nullable_type(type_)
    if isinstance(node, ObjectValueNode) and isinstance(plain, GraphQLInputObjectType):
        return _object(node, plain)
    raise Uncovered(type_)


def _object(node: ObjectValueNode, type_: GraphQLInputObjectType) -> Look:
    looks = [(field.name.value, _look(field.value, type_.fields[field.name.value].type)) for field in node.fields]

    def look(values: Mapping[str, Any]) -> Any:
        found = {name: inner(values) for name, inner in looks}
        return {name: value for name, value in found.items() if value is not Undefined}

    return look


class _Variables(Visitor):
    seen = False

    def enter_variable(self, *_: object) -> None:
        self.seen = True


def _has_variables(node: ValueNode) -> bool:
    visitor = _Variables()
    visit(node, visitor)
    return visitor.seen
