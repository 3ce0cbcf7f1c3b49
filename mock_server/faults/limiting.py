"""A real limit of the rate: what comes beyond it is told how long to wait."""

from __future__ import annotations

import math
import time

from aiohttp import web
from pyrate_limiter import InMemoryBucket, Rate, RateItem

from mock_server.faults.statuses import throttled


class Limit:
    """Lets so many requests through in so many seconds."""

    def __init__(self, requests: int, per: float) -> None:
        self._per = per
        self._bucket = InMemoryBucket([Rate(requests, round(1000 * per))])

    def refusal(self) -> web.Response | None:
        """Count a request that comes now; return the answer to it where it is one too many."""
        item = RateItem("request", round(1000 * time.monotonic()))
        self._bucket.leak(item.timestamp)
        if self._bucket.put(item):
            return None
        wait = self._bucket.waiting(item)
        return throttled(str(math.ceil(wait / 1000) if isinstance(wait, int) else math.ceil(self._per)))
