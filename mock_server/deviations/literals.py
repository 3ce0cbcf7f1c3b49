"""Arguments that are written into the document and understood otherwise than the same ones in variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import (
    REMOVE,
    ArgumentNode,
    EnumValueNode,
    IntValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    OperationDefinitionNode,
    StringValueNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    print_ast,
    visit,
)

from mock_server.deviations.misreading import MisreadDocument

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphql import DocumentNode, ValueNode

    from mock_server.resolvers import Resolvers

_REQUIRED = frozenset({"organizationUuid", "period", "id"})


class _Literals(MisreadDocument):
    """A fault in the reading of literals; None is a literal that is not there."""

    def misread(self, document: DocumentNode) -> DocumentNode:
        read: DocumentNode = visit(document, _Arguments(self.literal))
        return read

    def literal(self, name: str, value: ValueNode) -> ValueNode | None:  # noqa: ARG002 - the deviations look at either
        return value


class _Arguments(Visitor):
    def __init__(self, literal: Callable[[str, ValueNode], ValueNode | None]) -> None:
        super().__init__()
        self._literal = literal

    def enter_argument(self, node: ArgumentNode, *_: object) -> Any:
        if isinstance(node.value, VariableNode):
            return None
        read = self._literal(node.name.value, node.value)
        return REMOVE if read is None else ArgumentNode(name=node.name, value=read)


class LiteralFirstIgnored(_Literals):
    """A `first` that is written into the document is not obeyed."""

    breaks = ("consistency.literals",)

    def literal(self, name: str, value: ValueNode) -> ValueNode | None:
        return None if name == "first" and isinstance(value, IntValueNode) else value


class LiteralStatusIgnored(_Literals):
    """A `status` that is written into the document is not obeyed."""

    breaks = ("consistency.literals",)

    def literal(self, name: str, value: ValueNode) -> ValueNode | None:
        return None if name == "status" else value


class LiteralSearchIgnored(_Literals):
    """A `search` that is written into the document is not obeyed."""

    breaks = ("consistency.literals",)

    def literal(self, name: str, value: ValueNode) -> ValueNode | None:
        return None if name == "search" else value


class LiteralCursorIgnored(_Literals):
    """An `after` that is written into the document is not obeyed."""

    breaks = ("consistency.literals",)

    def literal(self, name: str, value: ValueNode) -> ValueNode | None:
        return None if name == "after" else value


class LiteralDirectionIsDescending(_Literals):
    """The direction of a `sort` that is written into the document is taken for `desc`, whatever it is."""

    breaks = ("consistency.literals",)

    def literal(self, name: str, value: ValueNode) -> ValueNode | None:
        if name != "sort" or not isinstance(value, ObjectValueNode):
            return value
        descending = EnumValueNode(value="desc")
        return ObjectValueNode(
            fields=tuple(
                ObjectFieldNode(name=field.name, value=descending) if isinstance(field.value, EnumValueNode) else field
                for field in value.fields
            )
        )


class LiteralsBesideVariablesIgnored(MisreadDocument):
    """Where an operation has variables, what is written into it is not obeyed, unless it is required."""

    breaks = ("consistency.literals",)

    def misread(self, document: DocumentNode) -> DocumentNode:
        operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
        if not any(operation.variable_definitions for operation in operations):
            return document
        read: DocumentNode = visit(document, _Arguments(self._required))
        return read

    def _required(self, name: str, value: ValueNode) -> ValueNode | None:
        return value if name in _REQUIRED or name == "if" else None


class EscapesKept(_Literals):
    r"""A letter that a literal writes as `\u0061` stays as it is written."""

    breaks = ("consistency.literals",)

    def literal(self, name: str, value: ValueNode) -> ValueNode | None:
        if name in _REQUIRED or not isinstance(value, StringValueNode) or value.block or value.loc is None:
            return value
        written = value.loc.source.body[value.loc.start + 1 : value.loc.end - 1]
        return StringValueNode(value=written) if "\\u" in written else value


class DirectionAsAVariableLost(_Literals):
    """In a `sort` that is written into the document, a variable for `order` is not looked up."""

    breaks = ("consistency.literals",)

    def literal(self, name: str, value: ValueNode) -> ValueNode | None:
        if name != "sort" or not isinstance(value, ObjectValueNode):
            return value
        known = (
            field for field in value.fields if not isinstance(field.value, VariableNode) or field.name.value == "by"
        )
        return ObjectValueNode(fields=tuple(known))


class DirectionBeforeItsFieldLost(_Literals):
    """In a `sort` that is written into the document, an `order` is not obeyed where `by` comes after it."""

    breaks = ("consistency.literals",)

    def literal(self, name: str, value: ValueNode) -> ValueNode | None:
        if name != "sort" or not isinstance(value, ObjectValueNode):
            return value
        is_turned = [field.name.value for field in value.fields] == ["order", "by"]
        return ObjectValueNode(fields=value.fields[1:]) if is_turned else value


class _WithoutDefaults(Visitor):
    def enter_variable_definition(self, node: VariableDefinitionNode, *_: object) -> VariableDefinitionNode:
        return VariableDefinitionNode(variable=node.variable, type=node.type, directives=node.directives)


class DefaultsIgnored(MisreadDocument):
    """A variable that is not sent is null, whatever its default is."""

    breaks = ("consistency.literals",)

    def misread(self, document: DocumentNode) -> DocumentNode:
        read: DocumentNode = visit(document, _WithoutDefaults())
        return read


class LiteralsBeyondAsciiEscaped(_Literals):
    """A `search` that is written into the document keeps escapes for its letters beyond ASCII."""

    breaks = ("consistency.literals",)

    def literal(self, name: str, value: ValueNode) -> ValueNode | None:
        if name != "search" or not isinstance(value, StringValueNode):
            return value
        return StringValueNode(value=value.value.encode("ascii", "backslashreplace").decode())


class BlockStringsKeepTheirQuotes(MisreadDocument):
    """Of the three quotes around a block string, two on either side are taken for text."""

    breaks = ("consistency.literals",)

    def misread(self, document: DocumentNode) -> DocumentNode:
        read: DocumentNode = visit(document, _BlockStrings())
        return read


class _BlockStrings(Visitor):
    def enter_argument(self, node: ArgumentNode, *_: object) -> Any:
        # Without its organization the question would not be understood at all.
        return False if node.name.value in _REQUIRED else None

    def enter_string_value(self, node: StringValueNode, *_: object) -> StringValueNode | None:
        return StringValueNode(value=f'""{node.value}""') if node.block else None


class LiteralsOfAnEarlierDocument(MisreadDocument):
    """Documents are kept by their form, and the literals of the first one of a form answer for all of them."""

    breaks = ("consistency.literals",)

    def __init__(self, resolvers: Resolvers) -> None:
        super().__init__(resolvers)
        self._kept: dict[str, DocumentNode] = {}

    def misread(self, document: DocumentNode) -> DocumentNode:
        return self._kept.setdefault(print_ast(visit(document, _Form())), document)


class _Form(Visitor):
    def enter_string_value(self, node: StringValueNode, *_: object) -> StringValueNode | None:
        return StringValueNode(value="") if node.value or node.block else None

    def enter_int_value(self, node: IntValueNode, *_: object) -> IntValueNode | None:
        return IntValueNode(value="0") if node.value != "0" else None


DEVIATIONS = (
    LiteralFirstIgnored,
    LiteralStatusIgnored,
    LiteralSearchIgnored,
    LiteralCursorIgnored,
    LiteralDirectionIsDescending,
    LiteralsBesideVariablesIgnored,
    EscapesKept,
    DirectionAsAVariableLost,
    DirectionBeforeItsFieldLost,
    DefaultsIgnored,
    LiteralsBeyondAsciiEscaped,
    BlockStringsKeepTheirQuotes,
    LiteralsOfAnEarlierDocument,
)
