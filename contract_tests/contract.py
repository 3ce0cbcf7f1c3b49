"""The contract as values: the clauses, the SDL and the documented operations, read from the project's data."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from graphql import GraphQLSchema, build_schema

_HERE = Path(__file__).parent
# A wheel carries its own copy of the data; a checkout has it beside the packages.
SCHEMA = _HERE / "_data" / "schema" if (_HERE / "_data").is_dir() else _HERE.parent / "schema"


class Strength(StrEnum):
    """What a clause rests on, and so what breaking it does."""

    DOCUMENTED = "documented"
    STANDARD = "standard"
    EXPECTED = "expected"
    OBSERVED = "observed"

    @property
    def binds(self) -> bool:
        """Whether a broken clause of this strength is a violation without being asked for strictness."""
        return self in (Strength.DOCUMENTED, Strength.STANDARD)


@dataclass(frozen=True, slots=True)
class Clause:
    """One promise: `rests_on` names the clauses that must be kept for this one to be judged by itself."""

    id: str
    sentence: str
    source: str
    strength: Strength
    rests_on: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        return self.id.partition(".")[0]


@cache
def clauses() -> dict[str, Clause]:
    """Every clause by its id, in the order in which the contract is read."""
    with (SCHEMA / "clauses.toml").open("rb") as file:
        entries = tomllib.load(file)["clause"]
    return {
        entry["id"]: Clause(
            id=entry["id"],
            sentence=entry["sentence"],
            source=entry["source"],
            strength=Strength(entry["strength"]),
            rests_on=tuple(entry.get("rests_on", ())),
        )
        for entry in entries
    }


@cache
def documented_schema() -> GraphQLSchema:
    """The documented types, fields and arguments."""
    return build_schema((SCHEMA / "integrations_usage.graphql").read_text())


@cache
def operation(name: str) -> str:
    """The text of a documented operation, by its name: a file of `schema/operations/`."""
    return (SCHEMA / "operations" / f"{name}.graphql").read_text()


DETAILS = "integrationsUsageDetails"
STATS = "integrationsUsageStats"
ORGANIZATION = "organization"
