"""What lets a page on another origin talk to this server: cross-origin resource sharing.

https://fetch.spec.whatwg.org/#http-cors-protocol
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import hdrs, web

if TYPE_CHECKING:
    from collections.abc import Iterable

# In seconds: as long as a browser need not ask again.
_REMEMBERED = "600"


async def from_anywhere(request: web.Request, response: web.StreamResponse) -> None:  # noqa: ARG001 - a signal of aiohttp has both
    """Let any page read a response, whatever it is; a token stands in a header, so no page has it by visiting."""
    response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = "*"
    response.headers[hdrs.ACCESS_CONTROL_EXPOSE_HEADERS] = "*"


def preflight(request: web.Request, methods: Iterable[str]) -> web.Response:
    """Return what a browser wants to hear first: these methods may be used, and any header it asks about be sent."""
    allowed = ", ".join(methods)
    headers = {"Allow": allowed, "Access-Control-Allow-Methods": allowed, "Access-Control-Max-Age": _REMEMBERED}
    asked = request.headers.get("Access-Control-Request-Headers")
    if asked:
        headers |= {"Access-Control-Allow-Headers": asked, "Vary": "Access-Control-Request-Headers"}
    return web.Response(status=204, headers=headers)
