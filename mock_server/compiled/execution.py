"""The honest execution: operations compiled where that can be, and graphql-core's answer to everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_server import documents, limits
from mock_server.bounded import Bounded
from mock_server.compiled.operations import Asking, Operation, Shelves
from mock_server.compiled.uncovered import Uncovered
from mock_server.documents import WEIGHT
from mock_server.execution import Execution
from mock_server.refusals import Refusal

if TYPE_CHECKING:
    from mock_server.execution import Request
    from mock_server.indexed import Indexed
    from mock_server.records import Caller

# In bytes.
_OPERATIONS = 32 * 2**20
_SETTLED = 32 * 2**20


class CompiledExecution(Execution):
    """Answers with bytes what it has compiled; `respond` remains the reference, and answers whatever goes wrong."""

    def __init__(self, resolvers: Indexed) -> None:
        super().__init__(resolvers)
        self._asked = Asking(resolvers, Shelves(), Bounded(_SETTLED))
        self._world = resolvers.world
        self._operations: Bounded[Operation | Uncovered] = Bounded(_OPERATIONS)

    def encoded(self, request: Request, caller: Caller) -> bytes | None:
        """Return the response as JSON in UTF-8, which has data and no errors, or None where it may have some."""
        operation = self._operation(request.query, request.operation_name)
        if isinstance(operation, Uncovered) or (operation.may_exceed and self.excess(request)):
            return None
        try:
            return operation.written(self._asking(), caller, request.variables or {})
        except (Uncovered, Refusal):
            return None

    def _asking(self) -> Asking:
        # What was settled about one world is nothing to another.
        if self._asked.resolvers.world is not self._world:
            self._world = self._asked.resolvers.world
            self._asked = Asking(self._asked.resolvers, Shelves(), Bounded(_SETTLED))
        return self._asked

    def _operation(self, query: str, name: str | None) -> Operation | Uncovered:
        found = self._operations.get((query, name))
        if found is None:
            found = self._compiled(query, name)
            self._operations.put((query, name), found, WEIGHT * (len(query) + len(name or "")))
        return found

    def _compiled(self, query: str, name: str | None) -> Operation | Uncovered:
        rulings = self.resolvers.rulings
        read = documents.read(self.schema, rulings.introspection, query)
        if isinstance(read.document, tuple):
            return Uncovered(query)
        may_exceed = any(limits.may_exceed(cost, rulings) for cost in read.costs.values())
        try:
            return Operation(self.schema, read.document, name, may_exceed=may_exceed)
        except (Uncovered, RecursionError):
            return Uncovered(name)
