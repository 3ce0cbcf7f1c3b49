"""What stands before the endpoint: the trouble that is set for every request, and that which a request asks for."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING

from aiohttp import web
from multidict import istr

from mock_server.faults import statuses
from mock_server.faults.known import FAULTS, known
from mock_server.faults.latencies import latency
from mock_server.faults.settings import Faults, status
from mock_server.refusals import Misconfigured
from mock_server.sending import error, sent

if TYPE_CHECKING:
    from collections.abc import Collection

    from aiohttp.typedefs import Handler

    from mock_server.faults.fault import Fault
    from mock_server.faults.latencies import Latency
    from mock_server.faults.limiting import Limit

LATENCY, STATUS, ERROR = istr("Mock-Latency"), istr("Mock-Status"), istr("Mock-Error")
ASKING = (LATENCY, STATUS, ERROR)
# Spares a request the errors that are set for all.
NONE = "none"

# What networks do to the requests they fail: most are reset or meet a gateway, and one in ten hangs.
_USUAL = (*["reset"] * 12, *["hang"] * 3, *["bad-gateway", "unavailable", "gateway-timeout"] * 5)


class Trouble:
    """The trouble of one server; `faults` are for every request that does not ask for its own."""

    def __init__(self, faults: Faults, everywhere: Collection[str], on_request: Collection[str]) -> None:
        """Bring trouble to the paths `everywhere`, and to those of `on_request` where a header asks for it."""
        self._everywhere = frozenset(everywhere)
        self._on_request = frozenset(on_request)
        self.switch(faults)

    def switch(self, faults: Faults) -> None:
        """Let there be this trouble from now on; its seed begins again."""
        self.faults = faults
        # Each has a sequence of its own, so that the same requests fail whatever the latency.
        self._lots, self._times = Random(faults.seed), Random(faults.seed)  # noqa: S311 - the same again is the point
        self._errors = faults.errors or (() if faults.status else _USUAL)
        self._limit = _limit(*faults.rate_limit) if faults.rate_limit else None
        self.is_any = bool(faults.latency or faults.share or faults.rate_limit)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer a request, or let it through. A browser's preflight meets no trouble: a page would not see it."""
        headers = request.headers
        asks = LATENCY in headers or STATUS in headers or ERROR in headers
        if not (asks or self.is_any) or request.method == "OPTIONS":
            return await handler(request)
        everywhere = request.path in self._everywhere
        if not everywhere and not (asks and request.path in self._on_request):
            return await handler(request)
        try:
            own = _asked(headers.get(LATENCY), headers.get(STATUS), headers.get(ERROR))
        except Misconfigured as trouble:
            return sent(error(str(trouble)), 400)
        refusal = self._limit.refusal() if self._limit and everywhere else None
        return refusal or await self._through(request, handler, own, everywhere)

    async def _through(
        self, request: web.Request, handler: Handler, own: _Asked, everywhere: bool
    ) -> web.StreamResponse:
        status, fault = (self._drawn() if everywhere else (None, None)) if own.silent else (own.status, own.fault)
        latency = own.latency or (self.faults.latency if everywhere else None)
        if latency:
            await asyncio.sleep(latency.drawn(self._times))
        if status:
            handler = _answering(status)
        return await fault.act(request, handler, self.faults.hang) if fault else await handler(request)

    def _drawn(self) -> tuple[int | None, Fault | None]:
        if self._lots.random() >= self.faults.share:
            return None, None
        return self.faults.status, FAULTS[self._lots.choice(self._errors)] if self._errors else None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a request asks for itself; `silent` where it leaves it to what is set for all whether it fails."""

    latency: Latency | None
    status: int | None
    fault: Fault | None
    silent: bool


@lru_cache(64)
def _asked(later: str | None, answer: str | None, name: str | None) -> _Asked:
    return _Asked(
        latency=None if later is None else latency(later, LATENCY),
        status=None if answer is None else status(answer, STATUS),
        fault=None if name in (None, NONE) else known(name),
        silent=answer is None and name is None,
    )


def _limit(requests: int, per: float) -> Limit:
    # A server without a limit starts sooner without what counts.
    from mock_server.faults.limiting import Limit

    return Limit(requests, per)


def _answering(status: int) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:  # noqa: ARG001 - every handler has it
        return statuses.answered(status)

    return answer
