"""Several requests as one: an operation that asks all of them, the details of each under an alias of its own.

What a document says is kept letter for letter, be it literals, fragments or directives; only its variables and
fragments are renamed, so that none is another's.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSyntaxError,
    Node,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    parse,
    visit,
)

from contract_tests import contract
from contract_tests.messages import Request

_ROOTS = (contract.DETAILS, contract.STATS, contract.ORGANIZATION)


def aliases(requests: Sequence[Request]) -> list[str]:
    """Return the names under which `merged` asks for the details of each request."""
    return [f"answer{number}" for number in range(len(requests))]


def merged(requests: Sequence[Request]) -> Request:
    """Return one request that asks what some requests ask, each of them with a `mergeable` document."""
    variables: dict[str, Any] = {}
    definitions, selections, fragments = [], [], []
    for number, request in enumerate(requests):
        variables |= {f"{name}_{number}": value for name, value in request.variables.items()}
        own_definitions, own_selections, own_fragments = _parts(request.document, number)
        definitions += own_definitions
        selections += own_selections
        fragments += own_fragments
    head = f"query several({', '.join(definitions)})" if definitions else "query several"
    return Request(" ".join([head, "{", *selections, "}", *fragments]), variables)


@lru_cache(1_000)
def mergeable(document: str) -> bool:
    """Whether a document is one query for the details and nothing else, under their own name."""
    try:
        parsed = parse(document)
    except GraphQLSyntaxError:
        return False
    operations = [node for node in parsed.definitions if isinstance(node, OperationDefinitionNode)]
    roots = {(node.name.value, node.alias is None) for node in _nodes(parsed) if isinstance(node, FieldNode)}
    return len(operations) == 1 and {root for root in roots if root[0] in _ROOTS} == {(contract.DETAILS, True)}


@lru_cache(1_000)
def _parts(document: str, number: int) -> tuple[list[str], list[str], list[str]]:
    """Return a document's variable definitions, selections and fragments, with the number behind its names."""
    parsed = parse(document)
    edits = sorted(_edits(_nodes(parsed), number))
    definitions, selections, fragments = [], [], []
    for node in parsed.definitions:
        if isinstance(node, OperationDefinitionNode):
            definitions = [_edited(document, one, edits) for one in node.variable_definitions or ()]
            selections = [_edited(document, one, edits) for one in node.selection_set.selections]
        else:
            fragments.append(_edited(document, node, edits))
    return definitions, selections, fragments


def _edits(nodes: Iterable[Node], number: int) -> Iterator[tuple[int, str]]:
    """Yield what is to be put into a document, and before which of its characters."""
    for node in nodes:
        match node:
            case VariableNode() | FragmentSpreadNode() | FragmentDefinitionNode() if node.name.loc:
                yield node.name.loc.end, f"_{number}"
            case FieldNode() if node.name.value == contract.DETAILS and node.loc:
                yield node.loc.start, f"answer{number}: "


def _edited(document: str, node: Node, edits: Iterable[tuple[int, str]]) -> str:
    """Return a node's part of a document with the edits that fall into it."""
    assert node.loc is not None  # noqa: S101  # parse gives every node its place
    at, pieces = node.loc.start, []
    for place, text in edits:
        if node.loc.start <= place <= node.loc.end:
            pieces += [document[at:place], text]
            at = place
    return "".join([*pieces, document[at : node.loc.end]])


def _nodes(parsed: Node) -> list[Node]:
    """All nodes of a document."""
    collector = _Collector()
    visit(parsed, collector)
    return collector.nodes


class _Collector(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.nodes: list[Node] = []

    def enter(self, node: Node, *_: Any) -> None:
        self.nodes.append(node)
