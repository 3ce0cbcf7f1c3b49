"""Whole answers to whole requests: one that came before, byte for byte, is not read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from multidict import CIMultiDict

from mock_server.bounded import Bounded
from mock_server.endpoint import Settled
from mock_server.refusals import Unauthorized

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mock_server.endpoint import Endpoint

    Handler = Callable[[web.Request], Awaitable[web.Response]]

# In bytes.
_KEPT = 32 * 2**20
# aiohttp takes no more of them in one request.
_HEADERS = 8190
# So many requests are told to have come before.
_CAME = 65_536


class Answers:
    """Answers as an honest endpoint does whose world stands still; what is settled and asked again is kept, bounded."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._came: set[int] = set()
        self._kept: Bounded[tuple[bytes, CIMultiDict[str]]] = Bounded(_KEPT)

    async def post(self, request: web.Request) -> web.Response:
        """Answer a POST. A bad token is refused before anything is read."""
        try:
            self._endpoint.caller(request.headers.get("Authorization"))
        except Unauthorized:
            return await self._endpoint.post(request)
        body = await request.read()
        # All headers: whichever of them an answer depends on is among them.
        key = (request.raw_headers, body)
        kept = self._kept.get(key)
        if kept is not None:
            return web.Response(body=kept[0], headers=kept[1])
        response = await self._endpoint.post(request)
        if isinstance(response, Settled) and isinstance(response.body, bytes) and self._came_before(hash(key)):
            told = response.body, CIMultiDict(response.headers)
            self._kept.put(key, told, len(body) + len(response.body) + _HEADERS)
        return response

    def _came_before(self, request: int) -> bool:
        # What is asked for once is most of a flood, and to keep it costs more than to tell that it came.
        if request in self._came:
            return True
        if len(self._came) >= _CAME:
            self._came.clear()
        self._came.add(request)
        return False
