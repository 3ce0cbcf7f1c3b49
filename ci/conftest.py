"""What the tests of the pipelines share: how a runner runs a part of a pipeline, and a mock to run it against."""

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from filelock import FileLock

from mock_server.serving import MockServer
from mock_server.worlds import load

ROOT = Path(__file__).parent.parent
Shell = Callable[..., "subprocess.CompletedProcess[str]"]
# What a pipeline sets for its jobs must not reach the parts that are tried here.
FOREIGN = ("GITHUB", "PIPEFY", "CONTRACT", "CI", "RUNNER")


@pytest.fixture(scope="session")
def shell() -> Shell:
    """Return a function that runs a script as a runner does, in a folder and with variables of its own."""

    def run(
        script: str,
        folder: Path,
        variables: Mapping[str, str],
        program: tuple[str, ...] = ("bash", "--noprofile", "--norc", "-eo", "pipefail"),
    ) -> "subprocess.CompletedProcess[str]":
        environment = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        return subprocess.run(  # noqa: S603  # a script of the project's own
            [*program, "-c", script],
            cwd=folder,
            env={**environment, **variables},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    return run


@pytest.fixture(scope="session")
def load_lock() -> FileLock:
    """Return what is held while Locust runs: its workers meet at one port, whichever test they are of."""
    return FileLock(Path(tempfile.gettempdir()) / "contract-load.lock")


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all workers of this run of the tests share: what takes long to install is installed once."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "once"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the project's own folder."""
    return ROOT


@pytest.fixture(scope="module")
def honest() -> Iterator[MockServer]:
    """Serve a world that keeps the contract."""
    with MockServer(load("ties")) as server:
        yield server


@pytest.fixture(scope="module")
def deviating() -> Iterator[MockServer]:
    """Serve the same world with a deviation that the totals show."""
    with MockServer(load("ties"), deviations=["page-only-totals"]) as server:
        yield server
