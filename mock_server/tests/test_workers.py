"""The mock in several processes, under gunicorn."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests

from mock_server import shipped
from mock_server.generating import generate
from mock_server.rulings import ruled
from mock_server.serving import MockServer, bound
from mock_server.worlds import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_server.records import World

SEEN = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the kernel tells which processes there are")
WORKERS = 4
ARGUMENTS = "--flows 300 --seed 7 --locale pt_BR --ruling page-cap=10 --latency 1ms"
QUESTIONS: list[dict[str, Any]] = [
    {},
    {"search": "a", "sort": {"by": "name", "order": "asc"}},
    {"status": "DISABLED", "first": 3, "after": "Ng"},
    {"period": "last_3_months", "after": "OTk5"},
]


def command(port: int, called: str) -> list[str]:
    gunicorn = [sys.executable, "-m", "gunicorn", "--preload", "--worker-class", "aiohttp.GunicornWebWorker"]
    bind = ["--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    return [*gunicorn, *bind, f"mock_server.workers:{called}"]


def children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@contextmanager
def workers(arguments: str = ARGUMENTS) -> Iterator[tuple[str, list[int]]]:
    """Serve from several processes; yield the address and the processes once each of them answers."""
    with bound("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/graphql"
    environment = {**os.environ, "MOCK_SERVER_ARGS": arguments}
    with subprocess.Popen(command(port, "served()"), env=environment) as process:
        try:
            while len(children(process.pid)) < WORKERS or not answers(url):
                assert process.poll() is None
                time.sleep(0.05)
            yield url, children(process.pid)
        finally:
            process.terminate()


def answers(url: str) -> bool:
    try:
        return requests.options(url, timeout=30).ok
    except requests.ConnectionError:
        return False


@contextmanager
def alone(chosen: int, processes: list[int]) -> Iterator[None]:
    """Hold the other processes still, so that whatever is asked is answered by the chosen one."""
    others = [process for process in processes if process != chosen]
    for process in others:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in others:
            os.kill(process, signal.SIGCONT)


def answered(url: str, world: World) -> list[tuple[int, dict[str, str], bytes]]:
    """Return the status, the headers but for the time, and the bytes of the answer to each question."""
    query = shipped.schema_text("operations/integrationsUsageDetails.graphql")
    asked = {"organizationUuid": world.organizations[0].uuid, "period": "last_month"}
    found = []
    for question in QUESTIONS:
        body: dict[str, Any] = {"query": query, "variables": asked | question}
        headers = {"Authorization": f"Bearer {world.callers[0].token}"}
        reply = requests.post(url, json=body, headers=headers, timeout=30)
        kept = {name: value for name, value in reply.headers.items() if name != "Date"}
        found.append((reply.status_code, kept, reply.content))
    return found


@SEEN
def test_every_process_answers_with_the_bytes_of_a_single_one() -> None:
    world = generate(flows=300, seed=7, locale="pt_BR")
    with MockServer(world, ruled(["page-cap=10"])) as server:
        expected = answered(server.url, world)
    with workers() as (url, processes):
        assert len(processes) == WORKERS
        for process in processes:
            with alone(process, processes):
                assert answered(url, world) == expected


@pytest.mark.parametrize(
    ("called", "line"),
    [
        ('served("--live")', "--live is for one process, and several are to answer alike: leave it out"),
        ('served("--rate-limit", "3/s")', "--rate-limit is for one process"),
        ('served("--now", "today")', "--now today is another instant in each process"),
        ('served("--world", "documentd")', "unknown world 'documentd'; did you mean documented?"),
        ('served("--bogus")', "unrecognized arguments: --bogus"),
    ],
)
def test_what_several_processes_cannot_serve_ends_all_with_a_line(called: str, line: str) -> None:
    done = subprocess.run(command(0, called), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert f"mock-server: {line}" in done.stderr
    assert "Traceback" not in done.stderr


@SEEN
def test_a_process_of_several_offers_nothing_that_only_one_would_switch() -> None:
    with workers() as (url, _):
        paths = ("/", "/_mock/settings", "/_mock/journal")
        assert [requests.get(url.removesuffix("/graphql") + path, timeout=30).status_code for path in paths] == [
            404
        ] * 3


@SEEN
def test_tokens_of_several_processes_last_as_long_as_they_are_told_to() -> None:
    with workers("--world ties --token-lifetime 77s") as (url, _):
        account = load("ties").service_accounts[0]
        told = {"grant_type": "client_credentials", "client_id": account.client_id}
        told["client_secret"] = account.client_secret
        given = requests.post(url.replace("/graphql", "/oauth/token"), json=told, timeout=30).json()
    assert given["expires_in"] == 77
