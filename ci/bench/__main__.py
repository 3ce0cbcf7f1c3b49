"""The benchmark: the floor, the mock and the reference side by side in one run, and the mock by size.

Needs Linux with two cores, `taskset` and `wrk`. Writes benchmark.json, benchmark.md and benchmark.svg; ends with 1
where the mock falls below its bars, which are shares of the floor in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import measuring
import questions
import reporting
from servers import Server

from mock_server.generating import generate

if TYPE_CHECKING:
    from mock_server.records import World

_HERE = Path(__file__).parent
_FLOWS = 250
_SIZES = [100, 1_000, 10_000, 100_000, 1_000_000]
_STARTS = 5
# Below these something has grown slower.
_BARS = {"same": 1.5, "different": 0.8}
_WITHOUT_UVLOOP = "import sys; sys.modules['uvloop'] = None; from mock_server.__main__ import main; main()"


def _mock(flows: int) -> list[str]:
    return [sys.executable, "-m", "mock_server", "--flows", str(flows)]


def _servers(world: World, constant: Path) -> dict[str, Server]:
    first, token, flows = questions.body(world), world.callers[0].token, str(_FLOWS)
    commands = {
        "floor": lambda port: [sys.executable, str(_HERE / "floor.py"), str(port), str(constant)],
        "mock": lambda port: [*_mock(_FLOWS), "--port", str(port)],
        "mock without uvloop": lambda port: [
            sys.executable,
            "-c",
            _WITHOUT_UVLOOP,
            "--flows",
            flows,
            "--port",
            str(port),
        ],
        "reference": lambda port: [sys.executable, str(_HERE / "reference.py"), str(port), flows],
    }
    return {name: Server(command, first, token) for name, command in commands.items()}


def _served(flows: int) -> tuple[Server, World]:
    world = generate(flows)
    command = lambda port: [*_mock(flows), "--port", str(port)]  # noqa: E731 - as short as those above
    return Server(command, questions.body(world), world.callers[0].token), world


def _measured(rounds: int, seconds: int, sizes: list[int]) -> dict[str, Any]:
    world = generate(_FLOWS)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        constant = Path(folder) / "constant.json"
        mock, _ = _served(_FLOWS)
        with mock:
            constant.write_bytes(mock.ask(questions.body(world)))
        servers = _servers(world, constant)
        starts = {name: median(_start(server) for _ in range(_STARTS)) for name, server in servers.items()}
        for server in servers.values():
            stack.enter_context(server)
        loads = measuring.under_load(servers, world, rounds, seconds)
        told = {
            name: {"loads": loads[name], "start_s": starts[name], "megabytes": server.megabytes()}
            for name, server in servers.items()
        }
    machine = {"processor": platform.processor() or platform.machine(), "python": platform.python_version()}
    return {
        "machine": machine,
        "flows": _FLOWS,
        "rounds": rounds,
        "servers": told,
        "sizes": measuring.by_size(_served, sizes),
    }


def _start(server: Server) -> float:
    with server:
        return server.start


def main() -> int:
    """Run the benchmark; return 1 where the mock is below a bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=_HERE.parent.parent / "docs", help="folder for what is written")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each server and load (default: %(default)s)")
    parser.add_argument("--seconds", type=int, default=3, help="seconds a run (default: %(default)s)")
    parser.add_argument("--sizes", type=int, nargs="*", default=_SIZES, help="numbers of flows for the curve")
    options = parser.parse_args()
    missing = [tool for tool in ("taskset", "wrk") if shutil.which(tool) is None]
    if missing or (os.cpu_count() or 1) < 2:
        parser.exit(2, f"the benchmark needs two cores, taskset and wrk (apt-get install wrk); missing: {missing}\n")
    measured = _measured(options.rounds, options.seconds, options.sizes)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "benchmark.json").write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    table = reporting.table(measured)
    (options.out / "benchmark.md").write_text(table, encoding="utf-8")
    reporting.plot(measured, options.out / "benchmark.svg")
    print(table)
    return _below(measured)


def _below(measured: dict[str, Any]) -> int:
    code = 0
    for load, bar in _BARS.items():
        mock, floor = (measured["servers"][name]["loads"][load]["requests_a_second"] for name in ("mock", "floor"))
        if mock < bar * floor:
            print(f"below its bar: {load} requests at {mock / floor:.2f} of the floor, not {bar}", file=sys.stderr)
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())
