"""The field asked several times in one operation, where one of them takes what another was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import FieldNode, Visitor, visit
from graphql.execution.values import get_argument_values

from mock_server.deviations.deviation import ResolversDeviation
from mock_server.deviations.misreading import MisreadDocument

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphql import DocumentNode, GraphQLResolveInfo

    from mock_server.records import Caller
    from mock_server.rendering import Json


class _Siblings(ResolversDeviation):
    """A fault that sees the arguments of all the aliases of a field in the operation, this one's among them."""

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        field = info.parent_type.fields[info.field_name]
        nodes = [
            node
            for node in info.operation.selection_set.selections
            if isinstance(node, FieldNode) and node.name.value == info.field_name
        ]
        place = next((place for place, node in enumerate(nodes) if node is info.field_nodes[0]), None)
        if place is not None:
            given = [get_argument_values(field, node, info.variable_values) for node in nodes]
            arguments = self.taken(given, place)
        return super().details(caller, arguments, info)

    def taken(self, given: Sequence[Mapping[str, Any]], place: int) -> Mapping[str, Any]:
        """Return the arguments with which the alias at a place is answered."""
        raise NotImplementedError


class FirstAliasForAll(_Siblings):
    """Every alias of the field is answered as the first one."""

    breaks = ("consistency.aliases",)

    def taken(self, given: Sequence[Mapping[str, Any]], place: int) -> Mapping[str, Any]:  # noqa: ARG002 - the step takes more than this fault looks at
        return given[0]


class LastAliasForAll(_Siblings):
    """Every alias of the field is answered as the last one."""

    breaks = ("consistency.aliases",)

    def taken(self, given: Sequence[Mapping[str, Any]], place: int) -> Mapping[str, Any]:  # noqa: ARG002 - the step takes more than this fault looks at
        return given[-1]


class AliasesShareFirst(_Siblings):
    """Every alias of the field has pages of the size that the first one asks for."""

    breaks = ("consistency.aliases",)

    def taken(self, given: Sequence[Mapping[str, Any]], place: int) -> Mapping[str, Any]:
        return {**given[place], "first": given[0].get("first")}


class AliasesShareAfter(_Siblings):
    """Every alias of the field goes on after the cursor of the first one."""

    breaks = ("consistency.aliases",)

    def taken(self, given: Sequence[Mapping[str, Any]], place: int) -> Mapping[str, Any]:
        return {**given[place], "after": given[0].get("after")}


class FiltersReadByTheNameOfAVariable(ResolversDeviation):
    """`status` and `search` are the variables of these names, whatever the arguments say."""

    breaks = ("consistency.aliases", "consistency.literals")

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        read = {name: info.variable_values.coerced.get(name) for name in ("status", "search")}
        return super().details(caller, {**arguments, **read}, info)


class AliasesPileUp(_Siblings):
    """What an alias leaves out is taken from the alias before it."""

    breaks = ("consistency.aliases",)

    def taken(self, given: Sequence[Mapping[str, Any]], place: int) -> Mapping[str, Any]:
        piled: dict[str, Any] = {}
        for arguments in given[: place + 1]:
            piled |= {name: value for name, value in arguments.items() if value is not None}
        return piled


class _WithoutInnerAliases(Visitor):
    def leave_field(self, node: FieldNode, *_: object) -> FieldNode | None:
        # Only inside the selection: beside the field's own aliases there is nowhere else to answer.
        if node.alias is None or node.selection_set is not None:
            return None
        return FieldNode(
            name=node.name, arguments=node.arguments, directives=node.directives, selection_set=node.selection_set
        )


class AliasesOfValuesIgnored(MisreadDocument):
    """A value that is asked for under an alias comes under its own name."""

    breaks = ("consistency.aliases",)

    def misread(self, document: DocumentNode) -> DocumentNode:
        read: DocumentNode = visit(document, _WithoutInnerAliases())
        return read


DEVIATIONS = (
    FirstAliasForAll,
    LastAliasForAll,
    AliasesShareFirst,
    AliasesShareAfter,
    FiltersReadByTheNameOfAVariable,
    AliasesPileUp,
    AliasesOfValuesIgnored,
)
