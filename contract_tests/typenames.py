"""What a target calls its types, and answers brought to the plain form whichever spelling asked for them."""

from collections.abc import Iterable
from typing import Any

from graphql import GraphQLInterfaceType, GraphQLNamedType, GraphQLObjectType, GraphQLSchema, get_named_type

from contract_tests import contract
from contract_tests.introspection import introspected
from contract_tests.messages import Request
from contract_tests.questions import Question
from contract_tests.spellings import LEFT_OUT, NOT_INCLUDED, ROOT, SKIPPED, Form, Types, spelled
from contract_tests.target import Target
from contract_tests.verdict import CannotJudge, need

TYPENAME = "__typename"


def types(target: Target) -> Types:
    """Return the names of the types of the query and of each field of objects.

    Objects that have one name here and another there share an interface or a union; its name is in the schema.

    Raises:
        CannotJudge: where the target does not tell them.

    """
    document, _ = spelled(Form.TYPENAME, {})
    question = Question(target.periods[0], first=20)
    target.told(question)
    details = target.answer(Request(document, target.variables(question)))[contract.DETAILS]
    edges = _inside([details], "edges")
    need(edges, "a flow")
    nodes = _inside(edges, "node")
    levels = {
        ROOT: [target.admission().data or {}],
        contract.DETAILS: [details],
        "edges": edges,
        "node": nodes,
        "project": _inside(nodes, "project"),
        "pageInfo": _inside([details], "pageInfo"),
    }
    names = {field: {value.get(TYPENAME) for value in values} for field, values in levels.items()}
    if not all(isinstance(name, str) and name for found in names.values() for name in found or {None}):
        raise CannotJudge("the target does not tell the names of its types")
    if any(len(found) > 1 for found in names.values()):
        return declared(introspected(target))
    return {field: found.pop() for field, found in names.items()}


def declared(schema: GraphQLSchema) -> Types:
    """Return the names that a schema has for the types of the query and of each field of objects.

    Raises:
        CannotJudge: where the schema has not all of these fields.

    """
    found: dict[str, str] = {}
    type_: GraphQLNamedType | None = schema.query_type
    for name, field in ((ROOT, contract.DETAILS), (contract.DETAILS, "edges"), ("edges", "node"), ("node", "project")):
        found[name] = _declared(type_)
        if name == contract.DETAILS:
            found["pageInfo"] = _declared(_field(type_, "pageInfo"))
        type_ = _field(type_, field)
    return found | {"project": _declared(type_)}


def plain(value: Any, form: Form) -> Any:
    """Return a value that was asked for in another form as the documented operation would show it.

    An object without the `__typename` that was asked for gets one that says so.
    """
    if isinstance(value, list):
        return [plain(item, form) for item in value]
    if not isinstance(value, dict):
        return value
    if form == Form.RENAMED:
        named = ((key[:-1] if key.endswith("_") else f"{key} without its alias", item) for key, item in value.items())
        return {key: plain(item, form) for key, item in named}
    if form == Form.TYPENAME:
        lacking = {} if isinstance(value.get(TYPENAME), str) and value[TYPENAME] else {TYPENAME: "missing"}
        return {key: plain(item, form) for key, item in value.items() if key != TYPENAME} | lacking
    return value


def left_over(value: Any, form: Form) -> Any:
    """Return what a form leaves of the value that the documented operation shows."""
    if form not in LEFT_OUT:
        return value
    if isinstance(value, list):
        return [left_over(item, form) for item in value]
    if isinstance(value, dict):
        gone = {*NOT_INCLUDED, *SKIPPED}
        return {key: left_over(item, form) for key, item in value.items() if key not in gone}
    return value


def _inside(values: Iterable[Any], key: str) -> list[dict[str, Any]]:
    """Return the objects under a key of objects, those in lists one by one."""
    found = [value.get(key) for value in values if isinstance(value, dict)]
    items = [item for one in found for item in (one if isinstance(one, list) else [one])]
    return [item for item in items if isinstance(item, dict)]


def _declared(type_: GraphQLNamedType | None) -> str:
    if type_ is None:
        raise CannotJudge("the target does not tell the names of its types")
    return type_.name


def _field(type_: GraphQLNamedType | None, name: str) -> GraphQLNamedType | None:
    field = type_.fields.get(name) if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) else None
    return field and get_named_type(field.type)
