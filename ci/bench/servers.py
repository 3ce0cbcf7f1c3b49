"""Servers under measurement: started on one core, watched through /proc."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SERVER_CORE, LOAD_CORE = 0, 1
_TICKS = os.sysconf("SC_CLK_TCK")
_PATIENCE = 120.0


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@dataclass
class Server:
    """One server inside a `with` block; `command` takes its port. `start` is seconds to the first answer."""

    command: Callable[[int], Sequence[str]]
    first: bytes
    token: str
    start: float = 0.0

    def __enter__(self) -> Self:
        self.port = free_port()
        begun = time.perf_counter()
        pinned = ["taskset", "-c", str(SERVER_CORE), *self.command(self.port)]
        self._process = subprocess.Popen(pinned, stdout=subprocess.DEVNULL)
        while True:
            try:
                self.ask(self.first)
                break
            except ConnectionError:
                if self._process.poll() is not None or time.perf_counter() - begun > _PATIENCE:
                    raise
                time.sleep(0.003)
        self.start = time.perf_counter() - begun
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}/graphql"

    def ask(self, body: bytes) -> bytes:
        """Return the answer to one request on a connection of its own; raise ConnectionError for none, or not 200."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        try:
            return self.asked(connection, body)
        finally:
            connection.close()

    def asked(self, connection: HTTPConnection, body: bytes) -> bytes:
        """Return the answer to one request."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        connection.request("POST", "/graphql", body, headers)
        response = connection.getresponse()
        answer = response.read()
        if response.status != 200 or b'"errors"' in answer:
            raise ConnectionError(f"{response.status}: {answer[:200]!r}")
        return answer

    def processor_seconds(self) -> float:
        """Return the processor time that it took so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def megabytes(self) -> float:
        """Return the memory that it holds."""
        lines = Path(f"/proc/{self._process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
