"""Trouble on the way to a server, on request: latency, errors of gateways, resets, hangs, a limit of the rate.

Knows HTTP and no GraphQL: what a request asks is none of its business.
"""

from __future__ import annotations

import asyncio
import math
import re
import time
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from aiohttp import web

from mock_server.durations import NUMBER, UNIT, seconds
from mock_server.refusals import Misconfigured

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler, Middleware

_GATEWAYS = ((502, "Bad Gateway"), (503, "Service Unavailable"), (504, "Gateway Timeout"))
# Of ten requests that fail, so many are reset, and so many hang; gateways answer the others.
_RESETS, _HANGS = 4, 1
# Who knows the seed can have the same trouble again.
_SEED = 20


@dataclass(frozen=True, slots=True)
class Faults:
    """Which trouble there is.

    `latency` is from and to in seconds, `rate_limit` is requests in so many seconds, and `hang` is how many seconds a
    request that hangs is held before it is reset.
    """

    latency: tuple[float, float] = (0.0, 0.0)
    error_rate: float = 0.0
    rate_limit: tuple[int, float] | None = None
    hang: float = 10.0

    @property
    def middlewares(self) -> list[Middleware]:
        """What stands before a server, the limit of the rate first."""
        wanted = (
            (self.rate_limit, self._limiting),
            (self.error_rate, self._failing),
            (self.latency[1], self._delaying),
        )
        return [make() for value, make in wanted if value]

    def _limiting(self) -> Middleware:
        # A server without a limit starts sooner without it.
        from pyrate_limiter import InMemoryBucket, Rate, RateItem

        requests, per = self.rate_limit or (1, 1.0)
        bucket = InMemoryBucket([Rate(requests, round(1000 * per))])

        @web.middleware
        async def limit(request: web.Request, handler: Handler) -> web.StreamResponse:
            item = RateItem("request", round(1000 * time.monotonic()))
            bucket.leak(item.timestamp)
            if bucket.put(item):
                return await handler(request)
            wait = bucket.waiting(item)
            # https://httpwg.org/specs/rfc9110.html#field.retry-after: whole seconds
            headers = {"Retry-After": str(math.ceil(wait / 1000) if isinstance(wait, int) else math.ceil(per))}
            return web.json_response({"errors": [{"message": "Too Many Requests"}]}, status=429, headers=headers)

        return limit

    def _failing(self) -> Middleware:
        random = Random(_SEED)  # noqa: S311 - the same every time is the point

        @web.middleware
        async def fail(request: web.Request, handler: Handler) -> web.StreamResponse:
            if random.random() >= self.error_rate:
                return await handler(request)
            kind = random.randrange(10)
            if kind >= _RESETS + _HANGS:
                return _page(*random.choice(_GATEWAYS))
            if kind >= _RESETS:
                await asyncio.sleep(self.hang)
            return _reset(request)

        return fail

    def _delaying(self) -> Middleware:
        random = Random(_SEED)  # noqa: S311 - as above

        @web.middleware
        async def delay(request: web.Request, handler: Handler) -> web.StreamResponse:
            await asyncio.sleep(random.uniform(*self.latency))
            return await handler(request)

        return delay


def _page(status: int, reason: str) -> web.Response:
    text = f"<html><head><title>{status} {reason}</title></head><body>{reason}</body></html>"
    return web.Response(status=status, text=text, content_type="text/html")


def _reset(request: web.Request) -> web.Response:
    """Cut the connection, unless who asked has done so; what is returned goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def latency(text: str) -> tuple[float, float]:
    """Read `120ms` or `50..400ms`; raise Misconfigured for anything else."""
    match = re.fullmatch(rf"(?:({NUMBER})\.\.)?({NUMBER})({UNIT})", text, re.ASCII)
    if not match:
        raise Misconfigured(f"--latency is a time like 120ms, or two like 50..400ms, not {text!r}")
    shortest, longest = seconds(match[1] or match[2], match[3]), seconds(match[2], match[3])
    if shortest > longest:
        raise Misconfigured(f"--latency {text} begins above its end")
    return shortest, longest


def error_rate(text: str) -> float:
    """Read a share between 0 and 1; raise Misconfigured for anything else."""
    if not re.fullmatch(r"0(\.\d+)?|1(\.0+)?|\.\d+", text, re.ASCII):
        raise Misconfigured(f"--error-rate is a share of the requests like 0.02, not {text!r}")
    return float(text)


def rate_limit(text: str) -> tuple[int, float]:
    """Read `30/s` or `60/10s`; raise Misconfigured for anything else."""
    match = re.fullmatch(rf"(\d{{1,6}})/(\d{{0,6}})({UNIT})", text, re.ASCII)
    if not match or not int(match[1]) or not int(match[2] or 1):
        raise Misconfigured(f"--rate-limit is requests in a time, like 30/s or 60/10s, not {text!r}")
    return int(match[1]), seconds(match[2] or "1", match[3])
