"""Fragments, directives and `__typename` that change what the plain selection would be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import (
    REMOVE,
    BooleanValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    SelectionSetNode,
    Visitor,
    visit,
)

from mock_server.deviations.deviation import ResolversDeviation
from mock_server.deviations.misreading import MisreadDocument
from mock_server.deviations.selection import selected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import DirectiveNode, DocumentNode, GraphQLResolveInfo

    from mock_server.records import Caller
    from mock_server.rendering import Json


class _Visiting(MisreadDocument):
    """A fault that one visitor makes."""

    visitor: type[Visitor]

    def misread(self, document: DocumentNode) -> DocumentNode:
        read: DocumentNode = visit(document, self.visitor())
        return read


class _WithoutFragmentsInFragments(Visitor):
    def enter_fragment_definition(self, node: FragmentDefinitionNode, *_: object) -> FragmentDefinitionNode:
        return FragmentDefinitionNode(
            name=node.name,
            type_condition=node.type_condition,
            directives=node.directives,
            selection_set=visit(node.selection_set, _WithoutSpreads()),
        )


class _WithoutSpreads(Visitor):
    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> Any:
        return REMOVE if node else None


class FragmentsInFragmentsDropped(_Visiting):
    """A named fragment inside another one brings nothing."""

    breaks = ("consistency.fragments",)
    visitor = _WithoutFragmentsInFragments


class _WithoutFragmentsBesideFields(Visitor):
    def enter_selection_set(self, node: SelectionSetNode, *_: object) -> SelectionSetNode | None:
        fields = tuple(selection for selection in node.selections if isinstance(selection, FieldNode))
        return SelectionSetNode(selections=fields) if 0 < len(fields) < len(node.selections) else None


class FragmentsBesideFieldsDropped(_Visiting):
    """A fragment that stands beside fields brings nothing."""

    breaks = ("consistency.fragments",)
    visitor = _WithoutFragmentsBesideFields


class _WithoutSkip(Visitor):
    def enter_directive(self, node: DirectiveNode, *_: object) -> Any:
        return REMOVE if node.name.value == "skip" else None


class SkipIgnored(_Visiting):
    """What `@skip` leaves out is there."""

    breaks = ("consistency.fragments",)
    visitor = _WithoutSkip


class _WithoutInclude(Visitor):
    def enter_directive(self, node: DirectiveNode, *_: object) -> Any:
        return REMOVE if node.name.value == "include" else None


class IncludeIgnored(_Visiting):
    """What `@include` leaves out is there."""

    breaks = ("consistency.fragments",)
    visitor = _WithoutInclude


class _WithoutOutright(Visitor):
    def enter_directive(self, node: DirectiveNode, *_: object) -> Any:
        outright = any(isinstance(argument.value, BooleanValueNode) for argument in node.arguments or ())
        return REMOVE if outright else None


class TrueAndFalseIgnored(_Visiting):
    """`@include` and `@skip` are obeyed where a variable says so; a true or false that is written there is not read."""

    breaks = ("consistency.fragments",)
    visitor = _WithoutOutright


class _WithoutMarksOnSpreads(Visitor):
    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> FragmentSpreadNode:
        return FragmentSpreadNode(name=node.name)


class DirectivesOnSpreadsIgnored(_Visiting):
    """`@include` and `@skip` on the spread of a named fragment are not read."""

    breaks = ("consistency.fragments",)
    visitor = _WithoutMarksOnSpreads


class _WithoutIncluded(Visitor):
    def enter_field(self, node: FieldNode, *_: object) -> Any:
        marked = any(mark.name.value == "include" for mark in node.directives or ())
        return REMOVE if marked and node.selection_set is None else None


class IncludedLeftOut(_Visiting):
    """A value with `@include` is left out, whatever it says."""

    breaks = ("consistency.fragments",)
    visitor = _WithoutIncluded


class _WithoutTypenameOfEdges(Visitor):
    def enter_field(self, node: FieldNode, *_: object) -> Any:
        if node.name.value != "edges" or node.selection_set is None:
            return None
        kept = tuple(inner for inner in node.selection_set.selections if not _is_typename(inner))
        return FieldNode(name=node.name, alias=node.alias, selection_set=SelectionSetNode(selections=kept))


class TypenameOfEdgesMissing(_Visiting):
    """Edges have no `__typename`."""

    breaks = ("consistency.fragments", "robustness.generated-queries")
    visitor = _WithoutTypenameOfEdges


class _LastOfEachName(Visitor):
    def enter_selection_set(self, node: SelectionSetNode, *_: object) -> SelectionSetNode:
        # As a mapping from names to fields would keep them.
        last = {_response_name(inner) or place: inner for place, inner in enumerate(node.selections)}
        return SelectionSetNode(selections=tuple(last.values()))


class SecondSelectionReplacesTheFirst(_Visiting):
    """Of a field that is selected twice, the second selection alone is answered."""

    breaks = ("consistency.fragments",)
    visitor = _LastOfEachName


class TotalsInFragmentsAreZero(ResolversDeviation):
    """Whether anything is to be counted is decided without looking into fragments."""

    breaks = ("consistency.fragments",)

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        honest = super().details(caller, arguments, info)
        if honest is None or _directly_selected(info) & {"totalFlows", "totalTasks"}:
            return honest
        return {**honest, "totalFlows": 0, "totalTasks": 0}


class EdgesInNamedFragmentsEmpty(ResolversDeviation):
    """Flows are not read where `edges` stands in a named fragment."""

    breaks = ("consistency.fragments",)

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        honest = super().details(caller, arguments, info)
        named = any(
            isinstance(inner, FragmentSpreadNode)
            for node in info.field_nodes
            for inner in (node.selection_set.selections if node.selection_set else ())
        )
        hidden = named and "edges" in selected(info) - _directly_selected(info)
        return {**honest, "edges": []} if honest is not None and hidden else honest


def _is_typename(node: object) -> bool:
    return isinstance(node, FieldNode) and node.name.value == "__typename"


def _response_name(node: object) -> str | None:
    if not isinstance(node, FieldNode):
        return None
    return node.alias.value if node.alias else node.name.value


def _directly_selected(info: GraphQLResolveInfo[Caller]) -> set[str]:
    sets = [node.selection_set for node in info.field_nodes if node.selection_set]
    return {inner.name.value for found in sets for inner in found.selections if isinstance(inner, FieldNode)}


DEVIATIONS = (
    FragmentsInFragmentsDropped,
    FragmentsBesideFieldsDropped,
    SkipIgnored,
    IncludeIgnored,
    TrueAndFalseIgnored,
    DirectivesOnSpreadsIgnored,
    IncludedLeftOut,
    TypenameOfEdgesMissing,
    SecondSelectionReplacesTheFirst,
    TotalsInFragmentsAreZero,
    EdgesInNamedFragmentsEmpty,
)
