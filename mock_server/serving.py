"""A listening server: in a thread of this process for as long as a `with` block, or in front until a signal ends it."""

from __future__ import annotations

import asyncio
import errno
import gc
import logging
import signal
import socket
from contextlib import asynccontextmanager, closing, suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Self, cast

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from mock_server.admitting import LOOPBACK_ONLY, is_loopback
from mock_server.app import CONNECTIONS, JOURNAL, application
from mock_server.endpoint import PATH
from mock_server.loops import new_loop
from mock_server.moving import moved
from mock_server.refusals import Misconfigured

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable
    from datetime import datetime
    from types import TracebackType

    from mock_server.faults import Faults
    from mock_server.journal import Journal
    from mock_server.records import World
    from mock_server.rulings import Rulings

LOOPBACK = "127.0.0.1"
# What is in flight when a server is told to end may take this long, so that the end takes ten seconds at most; idle
# connections are closed at once.
_GRACE = 9.0
# Nobody waits so long for the end of a test.
_GRACE_IN_TESTS = 5.0
# How often it is looked at what is left, and how long what is cut off then may take to notice.
_LOOK, _NOTICE = 0.02, 0.2
# In seconds: as long as a connection may be without a whole request, as in most servers.
_IDLE = 75.0
# So many objects come before the garbage collector looks at the youngest.
_COLLECTED = 20_000
# Connections that wait to be accepted, and those that are open: a crowd that comes at once is a few thousand.
_BACKLOG, _OPEN = 1_024, 16_384

# Whoever sends what is no HTTP is told so; the log is for trouble of this server's own.
_LOG = logging.getLogger("mock_server")
_LOG.addFilter(lambda record: not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError)))


class MockServer:
    """Serves a world over HTTP inside a `with` or `async with` block, on any free port unless told which.

    `url` is where. It has a thread and an event loop of its own, so that whoever asks may block.

    With `now`, the world is moved so that it ends there; `world` is what is served at first, `app` what serves it.
    `faults` is trouble on the way; with `live`, flows go on running, a step every so many seconds. `journal` is what
    was asked; over HTTP it is read with `admin_key`, or without one by this machine alone. Raises what
    `application` raises when it is made, and Misconfigured on entry where the port is taken.
    """

    def __init__(
        self,
        world: World,
        rulings: Rulings | None = None,
        deviations: Iterable[str] = (),
        *,
        port: int = 0,
        now: datetime | None = None,
        faults: Faults | None = None,
        live: float | None = None,
        admin_key: str | None = None,
        token_lifetime: int | None = None,
        journal: Journal | None = None,
    ) -> None:
        self.world = world if now is None else moved(world, now)
        self.url = ""
        self._port = port
        self.app = application(
            self.world, rulings, deviations, faults, live, token_lifetime, now=now, admin_key=admin_key, journal=journal
        )
        self.journal = self.app[JOURNAL]
        self._listening = Event()

    def __enter__(self) -> Self:
        self._socket = bound(LOOPBACK, self._port)
        self.url = url(self._socket)
        self._loop = new_loop()
        self._closing = asyncio.Event()
        self._thread = Thread(target=self._run, name="mock-server", daemon=True)
        self._thread.start()
        self._listening.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join()

    async def __aenter__(self) -> Self:
        return await asyncio.to_thread(self.__enter__)

    async def __aexit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.__exit__, kind, raised, trace)

    def _run(self) -> None:
        try:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(self._serve())
        finally:
            self._listening.set()

    async def _serve(self) -> None:
        async with _listening(self.app, self._socket, _GRACE_IN_TESTS):
            self._listening.set()
            await self._closing.wait()


def bound(host: str, port: int) -> socket.socket:
    """Return a listening socket; raise Misconfigured where the port is taken or the host is not this machine's."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as trouble:
        if trouble.errno == errno.EADDRINUSE:
            raise Misconfigured(f"port {port} of {host} is in use; --port 0 takes any that is free") from trouble
        raise Misconfigured(f"cannot listen on port {port} of {host}: {trouble.strerror or trouble}") from trouble


def url(listening: socket.socket) -> str:
    """Return the address of the endpoint behind a socket, as this machine reaches it."""
    host, port = listening.getsockname()[:2]
    host = {"0.0.0.0": LOOPBACK, "::": "::1"}.get(host, host)  # noqa: S104 - only looked for, never bound
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{PATH}"


def serve(app: web.Application, listening: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM, and finish what is in flight then; call `ready` once requests are answered."""
    _open_many()
    # What is there now stays until the end; the garbage collector need not look at it again and again.
    gc.freeze()
    # A request leaves no rings behind, and the journal lets go of as much as it takes.
    gc.set_threshold(_COLLECTED)
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(_until_signalled(app, listening, ready))


def _open_many() -> None:
    """Let this process open as many connections as it may; a terminal is usually given 1,024."""
    try:
        import resource  # not everywhere
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _OPEN if hard == resource.RLIM_INFINITY else min(_OPEN, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


async def _until_signalled(app: web.Application, listening: socket.socket, ready: Callable[[], None]) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with _listening(app, listening, _GRACE):
        ready()
        await ended.wait()


class _Runner(web.AppRunner):
    """Waits for what is in flight; aiohttp's own runner takes the bodies away from it that are still to be read."""

    def __init__(self, app: web.Application, grace: float, **settings: Any) -> None:
        super().__init__(app, **settings)
        self._grace = grace

    async def shutdown(self) -> None:
        """End what goes on beside the application, and wait until no connection is left, or the grace is over."""
        await super().shutdown()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._grace):
                while self.server is not None and self.server.connections:
                    await asyncio.sleep(_LOOK)


@asynccontextmanager
async def _listening(app: web.Application, listening: socket.socket, grace: float) -> AsyncIterator[None]:
    app[LOOPBACK_ONLY] = is_loopback(listening.getsockname()[0])
    running = runner(app, grace)
    await running.setup()
    try:
        made = app[CONNECTIONS].factory(cast("web.Server", running.server))
        with closing(await asyncio.get_running_loop().create_server(made, sock=listening, backlog=_BACKLOG)):
            yield
    finally:
        await running.cleanup()


def runner(app: web.Application, grace: float = _GRACE) -> web.AppRunner:
    """Return what reads HTTP for an application as this server does, whoever listens for it."""
    # Where who asked has gone, nothing is answered: an end need not wait for it.
    return _Runner(
        app,
        grace,
        access_log=None,
        handle_signals=False,
        shutdown_timeout=_NOTICE,
        handler_cancellation=True,
        keepalive_timeout=_IDLE,
        auto_decompress=False,
        logger=_LOG,
    )
