"""What a client selected below a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphql import FieldNode, FragmentSpreadNode, InlineFragmentNode

if TYPE_CHECKING:
    from graphql import GraphQLResolveInfo, SelectionSetNode

    from mock_server.records import Caller


def selected(info: GraphQLResolveInfo[Caller]) -> set[str]:
    """Return the names of the fields selected directly below this one, fragments followed."""
    names: set[str] = set()
    waiting = [node.selection_set for node in info.field_nodes if node.selection_set]
    while waiting:
        names |= _names(waiting.pop(), waiting, info)
    return names


def _names(found: SelectionSetNode, waiting: list[SelectionSetNode], info: GraphQLResolveInfo[Caller]) -> set[str]:
    names = set()
    for selection in found.selections:
        match selection:
            case FieldNode():
                names.add(selection.name.value)
            case FragmentSpreadNode():
                waiting.append(info.fragments[selection.name.value].selection_set)
            case InlineFragmentNode():
                waiting.append(selection.selection_set)
    return names
