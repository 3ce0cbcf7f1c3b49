"""Bodies as they go out: written as JSON, compressed where the client asks for it."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import TYPE_CHECKING

from aiohttp import hdrs, web

from mock_server.negotiating import JSON, coding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_server.rendering import Json

# Below this a compressed answer fits into no fewer packets.
_WORTHWHILE = 1_000
# The fastest level; the higher ones save few bytes of an answer that a program reads at once.
_LEVEL = 1


def sent(body: Json, status: int, media_type: str = JSON, headers: Mapping[str, str] | None = None) -> web.Response:
    """Return a body as it goes out."""
    text = json.dumps(body, separators=(",", ":"))
    return web.Response(text=text, status=status, content_type=media_type, charset="utf-8", headers=headers)


def error(message: str, code: str | None = None) -> Json:
    """Return the response to a request that is not executed."""
    return {"errors": [{"message": message} if code is None else {"message": message, "extensions": {"code": code}}]}


def decoded(body: bytes, coding: str | None) -> bytes:
    """Return a body as it was before it was compressed; raise what the libraries do where it is not all there."""
    match coding:
        case "gzip":
            return gzip.decompress(body)
        case "deflate":
            return zlib.decompress(body)
    return body


def encoded(response: web.Response, accept_encoding: str) -> web.Response:
    """Return the response, compressed where the client asks for that and it is worthwhile."""
    response.headers[hdrs.VARY] = "Accept, Accept-Encoding"
    if isinstance(response.body, bytes):
        response.body, chosen = compressed(response.body, accept_encoding)
        if chosen is not None:
            response.headers[hdrs.CONTENT_ENCODING] = chosen
    return response


def compressed(body: bytes, accept_encoding: str) -> tuple[bytes, str | None]:
    """Return a body as it goes out to a client with this header, and how it is compressed, None where it is not."""
    chosen = coding(accept_encoding)
    if chosen is None or len(body) < _WORTHWHILE:
        return body, None
    return gzip.compress(body, _LEVEL, mtime=0) if chosen == "gzip" else zlib.compress(body, _LEVEL), chosen
