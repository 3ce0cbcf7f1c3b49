"""Answers that are a status and little else: those of the API's door, of its limit, and of gateways before it."""

from __future__ import annotations

import time
from email.utils import formatdate
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import uuid4

from aiohttp import web

from mock_server.faults.fault import Fault
from mock_server.sending import sent

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

    from mock_server.faults.fault import Act

# In seconds; a client that obeys it is not held up for long.
_RETRY_AFTER = 1


def answered(status: int) -> web.Response:
    """Return an answer of this status: JSON where the API gives it, and a page of HTML where a gateway does."""
    match status:
        case 401:
            # https://developers.pipefy.com/reference/unauthorized-error
            told = {"title": "Unauthorized", "detail": "You are not authorized to access this page"}
            return sent({"errors": [told]}, 401, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})
        case 403:
            extensions = {"code": "FORBIDDEN", "correlation_id": uuid4().hex}
            return sent({"errors": [{"message": "Forbidden", "extensions": extensions}]}, 403)
        case 429:
            return throttled(str(_RETRY_AFTER))
    return page(status, _phrase(status))


def throttled(retry_after: str | None) -> web.Response:
    """Return the answer to who asks too often, with the header in whole seconds or as a date, or without it.

    https://httpwg.org/specs/rfc9110.html#field.retry-after
    """
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return sent({"errors": [{"message": "Too Many Requests"}]}, 429, headers=headers)


def page(status: int, reason: str) -> web.Response:
    """Return what a gateway shows in place of an answer."""
    text = f"<html><head><title>{status} {reason}</title></head><body>{reason}</body></html>"
    return web.Response(status=status, text=text, content_type="text/html")


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in set(HTTPStatus) else "Unknown"


def _with(status: int) -> Act:
    async def act(request: web.Request, handler: Handler, seconds: float) -> web.Response:  # noqa: ARG001 - every fault is given the same
        return answered(status)

    return act


async def _until_a_date(request: web.Request, handler: Handler, seconds: float) -> web.Response:  # noqa: ARG001 - every fault is given the same
    # A date has whole seconds: one more, so that it is not over at once.
    return throttled(formatdate(time.time() + _RETRY_AFTER + 1, usegmt=True))


async def _without_a_word(request: web.Request, handler: Handler, seconds: float) -> web.Response:  # noqa: ARG001 - every fault is given the same
    return throttled(None)


FAULTS = (
    Fault("unauthorized", "401, as for a token that has expired.", _with(401)),
    Fault("forbidden", "403 with a code and a correlation id.", _with(403)),
    Fault("rate-limited", "429 with Retry-After in seconds.", _with(429)),
    Fault("rate-limited-until", "429 with Retry-After as a date.", _until_a_date),
    Fault("rate-limited-silently", "429 without Retry-After.", _without_a_word),
    Fault("server-error", "500 with a page of HTML.", _with(500)),
    Fault("bad-gateway", "502 with a page of HTML.", _with(502)),
    Fault("unavailable", "503 with a page of HTML.", _with(503)),
    Fault("gateway-timeout", "504 with a page of HTML.", _with(504)),
)
