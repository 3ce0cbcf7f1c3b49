"""Documents that select less than the documented operation does, for what a selection must not change."""

from typing import Any

from graphql import REMOVE, FieldNode, Visitor, parse, print_ast, visit

from contract_tests import contract
from contract_tests.answers import count
from contract_tests.questions import Question
from contract_tests.target import Target


class _Without(Visitor):
    """Drops some fields of a document."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self._names = names

    def enter_field(self, node: FieldNode, *_: object) -> Any:
        return REMOVE if node.name.value in self._names else None


def without(*names: str) -> str:
    """Return the documented operation without some of its fields."""
    return print_ast(visit(parse(contract.operation(contract.DETAILS)), _Without(*names)))


TOTALS = ("totalFlows", "totalTasks")
WITHOUT_EDGES = without("edges", "pageInfo")
# Each leaves out what a server may have computed the totals from.
SELECTIONS = (
    WITHOUT_EDGES,
    without("edges"),
    without("edges", "pageInfo", "totalTasks"),
    without("edges", "pageInfo", "totalFlows"),
    without("pageInfo", "tasks", "runs", "status", "project"),
)


def totals_of(target: Target, question: Question, document: str) -> dict[str, int]:
    """Ask by a document and return the totals that it selects, by name."""
    value = target.details(question, document)
    found = {name: value.get(name) if isinstance(value, dict) else None for name in TOTALS if name in document}
    return {name: count(total, name) for name, total in found.items()}
