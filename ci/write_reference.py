"""Writes `docs/reference.md`: every clause, world, ruling, deviation, option and exit code, as the code has them.

Run by `make reference`; a test says when the file has to be written again.
"""

import argparse
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from contract_tests import contract
from contract_tests.__main__ import parser as suite
from contract_tests.observations import OBSERVATIONS
from contract_tests.profiles import PROFILES
from contract_tests.reports.report import EXIT_CODES
from mock_server import worlds
from mock_server.deviations import DEVIATIONS
from mock_server.faults import FAULTS
from mock_server.options import parser as mock
from mock_server.rulings import RULINGS

FILE = Path(__file__).parent.parent / "docs" / "reference.md"
HEAD = "# Reference\n\nWritten by `make reference` from the code; to change it, change that.\n"
MOCK_EXIT_CODES = {
    0: "ended by a signal, or all files that were checked hold worlds",
    1: "`mock-server check`: a file holds no world",
    2: "wrong usage, said in one line",
}


def reference() -> str:
    """Return the whole page as Markdown."""
    return "\n".join([HEAD, *_clauses(), *_profiles(), *_options(), *_exit_codes(), *_mock()])


def _clauses() -> Iterator[str]:
    every = contract.clauses().values()
    yield f"## Clauses\n\nThere are {len(every)}. What is documented or standard binds.\n"
    for family, found in groupby(every, lambda clause: clause.family):
        yield f"### {family}\n"
        yield table(("clause", "promises", "strength", "source"), map(_clause, found))
    yield "## Observations\n\nWhat a target does where the documentation is silent.\n"
    yield "".join(f"- `{name}`\n" for name in OBSERVATIONS)


def _clause(clause: contract.Clause) -> tuple[str, ...]:
    return f"`{clause.id}`", clause.sentence, clause.strength.value, clause.source


def _profiles() -> Iterator[str]:
    yield "## Profiles\n"
    rows = ((f"`{name}`", one.sentence, one.max_requests, f"{one.max_seconds:g} s") for name, one in PROFILES.items())
    yield table(("profile", "asks", "requests at most", "time at most"), rows)


def _options() -> Iterator[str]:
    yield "## Options\n"
    read = suite()
    (commands,) = (action for action in read._actions if isinstance(action, argparse._SubParsersAction))
    for name, command in commands.choices.items():
        yield f"### contract-tests {name}\n"
        yield _taken(command)
    yield "### mock-server\n"
    yield _taken(mock())


def _taken(parser: argparse.ArgumentParser) -> str:
    rows = [_option(action) for action in parser._actions if not isinstance(action, argparse._HelpAction)]
    return table(("option", "does"), rows) if rows else "It takes none.\n"


def _option(action: argparse.Action) -> tuple[str, str]:
    choices = "{" + ",".join(map(str, action.choices)) + "}" if action.choices else None
    value = "" if action.nargs == 0 else str(action.metavar or choices or action.dest.upper())
    name = f"{', '.join(action.option_strings)} {value}".strip()
    return f"`{name}`", (action.help or "") % {"default": action.default}


def _exit_codes() -> Iterator[str]:
    for program, codes in (("contract-tests run", EXIT_CODES), ("mock-server", MOCK_EXIT_CODES)):
        yield f"## Exit codes of {program}\n"
        yield table(("exit code", "means"), codes.items())


def _mock() -> Iterator[str]:
    yield "## Worlds\n"
    yield table(("world", "holds"), ((f"`{name}`", worlds.load(name).sentence) for name in worlds.names()))
    yield "## Rulings\n\nThe first choice of each is the default.\n"
    for ruling in RULINGS.values():
        yield f"### {ruling.name}\n\n{ruling.sentence}\n"
        chosen = sorted(ruling.choices, key=lambda choice: choice != ruling.default)
        yield table(("choice", "means"), ((f"`{choice}`", ruling.choices[choice]) for choice in chosen))
    yield "## Faults\n"
    yield table(("fault", "does"), ((f"`{one.name}`", one.sentence) for one in FAULTS.values()))
    yield f"## Deviations\n\nThere are {len(DEVIATIONS)}.\n"
    rows = (
        (f"`{one.name}`", one.sentence, ", ".join(f"`{clause}`" for clause in one.breaks))
        for one in DEVIATIONS.values()
    )
    yield table(("deviation", "does", "breaks"), rows)


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table in Markdown; a bar in a cell is text."""
    names = list(head)
    lines = [names, ["---"] * len(names), *([str(cell).replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    FILE.write_text(reference(), encoding="utf-8")
