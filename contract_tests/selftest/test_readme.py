"""What the README shows exists."""

import argparse
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from contract_tests.contract import SCHEMA, clauses
from contract_tests.embedded import deviations
from contract_tests.options import add_options, add_record_options
from contract_tests.recording.command import observations_of
from contract_tests.reports.report import EXIT_CODES
from mock_server.faults import error_rate, known, latency, rate_limit, status
from mock_server.living import pace
from mock_server.rulings import ruled
from mock_server.worlds import load

README = (SCHEMA.parent / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    shlex.split(line, comments=True)
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for line in re.findall(r"^\$ (.*)$", block, re.MULTILINE)
]


def options_of(program: str) -> list[list[str]]:
    return [command[1:] for command in COMMANDS if command[0].endswith(program)]


@pytest.mark.parametrize("arguments", options_of("contract-tests"), ids=str)
def test_a_shown_command_of_the_suite_is_one(arguments: list[str]) -> None:
    command, *rest = arguments
    if command == "prove":
        assert set(rest) <= set(deviations())
    elif command == "replay":
        assert rest[1] in clauses()
    elif command == "compare":
        assert len(rest) == 2
    elif command == "record":
        parser = argparse.ArgumentParser(exit_on_error=False)
        add_record_options(parser.add_argument)
        assert observations_of(Path(parser.parse_args(rest).out)).name in README
    else:
        parser = argparse.ArgumentParser(exit_on_error=False)
        add_options(parser.add_argument)
        assert command == "run"
        assert parser.parse_args(rest).target


@pytest.mark.parametrize("arguments", options_of("mock-server"), ids=str)
def test_a_shown_world_is_served(arguments: list[str]) -> None:
    for flag, value in zip(arguments[::2], arguments[1::2], strict=True):
        assert flag in ("--world", "--port", "--flows", "--seed", "--locale", "--rulings-from")
        # What `record` has written is there for whoever ran it.
        assert flag != "--world" or value == "world.json" or load(value)


def test_the_shown_rulings_and_deviations_exist() -> None:
    assert ruled(re.findall(r"--ruling ([\w=-]+)", README))
    assert set(re.findall(r"--deviation ([\w-]+)", README)) <= set(deviations())


READ: dict[str, Callable[[str], object]] = {
    "latency": latency,
    "status": status,
    "error": known,
    "error-rate": error_rate,
    "rate-limit": rate_limit,
    "live": pace,
}


@pytest.mark.parametrize("option", READ)
def test_the_shown_trouble_is_read(option: str) -> None:
    shown = re.findall(rf"`--{option} ([^`]+)`", README)
    assert shown
    assert all(READ[option](text) for text in shown)


def test_the_shown_headers_are_read() -> None:
    shown = dict(re.findall(r"^\| `Mock-(\w+): ([^`]+)`", README, re.MULTILINE))
    assert shown.keys() == {"Latency", "Status", "Error"}
    assert all(READ[name.lower()](text) for name, text in shown.items())


def test_the_exit_codes_are_those_of_the_command_line() -> None:
    shown = re.findall(r"^\| (\d) \| (.+) \|$", README, re.MULTILINE)
    assert {int(code): meaning for code, meaning in shown} == EXIT_CODES


def test_every_target_of_make_that_is_shown_exists() -> None:
    makefile = (Path(SCHEMA).parent / "Makefile").read_text(encoding="utf-8")
    for target in [command[1] for command in COMMANDS if command[0] == "make"]:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_every_file_that_is_shown_or_linked_exists() -> None:
    told = re.findall(r'\]\(([^)#:]+)[^):]*\)|src="([^"]+)"', README)
    files = {link or picture for link, picture in told}
    assert {"docs/pictures/console.png", "docs/front-end.md", "LICENSE"} <= files
    assert [file for file in files if not (SCHEMA.parent / file).exists()] == []
