"""The documented operation with its selection in other spellings that mean the same: fragments, directives, aliases."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache

from graphql import FieldNode, OperationDefinitionNode, parse, print_ast

from contract_tests import contract

Types = Mapping[str, str]
Dress = Callable[[str, str], str]
ROOT = "query"


class Beside(StrEnum):
    """How the selections of several aliases are written."""

    ALIKE = "each alike"
    LESS_OF_THE_FIRST = "less of the first"
    ONE_FRAGMENT = "one fragment for all"


class Form(StrEnum):
    """A way to write the selection."""

    NAMED = "named fragments, one inside the other"
    LEFT_OUT = "some fields with @include(if: false) or @skip(if: true), said by variables"
    LEFT_OUT_OUTRIGHT = "some fields with both directives and true or false in them, one of which leaves them out"
    FRAGMENT_LEFT_OUT = "a fragment with @include(if: false) and one with @skip(if: true) in every selection"
    NAMED_LEFT_OUT = "a named fragment with @include(if: false) and one with @skip(if: true) in every selection"
    ODD_INSIDE = "every second field in an inline fragment of its own, the others beside them"
    EVEN_INSIDE = "every other second field in an inline fragment of its own, the others beside them"
    TYPENAME = "__typename beside every selection"
    UNTYPED = "inline fragments without a type"
    TYPED = "inline fragments with their type"
    INCLUDED = "every field with @include(if: true)"
    NOT_SKIPPED = "every field with @skip(if: false)"
    IN_PARTS = "the field twice, with a part of the selection each"
    RENAMED = "every field under an alias"


# What the form LEFT_OUT leaves out, by each of the two directives.
NOT_INCLUDED, SKIPPED = ("totalTasks", "runs"), ("color", "endCursor")
# What stands in the first part of the form IN_PARTS; the rest is in the second.
FIRST_PART = ("totalFlows", "name", "tasks", "hasNextPage")
LEFT_OUT = (Form.LEFT_OUT, Form.LEFT_OUT_OUTRIGHT)
_LEAVING_OUT = {
    Form.LEFT_OUT: (" @include(if: $no)", " @skip(if: $yes)"),
    Form.LEFT_OUT_OUTRIGHT: (" @skip(if: false) @include(if: false)", " @include(if: true) @skip(if: true)"),
}
TYPED_FORMS = (Form.TYPED, Form.NAMED, Form.NAMED_LEFT_OUT)
_IN_PLACE = (Form.TYPENAME, Form.FRAGMENT_LEFT_OUT, Form.NAMED_LEFT_OUT)
_MARKS = {Form.INCLUDED: " @include(if: $yes)", Form.NOT_SKIPPED: " @skip(if: $no)"}


def spelled(form: Form, types: Types) -> tuple[str, dict[str, bool]]:
    """Return the operation with its selection in another form, and the values of the variables it adds.

    `types` names the type of each field of objects, and of the query itself under `ROOT`, for the forms that need it.
    """
    fragments: list[str] = []
    match form:
        case Form.IN_PARTS:
            parts = (_field(_details(), only=FIRST_PART), _field(_details(), but=FIRST_PART))
            return _operation(" ".join(parts)), {}
        case Form.ODD_INSIDE | Form.EVEN_INSIDE:
            body = _field(_details(), inside=lambda place: place % 2 == (form == Form.ODD_INSIDE))
        case Form.INCLUDED | Form.NOT_SKIPPED:
            body = _field(_details(), mark=lambda _: _MARKS[form])
        case Form.LEFT_OUT | Form.LEFT_OUT_OUTRIGHT:
            not_included, skipped = _LEAVING_OUT[form]
            marks = dict.fromkeys(NOT_INCLUDED, not_included) | dict.fromkeys(SKIPPED, skipped)
            body = _field(_details(), mark=lambda field: marks.get(field, ""))
        case Form.RENAMED:
            body = _field(_details(), alias=lambda field: "" if field == contract.DETAILS else f"{field}_: ")
        case _:
            dress = _dress(form, types, fragments)
            body = _field(_details(), dress)
            body = body if form in _IN_PLACE else dress(ROOT, body)
    extra = {name: value for name, value in (("yes", True), ("no", False)) if f"${name})" in body}
    return " ".join([_operation(body, *(f"${name}: Boolean!" for name in extra)), *fragments]), extra


def aliased(count: int, beside: Beside = Beside.ALIKE, types: Types | None = None) -> str:
    """Return an operation that asks the field so often, as `answer0` and on, with variables of its own for each.

    `types` is needed where they share one fragment.
    """
    shared = beside == Beside.ONE_FRAGMENT
    bodies = []
    for number in range(count):
        arguments = ", ".join(f"{name}: ${name}{number}" for name in variable_types())
        less = beside == Beside.LESS_OF_THE_FIRST and number == 0
        selected = "{ edges { node { name } } }" if less else "{ ...parts }" if shared else selection()
        bodies.append(f"answer{number}: {contract.DETAILS}({arguments}) {selected}")
    definitions = (f"${name}{number}: {type_}" for number in range(count) for name, type_ in variable_types().items())
    operation = f"query several({', '.join(definitions)}) {{ {' '.join(bodies)} }}"
    return f"{operation} fragment parts on {(types or {})[contract.DETAILS]} {selection()}" if shared else operation


def _dress(form: Form, types: Types, fragments: list[str]) -> Dress:
    """Return how a form writes what is inside a field; named fragments are put down in `fragments`."""

    def named(owner: str, inner: str) -> str:
        fragments.append(f"fragment {owner}Parts on {types[owner]} {{ {inner} }}")
        return f"...{owner}Parts"

    def named_beside(owner: str, inner: str) -> str:
        fragments.append(f"fragment {owner}Less on {types[owner]} {{ not: __typename }}")
        return f"{inner} ...{owner}Less @include(if: $no) ...{owner}Less @skip(if: $yes)"

    left_out = "... @include(if: $no) { not: __typename } ... @skip(if: $yes) { nor: __typename }"
    dresses: dict[Form, Dress] = {
        Form.TYPENAME: lambda _, inner: f"{inner} __typename",
        Form.FRAGMENT_LEFT_OUT: lambda _, inner: f"{inner} {left_out}",
        Form.UNTYPED: lambda _, inner: f"... {{ {inner} }}",
        Form.TYPED: lambda owner, inner: f"... on {types[owner]} {{ {inner} }}",
        Form.NAMED: named,
        Form.NAMED_LEFT_OUT: named_beside,
    }
    return dresses[form]


@cache
def selection() -> str:
    """Return the documented selection of the details query."""
    selected = _details().selection_set
    assert selected is not None  # noqa: S101  # the documented operation selects something
    return print_ast(selected)


@cache
def _documented() -> OperationDefinitionNode:
    (operation,) = parse(contract.operation(contract.DETAILS)).definitions
    assert isinstance(operation, OperationDefinitionNode)  # noqa: S101  # the file holds one operation
    return operation


def _details() -> FieldNode:
    (field,) = _documented().selection_set.selections
    assert isinstance(field, FieldNode)  # noqa: S101  # the documented operation selects one field
    return field


@cache
def variable_types() -> dict[str, str]:
    """The documented variables with their types."""
    return {node.variable.name.value: print_ast(node.type) for node in _documented().variable_definitions or ()}


def _operation(body: str, *more: str) -> str:
    definitions = ", ".join([*(f"${name}: {type_}" for name, type_ in variable_types().items()), *more])
    return f"query integrationsUsageDetails({definitions}) {{ {body} }}"


def _field(
    node: FieldNode,
    dress: Dress = lambda _, inner: inner,
    *,
    mark: Callable[[str], str] = lambda _: "",
    alias: Callable[[str], str] = lambda _: "",
    only: tuple[str, ...] = (),
    but: tuple[str, ...] = (),
    inside: Callable[[int], bool] = lambda _: False,
) -> str:
    """Write a field: `dress` what is inside it, put a `mark` behind its name and an `alias` before it.

    `only` keeps no other leaves than these, `but` all others. A field goes `inside` a fragment of its own by its place
    among the others.
    """
    name = node.name.value
    arguments = ", ".join(map(print_ast, node.arguments or ()))
    head = f"{alias(name)}{name}{f'({arguments})' if arguments else ''}{mark(name)}"
    if node.selection_set is None:
        return "" if (only and name not in only) or name in but else head
    fields = (child for child in node.selection_set.selections if isinstance(child, FieldNode))
    written = (_field(child, dress, mark=mark, alias=alias, only=only, but=but, inside=inside) for child in fields)
    children = enumerate(filter(None, written))
    inner = " ".join(f"... {{ {child} }}" if inside(place) else child for place, child in children)
    return f"{head} {{ {dress(name, inner)} }}"
