"""Connections: what arrives is answered the short way where it is known, and handed to aiohttp where it is not."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from aiohttp import web

from mock_server.bounded import Bounded
from mock_server.shortcut.heads import END, Head, head, is_head_of

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
# So many turns of the loop aiohttp takes from what it has read to the first step of an answer.
_TURNS = 3
# So many are answered before others have their turn; who sends more at once waits for aiohttp.
_AT_ONCE = 8


class Connections:
    """The open connections of a server, and the heads that have been read on them."""

    def __init__(self, shortcut: Shortcut) -> None:
        self._shortcut = shortcut
        self._open: dict[asyncio.BaseTransport, _Connection] = {}
        self._heads: Bounded[Head] = Bounded(_HEADS)

    def factory(self, usual: Callable[[], asyncio.Protocol]) -> Callable[[], asyncio.Protocol]:
        """Return what makes a protocol for each connection; `usual` makes those that take the long way."""
        return lambda: _Connection(usual(), self._shortcut, self._heads, self._open)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Send the answer to a request that took the long way, and remember what its head means."""
        connection = None if request.transport is None else self._open.get(request.transport)
        if connection is None:
            return await handler(request)
        connection.asked += 1
        try:
            response = await handler(request)
            if isinstance(response, web.Response):
                await connection.answer(request, response)
        finally:
            connection.asked -= 1
        return response

    async def end(self, app: web.Application) -> None:  # noqa: ARG002 - a signal of aiohttp has it
        """Close the connections on which nothing is being answered."""
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        for transport, connection in tuple(self._open.items()):
            if not connection.asked:
                transport.close()


class _Connection(asyncio.Protocol):
    """One connection: with this server where all that was read on it has been answered, else with aiohttp.

    `asked` is the number of requests that are being answered the long way.
    """

    def __init__(
        self,
        usual: asyncio.Protocol,
        shortcut: Shortcut,
        heads: Bounded[Head],
        connections: dict[asyncio.BaseTransport, _Connection],
    ) -> None:
        self.asked = 0
        self._usual = usual
        self._shortcut = shortcut
        self._heads = heads
        self._open = connections
        self._time = asyncio.get_running_loop().time
        self._seen = self._time()
        # What aiohttp was given since all before was answered, unless that is too much, and how many bytes it was.
        self._given, self._length = b"", 0
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
        if not self._length:
            data = self._unanswered(data)
            if not data:
                return
            self._seen = self._time()
        self._length += len(data)
        self._given = self._given + data if self._length <= _LONGEST else b""
        self._usual.data_received(data)

    def _unanswered(self, data: bytes) -> bytes:
        """Answer the first requests that begin here, and return what is left of the data."""
        if self._time() - self._seen > _UNSEEN:
            return data
        for _ in range(_AT_ONCE):
            if not data or self._is_full or self._transport.is_closing():
                break
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
        given = self._given
        begin = given.find(END) + len(END)
        length = begin + (request.content_length or 0)
        is_whole = len(given) == self._length == length and is_head_of(request, given[:begin])
        if not is_whole or not request.keep_alive:
            # Nor will it be: what is not told apart now is not told apart later.
            self._given = b""
            return
        try:
            await response.prepare(request)
            await response.write_eof()
        except ConnectionError:
            # aiohttp meets the same and ends the connection.
            return
        # More may have come while this was being sent.
        if self._length == length:
            self._given, self._length = b"", 0
        known = head(request, response, given[:begin])
        if known is not None:
            self._heads.put(given[:begin], known, known.weight)
