"""An operation compiled: from the values of its variables to the bytes of its data."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from graphql import GraphQLObjectType, OperationDefinitionNode, OperationType, get_named_type

from mock_server.compiled import values
from mock_server.compiled.arguments import Arguments
from mock_server.compiled.connections import Connection, Shelf
from mock_server.compiled.selections import Collecting, VariableUses
from mock_server.compiled.templates import Template
from mock_server.compiled.uncovered import Uncovered
from mock_server.compiled.variables import Variables

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from graphql import DocumentNode, FieldNode, GraphQLSchema

    from mock_server.bounded import Bounded
    from mock_server.compiled import templates
    from mock_server.indexed import Indexed
    from mock_server.records import Caller
    from mock_server.usage.choosing import Choosing

    Values = Mapping[str, Any]
    # What settles a gap: to bytes, or to what writes a page.
    Settle = Callable[["Asked"], templates.Part[Values]]
    Part = bytes | Settle

# An operation with `@skip` and `@include` is compiled for each way in which they turn out, up to so many.
_VARIANTS = 16
_NUMBERS = count()


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


class Asking(NamedTuple):
    """Whom to ask, and what is remembered of asking."""

    resolvers: Indexed
    shelves: Shelves
    settled: Bounded[Template[Values]]


class Asked:
    """One request: who asks whom, with which values. `weight` is of what the answer holds on to, in bytes."""

    def __init__(self, resolvers: Indexed, shelves: Shelves, caller: Caller, read: Values) -> None:
        self.resolvers = resolvers
        self.shelves = shelves
        self.caller = caller
        self.values = read
        self.weight = 0


class Operation:
    """One operation of a valid document. Raises Uncovered where it is not a query of plain values.

    What the values settle is settled once and known from then on, under who asks and all the values, except for those
    that only place a page in its set: what is known is bytes with gaps for pages. `may_exceed` says that there are
    values with which it asks for too much, which are refused elsewhere.
    """

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, name: str | None, *, may_exceed: bool = False
    ) -> None:
        self.may_exceed = may_exceed
        # Stands for it where it need not live as long.
        self._number = next(_NUMBERS)
        self._schema = schema
        self._document = document
        self._node = _chosen(document, name)
        uses = VariableUses(document)
        defined = {node.variable.name.value: node for node in self._node.variable_definitions or ()}
        self._placed = uses.placing & defined.keys()
        self._settling = Variables(schema, [node for name, node in defined.items() if name not in self._placed])
        self._placing = Variables(schema, [node for name, node in defined.items() if name in self._placed])
        # Another operation of the document may ask for variables that this one does not define.
        self._deciding = sorted(uses.deciding & defined.keys())
        self._variants: dict[tuple[bool, ...], list[Part]] = {}

    def written(self, asking: Asking, caller: Caller, given: Values) -> bytes:
        """Return the response, which has data and no errors; raise Uncovered or a Refusal where it would have some."""
        sent = self._settling.sent(given)
        # In one world a token is of one caller.
        key = (self._number, caller.token, sent)
        found = asking.settled.get(key)
        placing = self._placing.read(given)
        if found is None:
            read = self._settling.read(given)
            asked = Asked(asking.resolvers, asking.shelves, caller, {**read, **placing})
            found = Template([part if isinstance(part, bytes) else part(asked) for part in self._parts(read)])
            asking.settled.put(key, found, asked.weight + found.weight + 4 * len(sent))
        return found.filled(placing)

    def _parts(self, read: Values) -> list[Part]:
        decided = tuple([read.get(name) for name in self._deciding])
        found = self._variants.get(decided)  # type: ignore[arg-type] # what is no Boolean is not found
        if found is None:
            if not all(isinstance(value, bool) for value in decided) or len(self._variants) >= _VARIANTS:
                raise Uncovered(decided)
            found = self._compiled({name: read[name] for name in self._deciding})
            self._variants[decided] = found  # type: ignore[index] # they are Booleans
        return found

    def _compiled(self, decided: Mapping[str, bool]) -> list[Part]:
        query = self._schema.query_type
        if query is None:
            raise Uncovered(self._schema)
        collecting = Collecting(self._document, decided)
        fields = collecting.fields(query, [self._node.selection_set])
        parts: list[Part] = [b'{"data":' if fields else b'{"data":{']
        for before, nodes in zip(values.members(fields), fields.values(), strict=True):
            parts += [before.encode(), self._root(query, collecting, nodes)]
        return [*parts, b"}}"]

    def _root(self, query: GraphQLObjectType, collecting: Collecting, nodes: Sequence[FieldNode]) -> Part:
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
            return _details(arguments, self._placed, Connection(selection))
        return _plain(name, arguments, values.writer(self._schema, query.fields[name].type, selection))


def _chosen(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    if name is not None:
        operations = [node for node in operations if node.name and node.name.value == name]
    if len(operations) != 1 or operations[0].operation is not OperationType.QUERY or operations[0].directives:
        raise Uncovered(name)
    return operations[0]


def _details(arguments: Arguments, placed: Collection[str], connection: Connection) -> Settle:
    variables = {name: variable for name, variable in arguments.variables.items() if variable in placed}
    first, after = variables.get("first"), variables.get("after")

    def settled(asked: Asked) -> templates.Part[Values]:
        resolvers, given = asked.resolvers, arguments.read(asked.values)
        organization = resolvers.with_usage(asked.caller, given["organizationUuid"])
        question = resolvers.question(given)
        choosing = resolvers.choosing(organization, question.period)
        chosen = choosing.chosen(question)
        pages = connection.pages(chosen, asked.shelves.of(choosing))
        asked.weight += 4 * len(chosen.rows)

        def page(placing: Values) -> bytes:
            size = placing.get(first) if first else question.first
            cursor = placing.get(after) if after else question.after
            return pages.page(size, cursor)

        return page

    return settled


def _plain(name: str, arguments: Arguments, write: values.Write) -> Settle:
    def written(asked: Asked) -> bytes:
        given = arguments.read(asked.values)
        match name:
            case "organization":
                return write(asked.resolvers.organization(asked.caller, given["id"])).encode()
            case "integrationsUsageStats":
                return write(asked.resolvers.stats(asked.caller, given)).encode()
        raise Uncovered(name)

    return written
