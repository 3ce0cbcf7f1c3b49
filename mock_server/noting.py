"""Requests to the endpoint on their way: each answered by the setting it chooses, and noted in the journal."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from aiohttp import hdrs, web

from mock_server.endpoint import CALLER
from mock_server.faults import ASKING
from mock_server.journal import Entry, Journal
from mock_server.refusals import Misconfigured, Unauthorized
from mock_server.sending import error, sent
from mock_server.switching import CHOOSING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_server.switching import Serving, Switch

# What else is sent may be a secret, and is not kept.
_TELLING = (hdrs.ACCEPT, hdrs.CONTENT_TYPE, hdrs.USER_AGENT, hdrs.ORIGIN, *CHOOSING, *ASKING)
# In seconds.
_PATIENCE = 0.1


class Noting:
    """Hands requests to a switch and notes what comes of them."""

    def __init__(self, switch: Switch, journal: Journal) -> None:
        self._switch = switch
        self._journal = journal

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer a request; a header that chooses what there is not gets 400 and a sentence."""
        at, begun = time.time(), time.perf_counter()
        response: web.StreamResponse | None = None
        serving = self._switch.current
        try:
            serving = self._switch.serving(request.headers)
            response = await self._switch.trouble.middleware(request, serving.endpoint.handle)
        except Misconfigured as trouble:
            response = sent(error(str(trouble)), 400)
        finally:
            # What a browser asks beforehand is no question of the application's.
            if request.method != "OPTIONS":
                await self._note(request, response, serving, at, time.perf_counter() - begun)
        return response

    async def _note(
        self, request: web.Request, response: web.StreamResponse | None, serving: Serving, at: float, seconds: float
    ) -> None:
        cut = response is None or request.transport is None or request.transport.is_closing()
        body = await _body(request, cut=cut)
        answer = response.body if isinstance(response, web.Response) and isinstance(response.body, bytes) else b""
        self._journal.add(
            Entry(
                request.method,
                request.path_qs,
                told(request.headers),
                body,
                _role(serving, request),
                serving.setting.world.name,
                at,
                seconds,
                None if cut or response is None else response.status,
                b"" if cut else answer,
                None if response is None else response.headers.get(hdrs.CONTENT_ENCODING),
                0 if cut or response is None else len(answer) or response.body_length,
            )
        )


def told(headers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return those headers that are noted."""
    return tuple([(name, value) for name in _TELLING if (value := headers.get(name)) is not None])


async def _body(request: web.Request, *, cut: bool) -> bytes:
    """Return the body, for which nobody waits long: who is refused by the token alone may still be sending it."""
    here = request.content.is_eof()
    if cut and not here:
        return b""
    try:
        # A timeout costs more than all that is noted, and what is here needs none.
        return await (request.read() if here else asyncio.wait_for(request.read(), _PATIENCE))
    except (web.HTTPRequestEntityTooLarge, web.RequestPayloadError, TimeoutError, OSError):
        return b""


def _role(serving: Serving, request: web.Request) -> str | None:
    caller = request.get(CALLER)
    try:
        # Who met trouble on the way has not been looked at.
        return (caller or serving.endpoint.caller(request.headers.get(hdrs.AUTHORIZATION))).role.value
    except Unauthorized:
        return None
