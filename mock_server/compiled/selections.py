"""A document's selections as they will be answered: fragments followed, directives obeyed, equal keys merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import (
    SKIP,
    BooleanValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    VariableNode,
    Visitor,
    get_named_type,
    visit,
)

from mock_server.compiled.uncovered import Uncovered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphql import ArgumentNode, DirectiveNode, DocumentNode, InlineFragmentNode, SelectionSetNode

_TYPENAME = "__typename"


@dataclass(frozen=True, slots=True)
class Selected:
    """A field under its response key, with what is selected below it; `type_name` is whose field it is."""

    key: str
    name: str
    type_name: str
    below: Selection = ()

    @property
    def is_typename(self) -> bool:
        """Whether the answer is the name of the type itself."""
        return self.name == _TYPENAME


Selection = tuple[Selected, ...]


class Collecting:
    """Collects under given values of the variables that `@skip` and `@include` ask for."""

    def __init__(self, document: DocumentNode, decided: Mapping[str, bool]) -> None:
        self._fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._decided = decided

    def fields(self, type_: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> dict[str, list[FieldNode]]:
        """Return the nodes selected of an object by response key, in the order in which the keys first come."""
        found: dict[str, list[FieldNode]] = {}
        visited: set[str] = set()
        for selections in sets:
            self._visit(type_, selections, visited, found)
        return found

    def below(self, type_: GraphQLObjectType, nodes: Sequence[FieldNode]) -> Selection:
        """Return what is selected below a field of this type, given by all its nodes."""
        fields = self.fields(type_, [node.selection_set for node in nodes if node.selection_set])
        return tuple(self._selected(type_, key, inner) for key, inner in fields.items())

    def _selected(self, type_: GraphQLObjectType, key: str, nodes: Sequence[FieldNode]) -> Selected:
        name = nodes[0].name.value
        if name == _TYPENAME:
            return Selected(key, name, type_.name)
        inner = get_named_type(type_.fields[name].type)
        return Selected(key, name, type_.name, self.below(inner, nodes) if isinstance(inner, GraphQLObjectType) else ())

    def _visit(
        self,
        type_: GraphQLObjectType,
        selections: SelectionSetNode,
        visited: set[str],
        found: dict[str, list[FieldNode]],
    ) -> None:
        for node in selections.selections:
            if not all(self._wanted(directive) for directive in node.directives or ()):
                continue
            if isinstance(node, FieldNode):
                found.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
                continue
            fragment: FragmentDefinitionNode | InlineFragmentNode
            if isinstance(node, FragmentSpreadNode):
                if node.name.value in visited:
                    continue
                visited.add(node.name.value)
                fragment = self._fragments[node.name.value]
            else:
                fragment = node  # type: ignore[assignment] # of the three kinds of selections the last one
            if fragment.type_condition is None or fragment.type_condition.name.value == type_.name:
                self._visit(type_, fragment.selection_set, visited, found)

    def _wanted(self, directive: DirectiveNode) -> bool:
        if directive.name.value not in ("skip", "include"):
            raise Uncovered(directive.name.value)
        value = (directive.arguments or ())[0].value
        if isinstance(value, VariableNode):
            condition = self._decided[value.name.value]
        elif isinstance(value, BooleanValueNode):
            condition = value.value
        else:
            raise Uncovered(directive.name.value)
        return condition is (directive.name.value == "include")


class VariableUses(Visitor):
    """What the variables of a document are for: directives, the place of a page, or anything."""

    def __init__(self, document: DocumentNode) -> None:
        super().__init__()
        self.deciding: set[str] = set()
        self._settling: set[str] = set()
        self._placing: set[str] = set()
        visit(document, self)

    @property
    def placing(self) -> set[str]:
        """Those that are only ever the `first` or the `after` of a field."""
        return self._placing - self._settling

    def enter_directive(self, node: DirectiveNode, *_: object) -> None:
        values = (argument.value for argument in node.arguments or ())
        self.deciding |= {value.name.value for value in values if isinstance(value, VariableNode)}

    def enter_argument(self, node: ArgumentNode, *_: object) -> Any:
        if node.name.value not in ("first", "after") or not isinstance(node.value, VariableNode):
            return None
        self._placing.add(node.value.name.value)
        return SKIP

    def enter_variable_definition(self, *_: object) -> Any:
        return SKIP

    def enter_variable(self, node: VariableNode, *_: object) -> None:
        self._settling.add(node.name.value)
