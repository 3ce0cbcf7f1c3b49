"""A target's own schema, and what it lacks for the documented use."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLLeafType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLSchema,
    build_client_schema,
    get_introspection_query,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_required_input_field,
    parse,
    validate,
)

from contract_tests import contract
from contract_tests.messages import Request
from contract_tests.questions import ASCENDING, DESCENDING, PERIODS
from contract_tests.replies import message
from contract_tests.target import Target
from contract_tests.verdict import CannotJudge

# A type of another name may stand for any of these; one of these names stands for itself.
NUMBERS, TEXTS = frozenset({"Int", "Float"}), frozenset({"String", "ID"})
FITTING = {"Int": NUMBERS, "Boolean": frozenset({"Boolean"}), "String": TEXTS, "ID": TEXTS}
SPECIFIED = NUMBERS | TEXTS | {"Boolean"}


def introspected(target: Target) -> GraphQLSchema:
    """Ask for the schema.

    Raises:
        CannotJudge: where the target does not tell it, or tells something that is no schema.

    """
    reply = target.memory.reply(Request(get_introspection_query(descriptions=False, input_value_deprecation=False), {}))
    if reply.errors or not reply.data:
        said = message(reply.errors[0]) if reply.errors else "nothing"
        raise CannotJudge(f"introspection is off or refused: {said}")
    try:
        return build_client_schema(reply.data)
    except Exception as error:  # whatever graphql-core makes of a schema that is none
        raise CannotJudge(f"introspection gives no schema that can be read: {error}") from error


def lacking(schema: GraphQLSchema) -> list[str]:
    """Say what stands in the way of the documented use; additions do not."""
    return [*_of_operations(schema), *_of_periods(schema), *_of_sort(schema), *_of_fields(schema)]


def types_of_sort(schema: GraphQLSchema) -> dict[str, str]:
    """Return the types of a sort's field and of its direction, by their names in `SortCriteria`.

    Raises:
        CannotJudge: where the schema has no such input fields.

    """
    sort = schema.type_map.get("SortCriteria")
    fields = sort.fields if isinstance(sort, GraphQLInputObjectType) else {}
    if not {"by", "order"} <= set(fields):
        raise CannotJudge("the target's schema does not tell the types of what stands in a sort")
    return {name: str(get_nullable_type(fields[name].type)) for name in ("by", "order")}


def _of_operations(schema: GraphQLSchema) -> Iterator[str]:
    for name in (contract.ORGANIZATION, contract.DETAILS):
        for error in validate(schema, parse(contract.operation(name))):
            yield f"the documented operation {name} is not valid: {error.message}"


def _of_periods(schema: GraphQLSchema) -> Iterator[str]:
    periods = schema.type_map.get("PeriodFilter")
    if isinstance(periods, GraphQLEnumType):
        yield from (f"PeriodFilter has no value {value}" for value in PERIODS if value not in periods.values)


def _of_sort(schema: GraphQLSchema) -> Iterator[str]:
    sort = schema.type_map.get("SortCriteria")
    if not isinstance(sort, GraphQLInputObjectType):
        return
    for name in ("by", "order"):
        if name not in sort.fields:
            yield f"SortCriteria has no field {name}"
    for name, field in sort.fields.items():
        if name not in ("by", "order") and is_required_input_field(field):
            yield f"SortCriteria requires a field {name}"
    by, order = sort.fields.get("by"), sort.fields.get("order")
    if by and not _accepts_text(get_nullable_type(by.type)):
        yield f"SortCriteria.by is {by.type}, which does not accept any other field"
    if order:
        inner = get_nullable_type(order.type)
        values = set(inner.values) if isinstance(inner, GraphQLEnumType) else {ASCENDING, DESCENDING}
        if not ({ASCENDING, DESCENDING} <= values and (isinstance(inner, GraphQLEnumType) or _accepts_text(inner))):
            yield f"SortCriteria.order is {order.type}, which does not accept asc and desc"


def _accepts_text(type_: Any) -> bool:
    return isinstance(type_, GraphQLScalarType) and (type_.name in TEXTS or type_.name not in SPECIFIED)


def _of_fields(schema: GraphQLSchema) -> Iterator[str]:
    documented = contract.documented_schema().query_type
    if schema.query_type is None or documented is None:
        yield "the schema has no query type"
        return
    for name in (contract.ORGANIZATION, contract.DETAILS):
        if name in schema.query_type.fields:
            yield from _of_type(name, documented.fields[name].type, schema.query_type.fields[name].type)


def _of_type(path: str, documented: GraphQLOutputType, own: GraphQLOutputType) -> Iterator[str]:
    """Compare the kinds of two types, whatever they are called and whether or not they are nullable."""
    wanted, has = get_nullable_type(documented), get_nullable_type(own)
    if is_list_type(wanted) != is_list_type(has) or is_leaf_type(wanted) != is_leaf_type(has):
        yield f"{path} is {own}, where the documentation shows {documented}"
    elif isinstance(wanted, GraphQLList) and isinstance(has, GraphQLList):
        yield from _of_type(path, wanted.of_type, has.of_type)
    elif isinstance(wanted, GraphQLObjectType):
        fields = getattr(has, "fields", {})
        for name, field in wanted.fields.items():
            # A field that is not there is said of the operation that selects it.
            if name in fields:
                yield from _of_type(f"{path}.{name}", field.type, fields[name].type)
    elif not _fits(wanted, has):
        yield f"{path} is {own}, where the documentation shows {documented}"


def _fits(documented: Any, own: GraphQLLeafType | Any) -> bool:
    """Whether a leaf may stand where the documentation shows another; enums and scalars of a server's own may."""
    if isinstance(own, GraphQLEnumType):
        return documented.name in TEXTS
    return own.name not in SPECIFIED or own.name in FITTING.get(documented.name, frozenset({documented.name}))
