"""Drawn questions that broke a clause are asked first by the next run, wherever it runs."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.database import MultiplexedDatabase

from contract_tests.arguments import WrongUsage
from contract_tests.assertions import Assertion
from contract_tests.budget import Budget
from contract_tests.examples import database
from contract_tests.judging import Trial
from contract_tests.opening import opened
from contract_tests.options import Setting
from contract_tests.profiles import PROFILES
from contract_tests.proving import options
from contract_tests.scopes import Listed
from contract_tests.selftest.runs import command
from contract_tests.tallying import Share
from contract_tests.target import Target
from contract_tests.words import words
from mock_server.serving import bound

RARE = 7_000_001


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    """Start a Redis server of this test's own."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    with bound("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    asked = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(asked, stdout=subprocess.DEVNULL) as process:
        url = f"redis://127.0.0.1:{port}"
        for _ in range(100):
            try:
                database([url])
                break
            except WrongUsage:
                time.sleep(0.1)
        yield url
        process.terminate()


def drawn(place: str, seed: int, many: int) -> int | None:
    """Judge as a run of its own would; return the case that breaks a clause, among so many drawn ones."""

    def body(target: Target, case: int) -> None:
        del target
        assert case < RARE

    with opened(options("quick", Setting(world="one-flow")), Budget(500, 60)) as target:
        depth = replace(PROFILES["deep"].depth, drawn=many)
        assertion = Assertion("page.size", Listed((), st.integers(0, 10_000_000)), body)
        trial = Trial(target, words([], [], 50), assertion, Share(400, 60), depth, examples=database([place]))
        mismatch = trial.judge(seed)
    return mismatch.case if mismatch else None


def test_what_one_run_drew_another_asks_first_through_redis(redis: str) -> None:
    assert drawn(redis, 1, 300) == RARE
    assert drawn(redis, 2, 1) == RARE


def test_what_one_run_drew_another_asks_first_through_a_folder(tmp_path: Path) -> None:
    assert drawn(str(tmp_path / "other"), 2, 1) is None
    assert drawn(str(tmp_path / "examples"), 1, 300) == RARE
    assert drawn(str(tmp_path / "examples"), 2, 1) == RARE


def test_several_places_are_one_database(tmp_path: Path) -> None:
    assert isinstance(database([str(tmp_path), "github:owner/repository"]), MultiplexedDatabase)
    assert database([]) is None


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("redis://:canary@127.0.0.1:1", "--examples: no Redis answers at 127.0.0.1"),
        ("mysql://x", "--examples is a folder, redis://HOST or github:OWNER/REPOSITORY, not 'mysql://x'"),
        ("github:owner", "--examples github:OWNER/REPOSITORY names a repository, not 'github:owner'"),
    ],
)
def test_a_place_that_is_not_to_be_had_is_one_line_without_its_password(place: str, sentence: str) -> None:
    done = command("run", "--examples", place)
    assert (done.returncode, done.stderr) == (4, f"contract-tests: {sentence}\n")
