"""One GraphQL request to one GraphQL response. Knows nothing of HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    execute_sync,
    parse,
    specified_rules,
    validate,
)

from mock_server.bounded import Bounded
from mock_server.choices import Introspection
from mock_server.refusals import Refusal
from mock_server.resolvers import Resolvers, executable_schema

if TYPE_CHECKING:
    from graphql import GraphQLResolveInfo

    from mock_server.records import Caller
    from mock_server.rendering import Json

# A client sends few documents many times, and reading one costs four times as much as answering it.
# Servers with one schema share what they read, in so many bytes.
_REMEMBERED = 64 * 2**20
# A parsed document takes so many bytes for each character of its text.
DOCUMENT_WEIGHT = 80
# The API's own documents have some hundred tokens; beyond this a document is an attack on the parser.
_MOST_TOKENS = 20_000


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
            return {"errors": [formatted(error) for error in document]}
        result = execute_sync(
            self.schema,
            document,
            root_value=self.resolvers,
            context_value=caller,
            variable_values=request.variables,
            operation_name=request.operation_name,
            field_resolver=_value,
        )
        return _response(result)

    def encoded(self, request: Request, caller: Caller) -> bytes | None:  # noqa: ARG002 - nothing is compiled here
        """Return the response as JSON in UTF-8 where it is written at once, or None where `respond` has to be asked."""
        return None

    def document(self, query: str) -> DocumentNode | tuple[GraphQLError, ...]:
        """Return the document, parsed and validated, or what is wrong with it."""
        key = (self.schema, self.resolvers.rulings.introspection, query)
        found = _documents.get(key)
        if found is None:
            found = _document(*key)
            _documents.put(key, found, DOCUMENT_WEIGHT * len(query))
        return found


_documents: Bounded[DocumentNode | tuple[GraphQLError, ...]] = Bounded(_REMEMBERED)


def _document(
    schema: GraphQLSchema, introspection: Introspection, query: str
) -> DocumentNode | tuple[GraphQLError, ...]:
    hidden = [NoSchemaIntrospectionCustomRule] if introspection is Introspection.OFF else []
    try:
        document = parse(query, max_tokens=_MOST_TOKENS, allow_empty_selection_sets=False)
        wrong = validate(schema, document, [*specified_rules, *hidden], allow_empty_selection_sets=False)
        return tuple(wrong) or document
    except GraphQLError as error:
        return (error,)
    except RecursionError:
        return (GraphQLError("Query is nested too deeply"),)


def _value(source: Json, info: GraphQLResolveInfo[Caller]) -> object:
    # Everything below the query's own fields is plain values, and graphql-core's resolver looks for more than that.
    return source[info.field_name]


def _response(result: ExecutionResult) -> Json:
    response: Json = {}
    if result.errors:
        response["errors"] = [formatted(error) for error in result.errors]
    # Without data and without a path the request itself was wrong, and nothing was executed.
    if result.data is not None or not result.errors or any(error.path for error in result.errors):
        response["data"] = result.data
    return response


def formatted(error: GraphQLError) -> Json:
    """Return an error as it is sent; a refusal of this server's own has a code and an id to ask support about."""
    sent: Json = dict(error.formatted)
    if isinstance(error.original_error, Refusal):
        sent["extensions"] = {"code": error.original_error.code, "correlation_id": uuid4().hex}
    return sent
