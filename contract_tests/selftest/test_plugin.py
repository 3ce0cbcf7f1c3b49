"""The suite under pytest: its own run of it, and a project's."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_tests import contract
from contract_tests.selftest.runs import TOKEN
from mock_server.serving import MockServer
from mock_server.worlds import load


@pytest.fixture
def served() -> Iterator[MockServer]:
    with MockServer(load("documented")) as server:
        yield server


def test_a_project_that_the_suite_is_installed_in_lends_it_nothing(tmp_path: Path) -> None:
    home, installed = Path(contract.__file__).parent.parent, tmp_path / "packages"
    for package in ("contract_tests", "schema"):
        shutil.copytree(home / package, installed / package, ignore=shutil.ignore_patterns("__pycache__", "selftest"))
    (tmp_path / "conftest.py").write_text("raise RuntimeError('a conftest of the project')\n")
    done = subprocess.run(  # the project's own command
        [sys.executable, "-m", "contract_tests", "run", "--profile", "quick", "--only", "totals"],
        cwd=installed,
        env={**os.environ, "PYTEST_ADDOPTS": "--no-such-option", "PYTEST_PLUGINS": "no_such_plugin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_pytest_takes_the_same_options(served: MockServer) -> None:
    own = served.world.organizations[0].id
    arguments = ["--target", served.url, "--organization-id", own, "--profile", "quick", "--only", "period"]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--pyargs",
            "contract_tests.clauses",
            *arguments,
        ],
        capture_output=True,
        text=True,
        env={**os.environ, "PIPEFY_TOKEN": TOKEN},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed" in done.stdout
