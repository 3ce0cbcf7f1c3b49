"""Who may look at this server's journal and change its settings over HTTP. Knows addresses and a key, no tokens."""

from __future__ import annotations

from hmac import compare_digest
from ipaddress import ip_address
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE, HEADER = "MOCK_ADMIN_KEY", "Mock-Admin-Key"
# Whether nobody but this machine reaches the server; whoever listens says so.
LOOPBACK_ONLY = web.AppKey("loopback_only", bool)


def refusal(request: web.Request, key: str | None) -> str | None:
    """Return why a request is not admitted, or None where it is.

    Where a key is set, it is what counts. Otherwise the server must listen to this machine alone, under a name that
    belongs to it: a page elsewhere whose own name leads here is of another origin too (DNS rebinding).
    """
    headers = request.headers
    if key is not None:
        if compare_digest(headers.get(HEADER, "").encode(errors="surrogateescape"), key.encode()):
            return None
        return f"Send the key of this server in the header {HEADER}"
    if not request.app.get(LOOPBACK_ONLY, False):
        return (
            "This server is reached from other machines, and has no key for who may look at its journal and change "
            f"its settings: set {VARIABLE} in its environment and start it again"
        )
    if not is_at_home(request):
        return f"Ask under localhost or 127.0.0.1, not under {request.host}"
    if _elsewhere(headers, request.host):
        return "A page on another origin does not look at this server's journal or change its settings"
    return None


def is_at_home(request: web.Request) -> bool:
    """Tell whether nobody but this machine reaches the server, and it is asked for under a name of this machine."""
    return request.app.get(LOOPBACK_ONLY, False) and is_loopback(request.url.host or "")


def is_loopback(host: str) -> bool:
    """Tell whether a host, by its name or address, is this machine for itself alone."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _elsewhere(headers: Mapping[str, str], host: str) -> bool:
    # https://www.w3.org/TR/fetch-metadata/: browsers say so even where they send no Origin.
    if headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        return True
    origin = headers.get("Origin")
    return origin is not None and origin != f"http://{host}"
