"""An operation compiled: from the values of its variables to the bytes of its data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from graphql import GraphQLObjectType, OperationDefinitionNode, OperationType, get_named_type

from mock_server.compiled import values
from mock_server.compiled.arguments import Arguments
from mock_server.compiled.connections import Connection, Shelf
from mock_server.compiled.selections import Collecting, deciding
from mock_server.compiled.templates import Template
from mock_server.compiled.uncovered import Uncovered
from mock_server.compiled.variables import Variables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graphql import DocumentNode, FieldNode, GraphQLSchema

    from mock_server.compiled.templates import Part
    from mock_server.indexed import Indexed
    from mock_server.records import Caller
    from mock_server.usage.choosing import Choosing

    Values = Mapping[str, Any]

# An operation with `@skip` and `@include` is compiled for each way in which they turn out, up to so many.
_VARIANTS = 16


class Shelves:
    """The shelf of each table, for as long as the table lives."""

    def __init__(self) -> None:
        self._shelves: WeakKeyDictionary[Choosing, Shelf] = WeakKeyDictionary()

    def of(self, choosing: Choosing) -> Shelf:
        """Return the shelf of what chooses among a table's rows."""
        found = self._shelves.get(choosing)
        if found is None:
            found = self._shelves[choosing] = Shelf(choosing)
        return found


class Asked:
    """One request: who asks whom, with which values."""

    __slots__ = ("caller", "resolvers", "shelves", "values")

    def __init__(self, resolvers: Indexed, shelves: Shelves, caller: Caller, read: Values) -> None:
        self.resolvers = resolvers
        self.shelves = shelves
        self.caller = caller
        self.values = read


class Operation:
    """One operation of a valid document. Raises Uncovered where it is not a query of plain values."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, name: str | None) -> None:
        self._schema = schema
        self._document = document
        self._node = _chosen(document, name)
        self._variables = Variables(schema, self._node.variable_definitions or ())
        # Another operation of the document may ask for variables that this one does not define.
        self._deciding = [name for name in deciding(document) if name in self._variables.names]
        self._variants: dict[tuple[bool, ...], Template[Asked]] = {}

    def written(self, resolvers: Indexed, shelves: Shelves, caller: Caller, given: Values) -> bytes:
        """Return the response, which has data and no errors; raise Uncovered or a Refusal where it would have some."""
        read = self._variables.read(given)
        asked = Asked(resolvers, shelves, caller, read)
        return self._template(read).filled(asked)

    def _template(self, read: Values) -> Template[Asked]:
        decided = tuple([read.get(name) for name in self._deciding])
        found = self._variants.get(decided)  # type: ignore[arg-type] # what is no Boolean is not found
        if found is None:
            if not all(isinstance(value, bool) for value in decided) or len(self._variants) >= _VARIANTS:
                raise Uncovered(decided)
            found = self._compiled({name: read[name] for name in self._deciding})
            self._variants[decided] = found  # type: ignore[index] # they are Booleans
        return found

    def _compiled(self, decided: Mapping[str, bool]) -> Template[Asked]:
        query = self._schema.query_type
        if query is None:
            raise Uncovered(self._schema)
        collecting = Collecting(self._document, decided)
        fields = collecting.fields(query, [self._node.selection_set])
        parts: list[Part[Asked]] = [b'{"data":' if fields else b'{"data":{']
        for before, nodes in zip(values.members(fields), fields.values(), strict=True):
            parts += [before.encode(), self._root(query, collecting, nodes)]
        return Template([*parts, b"}}"])

    def _root(self, query: GraphQLObjectType, collecting: Collecting, nodes: Sequence[FieldNode]) -> Part[Asked]:
        name = nodes[0].name.value
        if name == "__typename":
            return values.text(query.name).encode()
        if name not in query.fields:
            raise Uncovered(name)
        type_ = get_named_type(query.fields[name].type)
        if not isinstance(type_, GraphQLObjectType):
            raise Uncovered(name)
        arguments = Arguments(query.fields[name], nodes[0])
        selection = collecting.below(type_, nodes)
        if name == "integrationsUsageDetails":
            return _details(arguments, Connection(selection))
        return _plain(name, arguments, values.writer(self._schema, query.fields[name].type, selection))


def _chosen(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    if name is not None:
        operations = [node for node in operations if node.name and node.name.value == name]
    if len(operations) != 1 or operations[0].operation is not OperationType.QUERY or operations[0].directives:
        raise Uncovered(name)
    return operations[0]


def _details(arguments: Arguments, connection: Connection) -> Callable[[Asked], bytes]:
    def written(asked: Asked) -> bytes:
        resolvers, given = asked.resolvers, arguments.read(asked.values)
        organization = resolvers.with_usage(asked.caller, given["organizationUuid"])
        question = resolvers.question(given)
        choosing = resolvers.choosing(organization, question.period)
        return connection.written(choosing, asked.shelves.of(choosing), question)

    return written


def _plain(name: str, arguments: Arguments, write: values.Write) -> Callable[[Asked], bytes]:
    def written(asked: Asked) -> bytes:
        given = arguments.read(asked.values)
        match name:
            case "organization":
                return write(asked.resolvers.organization(asked.caller, given["id"])).encode()
            case "integrationsUsageStats":
                return write(asked.resolvers.stats(asked.caller, given)).encode()
        raise Uncovered(name)

    return written
