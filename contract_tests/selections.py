"""Documents that select less than the documented operation does, for what a selection must not change."""

from enum import StrEnum
from functools import cache
from typing import Any

from graphql import REMOVE, FieldNode, Visitor, parse, print_ast, visit

from contract_tests import contract
from contract_tests.answers import count
from contract_tests.questions import Question
from contract_tests.target import Target

TOTALS = ("totalFlows", "totalTasks")


class Less(StrEnum):
    """Fields to leave out, by name: each may be what a server computes the totals from."""

    EDGES_AND_PAGE_INFO = "edges pageInfo"
    EDGES = "edges"
    PAGE_INFO = "pageInfo"
    END_CURSOR = "endCursor"
    HAS_NEXT_PAGE = "hasNextPage"
    ALL_BUT_TOTAL_FLOWS = "edges pageInfo totalTasks"
    ALL_BUT_TOTAL_TASKS = "edges pageInfo totalFlows"
    TASKS = "tasks"
    TOTALS = "totalFlows totalTasks"
    ALL_BUT_NAMES = "pageInfo tasks runs status project lastRunAt"
    TOTAL_FLOWS = "totalFlows"
    TOTAL_TASKS = "totalTasks"
    STATUS = "status lastRunAt runs"


class _Without(Visitor):
    """Drops some fields of a document."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__()
        self._names = names

    def enter_field(self, node: FieldNode, *_: object) -> Any:
        return REMOVE if node.name.value in self._names else None


@cache
def without(less: Less) -> str:
    """Return the documented operation without some of its fields."""
    return print_ast(visit(parse(contract.operation(contract.DETAILS)), _Without(frozenset(less.split()))))


WITHOUT_EDGES = without(Less.EDGES_AND_PAGE_INFO)


def totals_of(target: Target, question: Question, less: Less) -> dict[str, int]:
    """Ask for less and return the totals that are selected, by name."""
    value = target.details(question, without(less))
    found = {name: value.get(name) if isinstance(value, dict) else None for name in TOTALS if name not in less.split()}
    return {name: count(total, name) for name, total in found.items()}


def page_info_of(target: Target, question: Question, less: Less) -> object:
    """Ask for less and return `pageInfo`."""
    value = target.details(question, without(less))
    return value.get("pageInfo") if isinstance(value, dict) else None
