"""The text of a query as a document: parsed, measured and validated, once for all requests that send the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    parse,
    specified_rules,
    validate,
)

from mock_server import limits
from mock_server.bounded import Bounded
from mock_server.choices import Introspection

if TYPE_CHECKING:
    from collections.abc import Mapping

# A client sends few documents many times, and reading one costs many times as much as answering it. Servers with one
# schema share what they read, in so many bytes.
_KEPT = 64 * 2**20
# A document takes so many bytes for each character of its text when it is read, where it is little but short names.
WEIGHT = 150


@dataclass(frozen=True, slots=True)
class Read:
    """A document, or what is wrong with it; and what each of its operations costs, by name."""

    document: DocumentNode | tuple[GraphQLError, ...]
    costs: Mapping[str | None, limits.Cost]


def read(schema: GraphQLSchema, introspection: Introspection, query: str) -> Read:
    """Return the document in a query; servers with one schema share what they read."""
    key = (schema, introspection, query)
    found = _read.get(key)
    if found is None:
        found = _anew(*key)
        _read.put(key, found, WEIGHT * len(query))
    return found


def _anew(schema: GraphQLSchema, introspection: Introspection, query: str) -> Read:
    hidden = [NoSchemaIntrospectionCustomRule] if introspection is Introspection.OFF else []
    try:
        document = parse(query, max_tokens=limits.MOST_TOKENS, allow_empty_selection_sets=False)
        costs = limits.costs(document)
        wrong = validate(schema, document, [*specified_rules, *hidden], allow_empty_selection_sets=False)
        return Read(tuple(map(_in_words, wrong)) or document, costs)
    except GraphQLError as error:
        # The way to it holds all that was read on the way.
        return Read((error.with_traceback(None),), {})
    except RecursionError:
        return Read((GraphQLError("Query is nested too deeply"),), {})


def _in_words(error: GraphQLError) -> GraphQLError:
    # All that graphql-core says where comparing the selections with each other would take too long.
    if error.message == "Validation aborted.":
        return GraphQLError("Query selects one name too many times to be validated")
    return error


_read: Bounded[Read] = Bounded(_KEPT)
