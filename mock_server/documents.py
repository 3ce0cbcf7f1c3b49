"""The text of a query as a document: parsed, measured and validated, once for all requests that send the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
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
from mock_server.choices import Introspection

if TYPE_CHECKING:
    from collections.abc import Mapping

# A client sends few documents many times, and reading one costs four times as much as answering it. Of those longer
# than any that is written by hand, in characters, but the last ones are kept, lest hostile ones fill the memory.
_KEPT, _KEPT_LONG, _LONG = 512, 2, 4_000


@dataclass(frozen=True, slots=True)
class Read:
    """A document, or what is wrong with it; and what each of its operations costs, by name."""

    document: DocumentNode | tuple[GraphQLError, ...]
    costs: Mapping[str | None, limits.Cost]


def read(schema: GraphQLSchema, introspection: Introspection, query: str) -> Read:
    """Return the document in a query; servers with one schema share what they read."""
    return (_read if len(query) <= _LONG else _read_long)(schema, introspection, query)


def _anew(schema: GraphQLSchema, introspection: Introspection, query: str) -> Read:
    hidden = [NoSchemaIntrospectionCustomRule] if introspection is Introspection.OFF else []
    try:
        document = parse(query, max_tokens=limits.MOST_TOKENS, allow_empty_selection_sets=False)
        costs = limits.costs(document)
        wrong = validate(schema, document, [*specified_rules, *hidden], allow_empty_selection_sets=False)
        return Read(tuple(map(_in_words, wrong)) or document, costs)
    except GraphQLError as error:
        return Read((error,), {})
    except RecursionError:
        return Read((GraphQLError("Query is nested too deeply"),), {})


def _in_words(error: GraphQLError) -> GraphQLError:
    # All that graphql-core says where comparing the selections with each other would take too long.
    if error.message == "Validation aborted.":
        return GraphQLError("Query selects one name too many times to be validated")
    return error


_read = lru_cache(_KEPT)(_anew)
_read_long = lru_cache(_KEPT_LONG)(_anew)
