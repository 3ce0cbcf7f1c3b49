"""Whole answers to whole requests: one that came before, byte for byte, is not read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from multidict import CIMultiDict

from mock_server import reading
from mock_server.bounded import Bounded
from mock_server.endpoint import Settled, accepted, unread
from mock_server.reading import Unreadable
from mock_server.refusals import Unauthorized
from mock_server.sending import encoded

if TYPE_CHECKING:
    from aiohttp.typedefs import RawHeaders

    from mock_server.endpoint import Endpoint

# In bytes.
_KEPT = 32 * 2**20
# aiohttp takes no more of them in one request.
_HEADERS = 8190
# So many requests are told to have come before.
_CAME = 65_536
# What is asked by its hash depends on what came before.
_PERSISTED = b"persistedQuery"


class Answers:
    """Answers as an honest endpoint does, and keeps what is settled and asked again: bounded, and for one world."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._world = endpoint.execution.resolvers.world
        self._came: set[int] = set()
        self._kept: Bounded[tuple[bytes, CIMultiDict[str]]] = Bounded(_KEPT)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer a request of any method; of a POST that is in order, each step is taken once."""
        if request.method != "POST":
            return await self._endpoint.handle(request)
        try:
            caller = self._endpoint.caller(request.headers.get("Authorization"))
        except Unauthorized:
            return await self._endpoint.handle(request)
        media_type = accepted(request)
        if media_type is None:
            return await self._endpoint.handle(request)
        coding = request.headers.get("Accept-Encoding", "")
        try:
            body = await reading.posted(request)
            # All headers: whichever of them an answer depends on is among them.
            key = (request.raw_headers, body)
            kept = self._kept_of_this_world().get(key)
            if kept is not None:
                return web.Response(body=kept[0], headers=kept[1])
            asked = reading.request(reading.json_object(body), self._endpoint.persisted)
        except Unreadable as trouble:
            return encoded(unread(trouble, media_type), coding)
        answer = await self._endpoint.answered(asked, caller, media_type)
        response = encoded(answer, coding)
        if isinstance(response, Settled) and _PERSISTED not in body and self._came_before(hash(key)):
            self._keep(key, response)
        return response

    def _keep(self, key: tuple[RawHeaders, bytes], response: Settled) -> None:
        if isinstance(response.body, bytes):
            told = response.body, CIMultiDict(response.headers)
            self._kept.put(key, told, len(key[1]) + len(response.body) + _HEADERS)

    def _kept_of_this_world(self) -> Bounded[tuple[bytes, CIMultiDict[str]]]:
        world = self._endpoint.execution.resolvers.world
        if world is not self._world:
            self._world = world
            self._kept = Bounded(_KEPT)
        return self._kept

    def _came_before(self, request: int) -> bool:
        # What is asked for once is most of a flood, and to keep it costs more than to tell that it came.
        if request in self._came:
            return True
        if len(self._came) >= _CAME:
            self._came.clear()
        self._came.add(request)
        return False
