"""Bodies that break off, are no JSON or come very slowly, under the headers of the honest answer."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from typing import TYPE_CHECKING

from aiohttp import web

from mock_server.faults.fault import Fault
from mock_server.faults.statuses import page

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

_DRIPS = 20


def plain(response: web.StreamResponse) -> bytes:
    """Return the body of an answer, which is no longer compressed from then on."""
    body = response.body if isinstance(response, web.Response) and isinstance(response.body, bytes) else b""
    match response.headers.pop("Content-Encoding", None):
        case "gzip":
            return gzip.decompress(body)
        case "deflate":
            return zlib.decompress(body)
    return body


async def _cut(request: web.Request, handler: Handler, seconds: float) -> web.StreamResponse:  # noqa: ARG001
    honest = await handler(request)
    if isinstance(honest, web.Response):
        body = plain(honest)
        honest.body = body[: len(body) // 2]
    return honest


async def _empty(request: web.Request, handler: Handler, seconds: float) -> web.StreamResponse:  # noqa: ARG001
    honest = await handler(request)
    if isinstance(honest, web.Response):
        plain(honest)
        honest.body = b""
    return honest


async def _page(request: web.Request, handler: Handler, seconds: float) -> web.StreamResponse:  # noqa: ARG001
    return page(200, "Please sign in to this network")


async def _breaks_off(request: web.Request, handler: Handler, seconds: float) -> web.StreamResponse:  # noqa: ARG001
    begun, body = await _begun(request, await handler(request))
    if body:
        await begun.write(body[: len(body) // 2])
        if request.transport is not None:
            request.transport.close()
    return begun


async def _drips(request: web.Request, handler: Handler, seconds: float) -> web.StreamResponse:
    begun, body = await _begun(request, await handler(request))
    size = -(-len(body) // _DRIPS) or 1
    for start in range(0, len(body), size):
        await asyncio.sleep(seconds / _DRIPS)
        await begun.write(body[start : start + size])
    return begun


async def _begun(request: web.Request, honest: web.StreamResponse) -> tuple[web.StreamResponse, bytes]:
    """Send the head of an answer; return it with the body that it promises, which is none for who asks by HEAD."""
    body = honest.body if isinstance(honest, web.Response) and isinstance(honest.body, bytes) else b""
    if request.method == "HEAD" or not body:
        return honest, b""
    begun = web.StreamResponse(status=honest.status, headers=honest.headers)
    begun.content_length = len(body)
    await begun.prepare(request)
    return begun, body


FAULTS = (
    Fault("cut-json", "The JSON ends in the middle, in an answer that is whole as HTTP.", _cut),
    Fault(
        "truncated", "The body ends in the middle, short of its Content-Length, and the connection closes.", _breaks_off
    ),
    Fault("not-json", "200 with a page of HTML, as from a network that wants one to sign in.", _page),
    Fault("empty-body", "The answer with nothing in it.", _empty),
    Fault("slow-drip", "The body comes in twenty pieces within ten seconds.", _drips),
)
