"""Connections: what arrives is answered the short way where it is known, and handed to aiohttp where it is not."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from aiohttp import web

from mock_server.bounded import Bounded
from mock_server.shortcut.heads import END, Head, head

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp.typedefs import Handler

    from mock_server.shortcut.answering import Shortcut

# In bytes.
_HEADS = 2**20
# A request that is longer is not compared with what arrived.
_LONGEST = 64 * 1024
# In seconds. aiohttp closes connections on which it has read nothing for a while, so that it reads one now and then.
_UNSEEN = 30.0


class Connections:
    """The open connections of a server, and the heads that have been read on them."""

    def __init__(self, shortcut: Shortcut) -> None:
        self._shortcut = shortcut
        self._open: dict[asyncio.BaseTransport, _Connection] = {}
        self._heads: Bounded[Head] = Bounded(_HEADS)

    def factory(self, usual: Callable[[], asyncio.Protocol]) -> Callable[[], asyncio.Protocol]:
        """Return what makes a protocol for each connection; `usual` makes those that take the long way."""
        return lambda: _Connection(usual(), self._shortcut, self._heads, self._open)

    def learning(self, handler: Handler) -> Handler:
        """Return what answers as a handler does, and remembers the heads of what it has answered."""

        async def answered(request: web.Request) -> web.StreamResponse:
            response = await handler(request)
            connection = None if request.transport is None else self._open.get(request.transport)
            if connection is not None and isinstance(response, web.Response):
                await connection.answer(request, response)
            return response

        return answered


class _Connection(asyncio.Protocol):
    """One connection: with this server where all that was read on it has been answered, else with aiohttp."""

    def __init__(
        self,
        usual: asyncio.Protocol,
        shortcut: Shortcut,
        heads: Bounded[Head],
        connections: dict[asyncio.BaseTransport, _Connection],
    ) -> None:
        self._usual = usual
        self._shortcut = shortcut
        self._heads = heads
        self._open = connections
        self._time = asyncio.get_running_loop().time
        self._seen = self._time()
        # What aiohttp was given since all before was answered; None while nothing is with it.
        self._given: bytes | None = None
        self._is_full = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._open[transport] = self
        self._usual.connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        del self._open[self._transport]
        self._usual.connection_lost(exc)

    def eof_received(self) -> bool | None:
        return self._usual.eof_received()

    def pause_writing(self) -> None:
        self._is_full = True
        self._usual.pause_writing()

    def resume_writing(self) -> None:
        self._is_full = False
        self._usual.resume_writing()

    def data_received(self, data: bytes) -> None:
        if self._given is None:
            data = self._unanswered(data)
            if not data:
                return
            self._given = b""
            self._seen = self._time()
        if len(self._given) <= _LONGEST:
            self._given += data
        self._usual.data_received(data)

    def _unanswered(self, data: bytes) -> bytes:
        """Answer the requests that begin here, and return what is left of the data."""
        while data and not self._is_full and self._time() - self._seen < _UNSEEN:
            begin = data.find(END) + len(END)
            head = self._heads.get(data[:begin]) if begin >= len(END) else None
            if head is None or len(data) < begin + head.length:
                break
            answer = self._shortcut.answer(head, data[begin : begin + head.length])
            if answer is None:
                break
            self._transport.write(answer)
            data = data[begin + head.length :]
        return data

    async def answer(self, request: web.Request, response: web.Response) -> None:
        """Send a response of the long way. Where the request is all that was given, the connection is free again."""
        given = self._given or b""
        begin = given.find(END) + len(END)
        is_whole = begin >= len(END) and len(given) == begin + (request.content_length or 0)
        if not is_whole or not request.keep_alive:
            return
        try:
            await response.prepare(request)
            await response.write_eof()
        except ConnectionError:
            # aiohttp meets the same and ends the connection.
            return
        self._given = None
        known = head(request, response)
        if known is not None:
            self._heads.put(given[:begin], known, 3 * begin)
