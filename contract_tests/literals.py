"""The documented operation with its arguments written into the document, and with one of them left out."""

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from contract_tests import contract
from contract_tests.questions import Question
from contract_tests.spellings import Types, selection, variable_types

# Only strings that any reading of a block string leaves alone are written as one.
BLOCK_MARKS = frozenset('"\\\n\r')


class Literal(StrEnum):
    """A way to write arguments into the document."""

    PLAIN = "each argument as a literal"
    MIXED = "every second argument as a literal, the others as variables"
    MIXED_OTHERWISE = "every second argument as a variable, the others as literals"
    ESCAPED = "texts with their letters escaped"
    BLOCK = "texts as block strings"
    NULLS = "null for each argument that is not given"
    SORT_TURNED = "each argument as a literal, the sort's order before its field"
    SORT_IN_PARTS = "the sort as a literal, and what stands in it as variables"
    DEFAULTS = "each argument that may be absent as the default of its variable"


def literal(
    question: Question, organization_uuid: str, form: Literal, *, order_quoted: bool = False, parts: Types | None = None
) -> str:
    """Return the operation with the question's arguments as literals; what is mixed in as variables keeps its name.

    `order_quoted` writes the direction of the sort as a string: nobody documents whether it is one or an enum's value.
    `parts` names the types of what stands in a sort, where that is to be variables.
    """
    given: dict[str, Any] = {"organizationUuid": organization_uuid, **question.variables()}
    if form == Literal.NULLS:
        given = with_nulls(given)
    stay = mixed_in(given, form)
    written = {name: _literal(name, value, form, order_quoted) for name, value in given.items() if name not in stay}
    definitions = [f"${name}: {variable_types()[name]}" for name in stay]
    if parts is not None:
        written["sort"] = "{by: $by, order: $order}"
        definitions += [f"${name}: {type_}!" for name, type_ in parts.items()]
    if form == Literal.DEFAULTS:
        definitions += [f"${name}: {variable_types()[name]} = {value}" for name, value in written.items()]
        written = {}
    texts = ", ".join(f"{name}: {written.get(name, f'${name}')}" for name in given)
    variables = f"({', '.join(definitions)}) " if definitions else ""
    return f"query {variables}{{ {contract.DETAILS}({texts}) {selection()} }}"


def without_argument(argument: str, *, null: bool) -> str:
    """Return the operation without one of its arguments, or with null written in its place."""
    left = {name: type_ for name, type_ in variable_types().items() if name != argument}
    arguments = [f"{name}: ${name}" for name in left] + ([f"{argument}: null"] if null else [])
    definitions = ", ".join(f"${name}: {type_}" for name, type_ in left.items())
    return f"query ({definitions}) {{ {contract.DETAILS}({', '.join(arguments)}) {selection()} }}"


def with_nulls(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments with null for each documented one that is not given."""
    return dict.fromkeys(variable_types()) | dict(given)


def mixed_in(given: Iterable[str], form: Literal) -> tuple[str, ...]:
    """Return the arguments that stay variables, and are sent."""
    if form == Literal.SORT_IN_PARTS:
        return tuple(name for name in given if name != "sort")
    if form == Literal.DEFAULTS:
        # Not every server takes a default for what may not be null.
        return tuple(name for name in given if variable_types()[name].endswith("!"))
    first = {Literal.MIXED: 0, Literal.MIXED_OTHERWISE: 1}.get(form)
    return () if first is None else tuple(given)[first::2]


def _literal(name: str, value: Any, form: Literal, order_quoted: bool) -> str:
    match value:
        case {"by": by, "order": order}:
            parts = [f"by: {_text(by, form)}", f"order: {_text(order, Literal.PLAIN) if order_quoted else order}"]
            return f"{{{', '.join(parts[::-1] if form == Literal.SORT_TURNED else parts)}}}"
        case str() if name == "period":
            return value
        case str():
            return _text(value, form)
        case _:
            return json.dumps(value)


def _text(text: str, form: Literal) -> str:
    """Write a text; JSON's escapes are GraphQL's too."""
    if form == Literal.ESCAPED and all(ord(letter) < 0x10000 for letter in text):
        return '"' + "".join(f"\\u{ord(letter):04x}" for letter in text) + '"'
    if form == Literal.BLOCK and text == text.strip() and text and not BLOCK_MARKS & set(text):
        return f'"""{text}"""'
    return json.dumps(text, ensure_ascii=False)
