"""One GraphQL request to one GraphQL response. Knows nothing of HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    execute_sync,
)

from mock_server import documents, limits
from mock_server.refusals import Refusal, Told, details
from mock_server.resolvers import Resolvers, executable_schema

if TYPE_CHECKING:
    from graphql import GraphQLResolveInfo

    from mock_server.records import Caller
    from mock_server.rendering import Json


@dataclass(frozen=True, slots=True)
class Request:
    """A GraphQL request as it came in, read but not judged."""

    query: str
    variables: dict[str, Any] | None = None
    operation_name: str | None = None


class Execution:
    """Answers requests with the fields of one set of resolvers."""

    def __init__(self, resolvers: Resolvers) -> None:
        self.resolvers = resolvers
        self.schema = self.offered()

    def offered(self) -> GraphQLSchema:
        """Return the schema that requests are judged by."""
        rulings = self.resolvers.rulings
        return executable_schema(rulings.order_type, rulings.stats)

    def respond(self, request: Request, caller: Caller) -> Json:
        """Return the response: `errors` where there are any, first as in graphql-ruby; `data` where execution began."""
        document = self.document(request.query)
        if isinstance(document, tuple):
            return self._unexecuted(*document)
        if excess := self.excess(request):
            return self._unexecuted(excess)
        result = execute_sync(
            self.schema,
            document,
            root_value=self.resolvers,
            context_value=caller,
            variable_values=request.variables,
            operation_name=request.operation_name,
            field_resolver=_value,
        )
        return self._response(result)

    def encoded(self, request: Request, caller: Caller) -> bytes | None:  # noqa: ARG002 - nothing is compiled here
        """Return the response as JSON in UTF-8 where it is written at once, or None where `respond` has to be asked."""
        return None

    def document(self, query: str) -> DocumentNode | tuple[GraphQLError, ...]:
        """Return the document, parsed and validated, or what is wrong with it."""
        return documents.read(self.schema, self.resolvers.rulings.introspection, query).document

    def excess(self, request: Request) -> GraphQLError | None:
        """Return the error of a valid request that asks for too much."""
        rulings = self.resolvers.rulings
        read = documents.read(self.schema, rulings.introspection, request.query)
        return limits.excess(read.costs, request.operation_name, request.variables or {}, rulings)

    def _unexecuted(self, *errors: GraphQLError) -> Json:
        return {"errors": [self.formatted(error) for error in errors]}

    def _response(self, result: ExecutionResult) -> Json:
        response: Json = {}
        if result.errors:
            response["errors"] = [self.formatted(error) for error in result.errors]
        # Without data and without a path the request itself was wrong, and nothing was executed.
        if result.data is not None or not result.errors or any(error.path for error in result.errors):
            response["data"] = result.data
        return response

    def formatted(self, error: GraphQLError) -> Json:
        """Return an error as it is sent; a refusal of this server's own has a code and an id to ask support about."""
        rulings = self.resolvers.rulings
        sent: Json = dict(error.formatted)
        if isinstance(error.original_error, Refusal):
            refusal = error.original_error
            return Told({**sent, "extensions": details(refusal.code_under(rulings))}, refusal)
        if error.path is None and not error.extensions and (code := str(rulings.invalid_code)) != "none":
            sent["extensions"] = {"code": code}
        return sent


def _value(source: Json, info: GraphQLResolveInfo[Caller]) -> object:
    # Everything below the query's own fields is plain values, and graphql-core's resolver looks for more than that.
    return source[info.field_name]
