"""How much a document may ask for, measured before it is compared with the schema.

Depth and complexity are counted as in graphql-ruby, and their limits are the API's:
https://developers.pipefy.com/reference/limits-and-best-practices
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    IntValueNode,
    OperationDefinitionNode,
    VariableNode,
)

from mock_server.choices import PageCap, QueryCost

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import SelectionNode, SelectionSetNode, ValueNode

    from mock_server.rulings import Rulings

MOST_COMPLEX = 50_000
DEEPEST = 15
# The documented operation has a hundred tokens and no alias; its complexity allows it 98 times in one document.
MOST_TOKENS = 10_000
MOST_ALIASES = 500
# Validation compares each with each.
MOST_FRAGMENTS = 200

# "If first wasn't specified, the default page size, usually 50, would be used".
_DEFAULT_SIZE = 50
_PAGED = "integrationsUsageDetails"
_EDGES = ("edges", "nodes")
# Longer ones are no Int.
_DIGITS = 10
_LARGEST = 2**31 - 1

# How many edges a page has: a number, a variable's name, or None where it is left out.
_Size = int | str | None


@dataclass(slots=True)
class Cost:
    """What a selection costs: once, for each edge of the page that it stands in, and for each edge of pages below."""

    depth: int = 0
    aliases: int = 0
    once: int = 0
    each: int = 0
    pages: Counter[_Size] = field(default_factory=Counter)
    defaults: dict[str, _Size] = field(default_factory=dict)

    def add(self, other: Cost, levels: int = 0) -> None:
        """Count another selection as well, which lies so many levels below."""
        self.depth = max(self.depth, other.depth + levels)
        self.aliases += other.aliases
        self.once += other.once
        self.each += other.each
        self.pages.update(other.pages)


def costs(document: DocumentNode) -> dict[str | None, Cost]:
    """Return what each operation costs, by its name.

    Raises GraphQLError for a document with too many fragments, and an operation too deep or with too many aliases.
    """
    measure = _Measure(document)
    found: dict[str | None, Cost] = {}
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            cost = Cost()
            cost.add(measure.selections(operation.selection_set))
            cost.defaults = {
                made.variable.name.value: _size(made.default_value) for made in operation.variable_definitions or ()
            }
            found[operation.name.value if operation.name else None] = cost
            if cost.depth > DEEPEST:
                raise GraphQLError(f"Query has depth of {cost.depth}, which exceeds max depth of {DEEPEST}")
            if cost.aliases > MOST_ALIASES:
                raise GraphQLError(f"Query has more than {MOST_ALIASES} aliases, which are the most there may be")
    return found


def complexity(cost: Cost, variables: Mapping[str, Any], rulings: Rulings) -> int:
    """Return an operation's complexity with these variables: 10 · first + 7 for the documented one."""
    total = cost.once + cost.each
    for size, each in cost.pages.items():
        asked = variables.get(size, cost.defaults.get(size)) if isinstance(size, str) else size
        total += each * _edges(asked, rulings)
    return total


def may_exceed(cost: Cost, rulings: Rulings) -> bool:
    """Say whether there are variables with which an operation of this cost is too complex."""
    widest = max(_DEFAULT_SIZE, _edges(_LARGEST, rulings))
    total = cost.once + cost.each
    for size, each in cost.pages.items():
        total += each * (widest if isinstance(size, str) else _edges(size, rulings))
    return total > MOST_COMPLEX


def excess(
    costs: Mapping[str | None, Cost], operation_name: str | None, variables: Mapping[str, Any], rulings: Rulings
) -> GraphQLError | None:
    """Return the error of an operation that is too complex with these variables."""
    cost = costs.get(operation_name) if operation_name else next(iter(costs.values()), None)
    found = complexity(cost, variables, rulings) if cost else 0
    if found <= MOST_COMPLEX:
        return None
    # Fragments that spread each other make numbers that nobody reads.
    told = str(found) if found < 10**12 else "more than a trillion"
    return GraphQLError(f"Query has complexity of {told}, which exceeds max complexity of {MOST_COMPLEX}")


def _edges(asked: object, rulings: Rulings) -> int:
    if isinstance(asked, float) and asked.is_integer():
        asked = int(asked)
    if not isinstance(asked, int):
        return _DEFAULT_SIZE
    if rulings.query_cost is QueryCost.BY_PAGE:
        asked = min(asked, _DEFAULT_SIZE if rulings.page_cap is PageCap.NONE else int(rulings.page_cap))
    return max(asked, 0)


def _size(value: ValueNode | None) -> _Size:
    if isinstance(value, VariableNode):
        return value.name.value
    return int(value.value) if isinstance(value, IntValueNode) and len(value.value) <= _DIGITS else None


class _Measure:
    """Adds selections up, each fragment once."""

    def __init__(self, document: DocumentNode) -> None:
        fragments = (found for found in document.definitions if isinstance(found, FragmentDefinitionNode))
        self._fragments = {fragment.name.value: fragment for fragment in fragments}
        self._known: dict[str, Cost] = {}
        if len(self._fragments) > MOST_FRAGMENTS:
            raise GraphQLError(f"Query has more than {MOST_FRAGMENTS} fragments, which are the most there may be")

    def selections(self, selected: SelectionSetNode | None) -> Cost:
        total = Cost()
        for selection in selected.selections if selected else ():
            if isinstance(selection, FieldNode):
                total.add(self._field(selection), levels=1)
            else:
                total.add(self._inside(selection))
        return total

    def _inside(self, selection: SelectionNode) -> Cost:
        if not isinstance(selection, FragmentSpreadNode):
            return self.selections(selection.selection_set)  # type: ignore[attr-defined] # an inline fragment
        name = selection.name.value
        if name not in self._known:
            # One that spreads itself costs nothing inside itself: validation refuses it.
            self._known[name] = Cost()
            fragment = self._fragments.get(name)
            self._known[name] = self.selections(fragment.selection_set if fragment else None)
        return self._known[name]

    def _field(self, node: FieldNode) -> Cost:
        cost = self.selections(node.selection_set)
        cost.aliases += node.alias is not None
        if node.name.value in _EDGES:
            cost.each += cost.once
            cost.once = 1
            return cost
        if node.name.value == _PAGED:
            first = next((found.value for found in node.arguments or () if found.name.value == "first"), None)
            cost.pages[_size(first)] += cost.each
        else:
            cost.once += cost.each
        cost.once += 1
        cost.each = 0
        return cost
