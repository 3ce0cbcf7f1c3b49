"""Load on one server at a time, in turns, so that whatever else the machine does hits all of them alike."""

from __future__ import annotations

import os
import re
import subprocess
import time
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import questions
from servers import LOAD_CORE, Server

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mock_server.records import World

LOADS = ("same", "different")
_SCRIPT = str(Path(__file__).with_name("load.lua"))
_CONNECTIONS = 32
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
# Pages are asked so often that a median stands still.
_PAGES = 200


def under_load(
    servers: Mapping[str, Server], world: World, rounds: int, seconds: int
) -> dict[str, dict[str, dict[str, float]]]:
    """Return, by server and load, the medians of requests a second, latencies in ms and processor time in µs."""
    runs: dict[str, dict[str, list[dict[str, float]]]] = {name: {load: [] for load in LOADS} for name in servers}
    for name, server in servers.items():
        for load in LOADS:
            _wrk(server, questions.environment(world, load, 0), seconds)
            print(f"warmed up: {name}, {load}", flush=True)
    for turn in range(1, rounds + 1):
        for load in LOADS:
            for name, server in servers.items():
                runs[name][load].append(_wrk(server, questions.environment(world, load, turn), seconds))
        print(f"round {turn} of {rounds}", flush=True)
    return {
        name: {load: {key: median(run[key] for run in of) for key in of[0]} for load, of in loads.items()}
        for name, loads in runs.items()
    }


def _wrk(server: Server, environment: Mapping[str, str], seconds: int) -> dict[str, float]:
    before = server.processor_seconds()
    options = ["-t1", f"-c{_CONNECTIONS}", f"-d{seconds}s", "--latency", "--timeout", "20s", "-s", _SCRIPT, server.url]
    told = subprocess.run(
        ["taskset", "-c", str(LOAD_CORE), "wrk", *options],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise SystemExit(f"a server failed under load:\n{told}")
    requests = int(_found(r"(\d+) requests in", told)[1])
    return {
        "requests_a_second": float(_found(r"Requests/sec:\s+([\d.]+)", told)[1]),
        "p50_ms": _milliseconds("50%", told),
        "p99_ms": _milliseconds("99%", told),
        "processor_us": (server.processor_seconds() - before) / requests * 1e6,
    }


def _found(pattern: str, told: str) -> re.Match[str]:
    match = re.search(pattern, told)
    if match is None:
        raise SystemExit(f"wrk said something else:\n{told}")
    return match


def _milliseconds(share: str, told: str) -> float:
    match = _found(rf"{share}\s+([\d.]+)(us|ms|s)", told)
    return float(match[1]) * _UNITS[match[2]]


def by_size(served: Callable[[int], tuple[Server, World]], sizes: list[int]) -> list[dict[str, float]]:
    """Return, for each number of flows, start, memory, and what pages and filters take on one connection, in ms."""
    return [_of_size(size, *served(size)) for size in sizes]


def _of_size(size: int, server: Server, world: World) -> dict[str, float]:
    with server:
        asking = _Asking(server, world)
        flows = int(_found(r'"totalFlows":(\d+)', asking.answer().decode())[1])
        middle, last = questions.cursor(flows // 2), questions.cursor(max(1, flows - questions.FIRST))
        found = {
            "flows": size,
            "start_s": server.start,
            "first_page_ms": asking.median_of([{}] * _PAGES),
            "middle_page_ms": asking.median_of([{"after": middle}] * _PAGES),
            "last_page_ms": asking.median_of([{"after": last}] * _PAGES),
            "new_filter_ms": asking.median_of([{"search": a + b} for a in "aeiou" for b in "lnrst"]),
            "known_filter_ms": asking.median_of([{"search": "al", "first": 10 + turn % 3} for turn in range(_PAGES)]),
            "megabytes": server.megabytes(),
        }
    print(f"{size} flows", flush=True)
    return found


class _Asking:
    """Asks one server about one world, on one connection."""

    def __init__(self, server: Server, world: World) -> None:
        self._server = server
        self._world = world
        self._connection = HTTPConnection("127.0.0.1", server.port, timeout=120)

    def answer(self, **variables: object) -> bytes:
        return self._server.asked(self._connection, questions.body(self._world, **variables))

    def median_of(self, asked: list[dict[str, object]]) -> float:
        """Return how many milliseconds the middle one of these questions takes."""
        took = []
        for variables in asked:
            begun = time.perf_counter()
            self.answer(**variables)
            took.append((time.perf_counter() - begun) * 1000)
        return median(took)
