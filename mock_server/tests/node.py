"""Programs in Node that ask the mock: installed from npm once for all tests, and run one at a time."""

from __future__ import annotations

import getpass
import json
import shutil
import subprocess
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

CLIENTS = Path(__file__).parent / "clients"
_MANIFESTS = ("package.json", "package-lock.json")
# The clients themselves ask for it.
_LEAST_NODE = 20


def missing() -> str | None:
    """Say what is missing on this machine, or None."""
    for command in ("node", "npm"):
        if shutil.which(command) is None:
            return f"{command} is not installed"
    version = _output("node", "--version").strip()
    if int(version.lstrip("v").partition(".")[0]) < _LEAST_NODE:
        return f"Node {version} is too old; {_LEAST_NODE} or later is needed"
    return None


@pytest.fixture(scope="session")
def clients() -> Path:
    """Return a folder with the scripts and what they import; skip where Node is missing.

    The folder stays on the machine until the pinned versions change; processes that want it at once wait for the first.
    """
    if lacks := missing():
        pytest.skip(f"{lacks}, and this test runs a client in Node")
    versions = sha256(b"".join((CLIENTS / name).read_bytes() for name in _MANIFESTS)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"clients-of-the-mock-{getpass.getuser()}-{versions}"
    folder.mkdir(mode=0o700, exist_ok=True)
    with FileLock(folder / "lock"):
        if not (folder / "ready").exists():
            for name in _MANIFESTS:
                shutil.copy(CLIENTS / name, folder)
            _output("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", at=folder)
            (folder / "ready").touch()
        for script in CLIENTS.glob("*.mjs"):
            # One that is the same may be running for another process.
            if not (folder / script.name).exists() or (folder / script.name).read_bytes() != script.read_bytes():
                shutil.copy(script, folder)
    return folder


def run(folder: Path, script: str, *arguments: str) -> Any:
    """Return what a script wrote, read as JSON; fail with what it complained about."""
    return json.loads(_output("node", script, *arguments, at=folder))


def _output(*command: str, at: Path | None = None) -> str:
    done = subprocess.run(command, cwd=at, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603 - our own commands
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr or done.stdout}"  # noqa: S101 - part of tests
    return done.stdout
