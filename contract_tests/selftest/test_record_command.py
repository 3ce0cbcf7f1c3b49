"""`record` as a command: what it takes, writes and says, also of data that move and of servers that are wrong."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_tests.selftest.runs import TOKEN, command
from mock_server.generating import generate
from mock_server.serving import MockServer
from mock_server.worlds import load


@pytest.fixture(scope="module")
def documented() -> Iterator[MockServer]:
    with MockServer(load("documented")) as server:
        yield server


def record(server: MockServer, out: Path, *more: str, token: str | None = TOKEN) -> subprocess.CompletedProcess[str]:
    own = server.world.organizations[0].id
    return command("record", "--target", server.url, "--organization-id", own, "--out", str(out), *more, token=token)


def test_the_same_key_draws_the_same_and_is_not_written(documented: MockServer, tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.json" for name in ("one", "again", "other")]
    for file, key in zip(files, ("a secret key", "a secret key", "another key"), strict=True):
        assert record(documented, file, "--key", key, "--rate", "1000/s").returncode == 0
    one, again, other = (json.loads(file.read_text())["organizations"] for file in files)
    assert (one == again, one == other) == (True, False)
    assert [file for file in tmp_path.iterdir() if "secret" in file.read_text()] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--max-requests", "4"], "budget of 4 requests is spent; --max-requests and --max-time allow more"),
        (["--organization-id", "999"], "gives no UUID for 999"),
        (["--target", "http://127.0.0.1:1/graphql", "--max-time", "5s"], "not reachable"),
    ],
)
def test_what_cannot_be_recorded_is_said_in_one_sentence(
    documented: MockServer, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    done = record(documented, tmp_path / "world.json", *arguments)
    assert (done.returncode, done.stderr, list(tmp_path.iterdir())) == (6, "", [])
    last = done.stdout.splitlines()[-1]
    assert last.startswith("Nothing is recorded: ")
    assert sentence in last


def test_a_token_that_is_not_admitted_is_said_and_not_shown(documented: MockServer, tmp_path: Path) -> None:
    done = record(documented, tmp_path / "world.json", token="nobodys-token")
    assert (done.returncode, "refuses the token" in done.stdout, "nobodys" in done.stdout) == (6, True, False)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--out", "world.json"], "no target"),
        (["--target", "http://127.0.0.1:1/graphql", "--organization-id", "1"], "--out"),
        (["--target", "http://127.0.0.1:1/graphql", "--out", "world.json"], "no organization"),
        (
            ["--target", "http://127.0.0.1:1/", "--organization-id", "1", "--out", "/nowhere/world.json"],
            "cannot be written",
        ),
        (["--target", "http://127.0.0.1:1/", "--organization-id", "1", "--out", "/tmp"], "cannot be written"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_4(arguments: list[str], sentence: str) -> None:
    done = command("record", *arguments)
    assert (done.returncode, done.stderr.count("\n"), sentence in done.stderr) == (4, 1, True)


def test_data_that_moves_while_it_is_read_is_said(tmp_path: Path) -> None:
    with MockServer(load("busy"), live=0.01) as server:
        done = record(server, tmp_path / "world.json", "--rate", "50/s")
    assert (done.returncode, "the data moved while it was read" in done.stdout) == (6, True), done.stdout


def test_data_that_moves_now_and_then_is_read_again(tmp_path: Path) -> None:
    with MockServer(load("ties"), live=1.5) as server:
        done = record(server, tmp_path / "world.json", "--rate", "1000/s")
    assert done.returncode == 0, done.stdout
    assert load(tmp_path / "world.json").organizations[0].flows


@pytest.mark.parametrize(
    ("deviation", "code", "sentence"),
    [
        ("cursor-inclusive", 6, "its pages contradict each other"),
        ("tasks-as-text", 6, "not of the documented form"),
        ("runs-negative", 6, "which none can have"),
        ("history-rounded", 0, "note: the history of last_month"),
        ("months-without-zero", 0, "note: the history of last_month"),
        ("flows-without-tasks-uncounted", 0, "note: last_month has"),
    ],
)
def test_a_server_that_is_wrong_is_recorded_as_far_as_that_goes(
    tmp_path: Path, deviation: str, code: int, sentence: str
) -> None:
    with MockServer(generate(), deviations=[deviation]) as server:
        done = record(server, tmp_path / "world.json", "--rate", "1000/s")
    assert (done.returncode, done.stderr, sentence in done.stdout) == (code, "", True), done.stdout
