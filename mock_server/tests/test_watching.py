"""A world's file is edited while the command line serves it."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import requests

from mock_server import shipped
from mock_server.tests.posting import ASKED, TOKEN
from mock_server.tests.test_command_line import started

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

WORLD = json.loads((shipped.WORLDS / "documented.json").read_text(encoding="utf-8"))


def of_flows(number: int, status: str = "ENABLED") -> str:
    """Return the documented world with so many flows, the first ones, of this status."""
    own, other = WORLD["organizations"]
    flows = [{**flow, "status": status} for flow in own["flows"][:number]]
    return json.dumps({**WORLD, "organizations": [{**own, "flows": flows}, other]})


@contextmanager
def watched(file: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve a file of seven flows; yield the process and where it is asked."""
    file.write_text(of_flows(7), encoding="utf-8")
    with started("--world", str(file), "--watch", *options) as (process, lines):
        yield process, lines[0].split()[-1]


def told(url: str, **variables: str) -> int | None:
    """Return how many flows there are, or None where the question is refused."""
    asked = {**ASKED, "variables": {**ASKED["variables"], **variables}}
    response = requests.post(url, json=asked, headers=TOKEN, timeout=10)
    response.raise_for_status()
    data = response.json()["data"]["integrationsUsageDetails"]
    return None if data is None else int(data["totalFlows"])


def comes(url: str, flows: int, **variables: str) -> bool:
    """Say whether so many flows are told within a few seconds."""
    deadline = time.monotonic() + 5
    while told(url, **variables) != flows and time.monotonic() < deadline:
        time.sleep(0.02)
    return told(url, **variables) == flows


def replaced(file: Path, text: str) -> None:
    """Put a new file in the old one's place, as many editors do."""
    new = file.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    new.replace(file)


@pytest.mark.parametrize("how", [replaced, lambda file, text: file.write_text(text, encoding="utf-8")])
def test_a_changed_file_is_served_as_it_is_now(how: object, tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    with watched(file) as (_, url):
        assert callable(how)
        for flows in (3, 5):
            how(file, of_flows(flows))
            assert comes(url, flows)


def test_a_status_that_is_new_is_known(tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    with watched(file, "--ruling", "unknown-status=refused") as (_, url):
        assert told(url, status="PAUSED") is None
        replaced(file, of_flows(2, "PAUSED"))
        assert comes(url, 2, status="PAUSED")


@pytest.mark.parametrize(
    "broken", ["{", "[" * 100_000, '{"sentence": "x"}', "\x00", None], ids=lambda text: str(text)[:9]
)
def test_a_broken_edit_keeps_the_world_and_is_told(broken: str | None, tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    with watched(file) as (process, url):
        if broken is None:
            file.unlink()
        else:
            replaced(file, broken)
        assert process.stderr
        assert process.stderr.readline().startswith(f"{file}: ")
        assert told(url) == 7
        replaced(file, of_flows(4))
        assert comes(url, 4)


def test_no_request_is_lost_while_the_file_changes(tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    with watched(file) as (_, url), ThreadPoolExecutor(4) as threads:
        until = time.monotonic() + 2

        def ask() -> set[int | None]:
            seen = set()
            while time.monotonic() < until:
                seen.add(told(url))
            return seen

        asking = [threads.submit(ask) for _ in range(4)]
        for flows in (1, 2, 3, 4, 5):
            replaced(file, of_flows(flows))
            assert comes(url, flows)
        assert set.union(*(done.result() for done in asking)) == {1, 2, 3, 4, 5, 7}


def test_flows_that_go_on_running_run_in_the_changed_world(tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    with watched(file, "--live", "10ms") as (_, url):
        replaced(file, of_flows(1).replace(WORLD["organizations"][0]["flows"][0]["name"], "Changed"))
        deadline = time.monotonic() + 5
        while not told(url, search="Changed") and time.monotonic() < deadline:
            time.sleep(0.02)
        assert told(url, search="Changed") == 1
