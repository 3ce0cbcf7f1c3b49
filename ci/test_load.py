"""Load that is judged: two of Locust's workers hold it, and see what needs load to show."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from filelock import FileLock

from mock_server.serving import MockServer
from mock_server.worlds import load

LOCUSTFILE = Path(__file__).parent / "load" / "locustfile.py"
# Answers of requests that are in flight together are swapped.
SWAPPED = "request-of-another"


def loaded(
    lock: FileLock, folder: Path, url: str, organization: str, users: int, seconds: int = 15
) -> tuple[int, Counter[str], Counter[str], str]:
    """Put load on a server by two workers; return the exit code, what was counted, what failed, and what was said."""
    asked = ["--host", url, "--organization-id", organization, "--users", str(users), "--spawn-rate", str(users)]
    bounds = ["--headless", "--run-time", f"{seconds}s", "--processes", "2", "--only-summary"]
    token = load("ties").callers[0].token
    with lock:
        done = _run(folder, [*asked, *bounds], token)
    counted: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for entry in json.loads((folder / "counted.json").read_text()):
        counted[entry["method"]] += entry["num_requests"]
        failed[entry["method"]] += entry["num_failures"]
    return done.returncode, counted, failed, done.stdout + done.stderr


def _run(folder: Path, arguments: list[str], token: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "locust",
            "--locustfile",
            LOCUSTFILE,
            *arguments,
            "--json-file",
            folder / "counted",
        ],
        env={**os.environ, "PIPEFY_TOKEN": token},
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )


def test_two_workers_hold_a_load_and_no_relation_breaks(
    load_lock: FileLock, honest: MockServer, tmp_path: Path
) -> None:
    code, counted, failed, said = loaded(load_lock, tmp_path, honest.url, honest.world.organizations[0].id, users=8)
    assert (code, failed.total()) == (0, 0), said
    assert counted["CLAUSE"] > 20
    assert counted["HTTP"] > counted["CLAUSE"]


@pytest.mark.parametrize(("users", "found"), [(8, True), (1, False)])
def test_answers_that_are_swapped_need_load_to_show(
    load_lock: FileLock, tmp_path: Path, users: int, found: bool
) -> None:
    with MockServer(load("ties"), deviations=[SWAPPED]) as server:
        code, counted, failed, said = loaded(load_lock, tmp_path, server.url, server.world.organizations[0].id, users)
    assert (code, failed["CLAUSE"] > 0) == (int(found), found), said
    assert counted["CLAUSE"] > 5
    assert (" is broken: Question(" in said) == found


def test_a_load_in_which_nothing_can_be_judged_says_why_and_is_no_success(load_lock: FileLock, tmp_path: Path) -> None:
    code, counted, _, said = loaded(load_lock, tmp_path, "http://127.0.0.1:1/graphql", "1", users=1, seconds=5)
    assert (code, counted["CLAUSE"]) == (6, 0), said
    assert "contract load: the target is not reachable" in said
    assert "Traceback" not in said
