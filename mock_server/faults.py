"""Trouble on the way to a server, on request: latency, errors of gateways, resets, a limit of the rate.

Knows HTTP and no GraphQL: what a request asks is none of its business.
"""

from __future__ import annotations

import asyncio
import math
import re
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from aiohttp import web
from pyrate_limiter import Limiter, Rate

from mock_server.refusals import Misconfigured

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler, Middleware

_SECONDS = {"ms": 0.001, "s": 1.0}
_GATEWAYS = ((502, "Bad Gateway"), (503, "Service Unavailable"), (504, "Gateway Timeout"))
# Who knows the seed can have the same trouble again.
_SEED = 20


@dataclass(frozen=True, slots=True)
class Faults:
    """Which trouble there is. `latency` is from and to in seconds; `rate_limit` is requests in so many seconds."""

    latency: tuple[float, float] = (0.0, 0.0)
    error_rate: float = 0.0
    rate_limit: tuple[int, float] | None = None

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
        requests, seconds = self.rate_limit or (1, 1.0)
        limiter = Limiter(Rate(requests, round(1000 * seconds)))

        @web.middleware
        async def limit(request: web.Request, handler: Handler) -> web.StreamResponse:
            if limiter.try_acquire("requests", blocking=False):
                return await handler(request)
            headers = {"Retry-After": str(math.ceil(seconds))}
            return web.json_response({"errors": [{"message": "Too Many Requests"}]}, status=429, headers=headers)

        return limit

    def _failing(self) -> Middleware:
        random = Random(_SEED)  # noqa: S311 - the same every time is the point

        @web.middleware
        async def fail(request: web.Request, handler: Handler) -> web.StreamResponse:
            if random.random() >= self.error_rate:
                return await handler(request)
            if random.random() < 0.5 and request.transport is not None:
                request.transport.abort()
            status, reason = random.choice(_GATEWAYS)
            page = f"<html><head><title>{status} {reason}</title></head><body>{reason}</body></html>"
            return web.Response(status=status, text=page, content_type="text/html")

        return fail

    def _delaying(self) -> Middleware:
        random = Random(_SEED)  # noqa: S311 - as above

        @web.middleware
        async def delay(request: web.Request, handler: Handler) -> web.StreamResponse:
            await asyncio.sleep(random.uniform(*self.latency))
            return await handler(request)

        return delay


def latency(text: str) -> tuple[float, float]:
    """Read `120ms` or `50..400ms`; raise Misconfigured for anything else."""
    match = re.fullmatch(r"(?:(\d+(?:\.\d+)?)\.\.)?(\d+(?:\.\d+)?)(ms|s)", text)
    if not match:
        raise Misconfigured(f"--latency is a time like 120ms, or two like 50..400ms, not {text!r}")
    longest = float(match[2]) * _SECONDS[match[3]]
    shortest = float(match[1]) * _SECONDS[match[3]] if match[1] else longest
    if shortest > longest:
        raise Misconfigured(f"--latency {text} begins above its end")
    return shortest, longest


def error_rate(text: str) -> float:
    """Read a share between 0 and 1; raise Misconfigured for anything else."""
    if not re.fullmatch(r"0(\.\d+)?|1(\.0+)?|\.\d+", text):
        raise Misconfigured(f"--error-rate is a share of the requests like 0.02, not {text!r}")
    return float(text)


def rate_limit(text: str) -> tuple[int, float]:
    """Read `30/s` or `60/10s`; raise Misconfigured for anything else."""
    match = re.fullmatch(r"(\d+)/(\d*)(ms|s)", text)
    if not match or not int(match[1]) or match[2] == "0":
        raise Misconfigured(f"--rate-limit is requests in a time, like 30/s or 60/10s, not {text!r}")
    return int(match[1]), int(match[2] or 1) * _SECONDS[match[3]]
