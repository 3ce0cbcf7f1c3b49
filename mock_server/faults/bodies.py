"""Bodies that break off, are no JSON or come very slowly, under the headers of the honest answer."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from aiohttp import web

from mock_server.faults.fault import Fault
from mock_server.faults.statuses import page
from mock_server.sending import decoded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aiohttp.typedefs import Handler

_DRIPS = 20


def plain(response: web.StreamResponse) -> bytes:
    """Return the body of an answer, which is no longer compressed from then on."""
    body = response.body if isinstance(response, web.Response) and isinstance(response.body, bytes) else b""
    return decoded(body, response.headers.pop("Content-Encoding", None))


async def _cut(request: web.Request, handler: Handler, seconds: float) -> web.StreamResponse:  # noqa: ARG001 - every fault is given the same
    honest = await handler(request)
    if isinstance(honest, web.Response):
        body = plain(honest)
        honest.body = body[: len(body) // 2]
    return honest


async def _empty(request: web.Request, handler: Handler, seconds: float) -> web.StreamResponse:  # noqa: ARG001 - every fault is given the same
    honest = await handler(request)
    if isinstance(honest, web.Response):
        plain(honest)
        honest.body = b""
    return honest


async def _page(request: web.Request, handler: Handler, seconds: float) -> web.StreamResponse:  # noqa: ARG001 - every fault is given the same
    return page(200, "Please sign in to this network")


async def _breaks_off(request: web.Request, handler: Handler, seconds: float) -> web.StreamResponse:  # noqa: ARG001 - every fault is given the same
    honest = await handler(request)
    body = _body(request, honest)
    begun = await _in_pieces(request, honest, [body[: len(body) // 2]], 0.0) if body else honest
    if body and request.transport is not None:
        request.transport.close()
    return begun


async def _drips(request: web.Request, handler: Handler, seconds: float) -> web.StreamResponse:
    honest = await handler(request)
    body = _body(request, honest)
    size = -(-len(body) // _DRIPS)
    pieces = [body[start : start + size] for start in range(0, len(body), size or 1)]
    return await _in_pieces(request, honest, pieces, seconds / _DRIPS) if body else honest


def _body(request: web.Request, honest: web.StreamResponse) -> bytes:
    """Return the body as it would go out; who asks by HEAD gets none."""
    if request.method == "HEAD" or not isinstance(honest, web.Response) or not isinstance(honest.body, bytes):
        return b""
    return honest.body


async def _in_pieces(
    request: web.Request, honest: web.StreamResponse, pieces: Iterable[bytes], pause: float
) -> web.StreamResponse:
    """Send an answer in pieces, each after a pause in seconds, for as long as there is somebody to read them."""
    begun = web.StreamResponse(status=honest.status, headers=honest.headers)
    begun.content_length = honest.content_length
    with suppress(ConnectionError):
        await begun.prepare(request)
        for piece in pieces:
            await asyncio.sleep(pause)
            await begun.write(piece)
    return begun


FAULTS = (
    Fault("cut-json", "The JSON ends in the middle, in an answer that is whole as HTTP.", _cut),
    Fault(
        "truncated", "The body ends in the middle, short of its Content-Length, and the connection closes.", _breaks_off
    ),
    Fault("not-json", "200 with a page of HTML, as from a network that wants one to sign in.", _page),
    Fault("empty-body", "The answer with nothing in it.", _empty),
    Fault("slow-drip", "The body comes in twenty pieces within ten seconds.", _drips),
)
