"""Documents that select less than the documented operation does, for what a selection must not change."""

from typing import Any

from graphql import REMOVE, FieldNode, Visitor, parse, print_ast, visit

from contract_tests import contract
from contract_tests.questions import Question
from contract_tests.target import Target
from contract_tests.verdict import Malformed


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


WITHOUT_EDGES = without("edges", "pageInfo")


def totals_only(target: Target, question: Question) -> tuple[int, int]:
    """Ask for both totals and nothing else."""
    value = target.details(question, WITHOUT_EDGES)
    flows, tasks = (value.get(key) if isinstance(value, dict) else None for key in ("totalFlows", "totalTasks"))
    if not isinstance(flows, int) or not isinstance(tasks, int):
        raise Malformed("totalFlows, totalTasks", "integers", (flows, tasks))
    return flows, tasks
