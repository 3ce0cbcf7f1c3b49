"""GraphQL requests of every form, right and wrong: what two ways of answering are compared by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import strategies as st

from mock_server.execution import Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mock_server.records import World

Item = TypeVar("Item")

# Each type's fields, with the type of those that have some below.
_FIELDS: dict[str, dict[str, str | None]] = {
    "IntegrationsUsageDetailsConnection": {
        "totalFlows": None,
        "totalTasks": None,
        "edges": "IntegrationsUsageDetailsEdge",
        "nodes": "IntegrationFlow",
        "pageInfo": "PageInfo",
    },
    "IntegrationsUsageDetailsEdge": {"cursor": None, "node": "IntegrationFlow"},
    "IntegrationFlow": {
        **dict.fromkeys(("name", "tasks", "runs", "lastRunAt", "status")),
        "project": "IntegrationProject",
    },
    "IntegrationProject": {"name": None, "icon": None, "color": None},
    "PageInfo": dict.fromkeys(("hasNextPage", "hasPreviousPage", "startCursor", "endCursor")),
    "IntegrationsUsageStats": {
        "tasksConsumed": "UsageMetric",
        "activeFlows": None,
        "filterDate": "FilterDate",
        "history": "UsageHistory",
    },
    "UsageMetric": {"usage": None, "limit": None},
    "FilterDate": {"from": None, "to": None},
    "UsageHistory": {"nodes": "UsageBucket"},
    "UsageBucket": {"date": None, "usage": None, "limit": None},
    "Organization": {"id": None, "uuid": None, "name": None},
}
_DIRECTIVES = (
    *([""] * 12),
    " @include(if: $yes)",
    " @skip(if: $no)",
    " @skip(if: $yes)",
    " @include(if: false)",
    " @skip(if: false) @include(if: true)",
)
# Variables by name: type, values, literals. A value may be wrong, and so may a literal.
_SORTS: tuple[Any, ...] = (
    None,
    {},
    *({"by": by, "order": order} for by in ("usage", "name", "status", "runs", "", None) for order in ("asc", "desc")),
    {"by": "name"},
    {"order": "asc"},
    {"by": "name", "order": None},
    {"by": 1},
    {"by": "name", "order": "up"},
    {"by": "name", "direction": "asc"},
    "usage",
    [],
)
_VALUES: dict[str, tuple[Any, ...]] = {
    "period": ("current_month", "last_month", "last_3_months", "current_month", None, "this_year", 1),
    "status": ("ENABLED", "DISABLED", "enabled", "PAUSED", "", None, 1, True),
    "search": ("a", "o", "é", "Ops", " ", "", "no such flow", "\ud800", None, 7, ["a"]),
    "sort": _SORTS,
    "first": (1, 2, 3, 7, 20, 60, 0, -1, 2**31 - 1, 2**31, None, True, 2.0, 1.5, "3"),
    "after": ("MQ", "Mg", "NQ==", "OTk5", "", "!", "MA", None, 3),
}
# So many of them are right, the first ones.
_RIGHT = {"period": 4, "status": 5, "search": 8, "sort": 14, "first": 9, "after": 3}
_TYPES = {
    "period": ("PeriodFilter!", "PeriodFilter! = last_month", "PeriodFilter = current_month", "PeriodFilter"),
    "status": ("String", 'String = "ENABLED"', "String = null"),
    "search": ("String", 'String = "a"'),
    "sort": ("SortCriteria", 'SortCriteria = {by: "name", order: asc}', 'SortCriteria = {by: "name"}'),
    "first": ("Int", "Int = 2", "Int!"),
    "after": ("String", 'String = "MQ"', "String!"),
}
_LITERALS = {
    "period": ("current_month", "last_3_months", "$period", "this_year", "null"),
    "status": ('"DISABLED"', "null", '"""ENABLED"""', "1"),
    "search": ('"a"', '"\\u0061"', '""', "null"),
    "sort": ('{by: "name", order: asc}', "{}", "{by: $search, order: desc}", "{by: null}", "{order: up}", "null"),
    "first": ("2", "0", "-1", "null", "2147483648", '"2"'),
    "after": ('"MQ"', '"!"', "null", '""'),
}


@dataclass
class _Drawn:
    """A document as it grows."""

    draw: st.DrawFn
    fragments: list[str]

    def one(self, of: Sequence[Item]) -> Item:
        return self.draw(st.sampled_from(of))

    def number(self, most: int) -> int:
        return self.draw(st.integers(0, most))

    def selection(self, type_: str, depth: int = 0) -> str:
        return "{ " + " ".join(self.selected(type_, depth) for _ in range(1 + self.number(3))) + " }"

    def selected(self, type_: str, depth: int) -> str:
        mark = self.one(_DIRECTIVES)
        match self.number(11) if depth < 6 else 11:
            case 0:
                condition = self.one(("", f" on {type_}"))
                return f"...{condition}{mark} {self.selection(type_, depth + 1)}"
            case 1:
                name = f"F{len(self.fragments)}"
                self.fragments.append("")
                self.fragments[int(name[1:])] = f"fragment {name} on {type_} {self.selection(type_, depth + 1)}"
                return f"...{name}{mark}" + self.one(("", f" ...{name}"))
            case 2:
                return f"__typename{mark}"
            case _:
                field = self.one(tuple(_FIELDS[type_]))
                alias = self.one(("", "", "", f"{field}: ", f"a_{field}: ", f"b_{field}: "))
                below = _FIELDS[type_][field]
                return f"{alias}{field}{mark}" + (self.selection(below, depth + 1) if below else "")

    def root(self, place: int, used: set[str], uuids: str) -> str:
        alias = f"r{place}: " if place else self.one(("", "r: "))
        mark = self.one(_DIRECTIVES)
        match self.number(9):
            case 0:
                id_ = self.one(('"301234567"', "301234567", '"1"', "$organizationUuid"))
                return f"{alias}organization(id: {id_}){mark} {self.selection('Organization')}"
            case 1:
                of = "IntegrationsUsageStats"
                return f"{alias}integrationsUsageStats({uuids}, period: $period){mark} {self.selection(of)}"
            case 2:
                return self.one((f"{alias}__typename{mark}", "__schema { queryType { name } }", f"{alias}nothing"))
            case _:
                given = "".join(f", {name}: {self.argument(name, used)}" for name in _VALUES if self.number(2))
                of = "IntegrationsUsageDetailsConnection"
                return f"{alias}integrationsUsageDetails({uuids}{given}){mark} {self.selection(of)}"

    def argument(self, name: str, used: set[str]) -> str:
        if self.number(3):
            used.add(name)
            return f"${name}"
        return self.one(_LITERALS[name])


@st.composite
def requests(draw: st.DrawFn, world: World) -> Request:
    """Return requests about a world: most of them are answered, and many are wrong in one thing."""
    drawn = _Drawn(draw, [])
    uuid = world.organizations[0].uuid
    own = drawn.one(("organizationUuid: $organizationUuid", f'organizationUuid: "{uuid}"'))
    used: set[str] = set()
    roots = " ".join(drawn.root(place, used, own) for place in range(1 + drawn.number(2)))
    text = " ".join([roots, *drawn.fragments])
    types = {"organizationUuid": "ID!", "yes": drawn.one(("Boolean!", "Boolean = true")), "no": "Boolean!"}
    types |= {name: drawn.one(choices) if drawn.number(2) == 0 else choices[0] for name, choices in _TYPES.items()}
    defined = ", ".join(f"${name}: {type_}" for name, type_ in types.items() if f"${name}" in text)
    head = f"query Q({defined})" if defined else "query Q"
    other = drawn.one(("", "", "", " query Other { __typename }"))
    values: dict[str, Any] = {"organizationUuid": drawn.one((uuid, uuid, uuid, uuid, "nobody", None)), "no": False}
    values |= {"yes": drawn.one((True, True, False, None, 1)), "period": "current_month"}
    right = drawn.number(3)
    values |= {name: drawn.one(_VALUES[name][: _RIGHT[name]] if right else _VALUES[name]) for name in used}
    if not right:
        values = {name: value for name, value in values.items() if drawn.number(6)}
    name = drawn.one(("Q", "Q", "Q", "Other", "")) if other else drawn.one((None, "Q"))
    return Request(f"{head} {{ {roots} }} {' '.join(drawn.fragments)}{other}", values, name)
