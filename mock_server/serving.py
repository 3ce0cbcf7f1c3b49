"""A server in a thread of this process, for as long as a `with` block."""

from __future__ import annotations

import asyncio
import socket
from threading import Event, Thread
from typing import TYPE_CHECKING, Self

from aiohttp import web

from mock_server.app import application
from mock_server.endpoint import PATH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from types import TracebackType

    from mock_server.records import World
    from mock_server.rulings import Rulings

HOST = "127.0.0.1"


class MockServer:
    """Serves a world over HTTP inside a `with` block; `url` is where, port 0 being any that is free."""

    def __init__(
        self,
        world: World,
        rulings: Rulings | None = None,
        deviations: Iterable[str] = (),
        *,
        port: int = 0,
        now: datetime | None = None,
    ) -> None:
        self.world = world
        self.url = ""
        self._port = port
        self._app = application(world, rulings, deviations, now)
        self._loop = asyncio.new_event_loop()
        self._closing = asyncio.Event()
        self._listening = Event()
        self._thread = Thread(target=self._run, name="mock-server", daemon=True)

    def __enter__(self) -> Self:
        self._socket = socket.create_server((HOST, self._port))
        self.url = f"http://{HOST}:{self._socket.getsockname()[1]}{PATH}"
        self._thread.start()
        self._listening.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()
            self._listening.set()

    async def _serve(self) -> None:
        runner = web.AppRunner(self._app, access_log=None, handle_signals=False, shutdown_timeout=1.0)
        await runner.setup()
        await web.SockSite(runner, self._socket).start()
        self._listening.set()
        try:
            await self._closing.wait()
        finally:
            await runner.cleanup()
