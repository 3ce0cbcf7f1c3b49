"""A document that is taken for another one once it is known to be valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_server.deviations.deviation import ExecutionDeviation

if TYPE_CHECKING:
    from graphql import DocumentNode, GraphQLError


class MisreadDocument(ExecutionDeviation):
    """A fault between a valid document and its execution."""

    def document(self, query: str) -> DocumentNode | tuple[GraphQLError, ...]:
        honest = super().document(query)
        return honest if isinstance(honest, tuple) else self.misread(honest)

    def misread(self, document: DocumentNode) -> DocumentNode:
        """Return the document that is executed in place of this one."""
        raise NotImplementedError
