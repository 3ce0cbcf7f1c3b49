"""One request out, one reply back: budget, pace, retries and redaction. Judges nothing.

What stops a request from being answered is no verdict on the contract:

    CannotAsk
      BudgetSpent     the run's requests or time are used up
      Unanswered      resets, time-outs, gateways or throttling outlasted every retry
      NotAdmitted     the target refuses the token
      NotGraphQL      what answers is no GraphQL endpoint
"""

import json
import re
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier, BrokenBarrierError, Semaphore
from typing import Any

from pyrate_limiter import Limiter, Rate
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as TookTooLong
from urllib3.response import BaseHTTPResponse

from contract_tests.access import Access, Caller
from contract_tests.budget import Budget, BudgetedRetry, CannotAsk, Patience
from contract_tests.connecting import CONNECTIONS, pool, said
from contract_tests.messages import InFlight, Reply, Request, Timing

GATEWAY_TROUBLE = (429, 502, 503, 504)
# A refusal of the token, or a failure of the server, says enough without a body.
SPOKEN_WITHOUT_JSON = (401, 403, 500)
TOKEN_REFUSED = re.compile(r"unauthori[sz]ed|invalid.?token", re.IGNORECASE)
LIMIT_HEADERS = re.compile(r"rate-?limit", re.IGNORECASE)
GARBLED_RETRIES = 3
PART = 65_536
# So many seconds may pass until each of some threads has started.
STARTED = 5.0
# Of the last so many answers, once there are a few, is learnt how long to wait before a request is sent again: in
# seconds, or in times of what most of them took.
RECENT, LEARNT = 100, 20
LEAST_PATIENCE, MUCH_LONGER = 2.0, 20
# So many milliseconds beyond its time a request is held back, lest two arrive closer than they were sent.
HELD_BACK = 5


class Unanswered(CannotAsk):
    """No retry brought an answer."""


class _Cut(Exception):
    """An answer began and did not come whole."""


class NotAdmitted(CannotAsk):
    """The target knows no such token."""


class NotGraphQL(CannotAsk):
    """Something else than a GraphQL response came, again and again: this reply."""

    def __init__(self, text: str, reply: Reply) -> None:
        super().__init__(text)
        self.reply = reply


class Client:
    """Sends GraphQL requests to one server over kept connections; several threads may send at a time."""

    def __init__(self, access: Access, budget: Budget, *, rate: Rate | None = None, timeout: float = 33.0) -> None:
        self.url, self.budget = access.url, budget
        self.timings: list[Timing] = []
        self._access = access
        self._timeout = timeout
        self._limiter = Limiter(rate, buffer_ms=HELD_BACK) if rate else None
        self._at_once = max(1, rate.limit * 1000 // rate.interval) if rate else CONNECTIONS
        # Requests that may pass the limiter, since they have waited before.
        self._passes = Semaphore(0)
        self._retry = BudgetedRetry(
            # Throttling may last ten seconds and more; a server that is gone, or hangs, is not waited for so long.
            total=7,
            connect=4,
            read=3,
            backoff_factor=0.2,
            backoff_max=10,
            backoff_jitter=0.1,
            status_forcelist=GATEWAY_TROUBLE,
            allowed_methods=None,  # every request is a query, so asking again changes nothing
            raise_on_status=False,
            redirect=False,
        )
        self._retry.budget, self._retry.limiter = budget, self._limiter
        self._pool = pool(access.url)

    def send(self, request: Request) -> Reply:
        """Return the reply, asking again through resets, gateways' errors, throttling and garbled bodies.

        Raises:
            CannotAsk: where no reply is to be had.

        """
        reply: Reply | None = None
        cut: Unanswered | None = None
        patience = Patience(self._timeout, self.budget, self._usual_patience())
        for _ in range(GARBLED_RETRIES):
            try:
                reply = self._admitted(request, patience)
            except _Cut as trouble:
                cut = Unanswered(str(trouble))
                continue
            if isinstance(reply.body, dict) or reply.status in SPOKEN_WITHOUT_JSON:
                return reply
            if reply.status in GATEWAY_TROUBLE:
                raise Unanswered(f"the target answered HTTP {reply.status} to every retry")
        if reply is None:
            raise cut or Unanswered("the target did not answer")
        raise NotGraphQL(
            f"the target answers HTTP {reply.status} and no JSON object: is this the URL of a GraphQL endpoint?",
            reply,
        )

    def together(self, requests: Sequence[Request]) -> InFlight:
        """Send requests so that as many are in flight at once as may be sent in a second; reply in their order.

        They wait for one another before, and for as long after: no second sees more of them than the rate allows.

        Raises:
            CannotAsk: where no reply is to be had for one of them.

        """
        known, replies = len(self.timings), list[Reply]()
        for place in range(0, len(requests), self._at_once):
            crowd = requests[place : place + self._at_once]
            for _ in crowd:
                self.budget.wait_for(self._limiter)
            for _ in crowd:
                self._passes.release()
            # No answer is to be there before the last request has left.
            ready = Barrier(len(crowd), timeout=STARTED)
            with ThreadPoolExecutor(len(crowd)) as threads:
                replies += threads.map(partial(self._sent_with, ready), crowd)
            for _ in crowd[1:]:
                self.budget.wait_for(self._limiter)
        waited = self.timings[known:]
        return InFlight(replies, max((sum(one.includes(each.began) for one in waited) for each in waited), default=0))

    def _sent_with(self, ready: Barrier, request: Request) -> Reply:
        with suppress(BrokenBarrierError):
            ready.wait()
        return self.send(request)

    def close(self) -> None:
        # clear() alone would leave open connections to the collector, for as long as some error still knows of them.
        hosts = self._pool.pools.keys()
        for host in hosts:
            self._pool.pools[host].close()
        self._pool.clear()

    def _usual_patience(self) -> float | None:
        """Return how many seconds are much longer than nine in ten answers took of late, once some have come."""
        lately = sorted(timing.seconds for timing in self.timings[-RECENT:])
        return max(LEAST_PATIENCE, MUCH_LONGER * lately[len(lately) * 9 // 10]) if len(lately) >= LEARNT else None

    def _admitted(self, request: Request, patience: Patience) -> Reply:
        """Exchange a request for a reply, once more with another token where an account's was refused."""
        account = self._access.account if request.caller == Caller.OWN else None
        used = account.token if account else ""
        reply = self._exchange(request, patience)
        if account is None or not _refuses_token(reply):
            return reply
        account.renew(used)
        return self._exchange(request, patience)

    def _exchange(self, request: Request, patience: Patience) -> Reply:
        if not self._passes.acquire(blocking=False):
            self.budget.wait_for(self._limiter)
        self.budget.spend()
        authorization = self._access.header(request.caller)
        headers = {
            "Accept": "application/graphql-response+json, application/json",
            "Accept-Encoding": "gzip, deflate",
        }
        if authorization is not None:
            headers["Authorization"] = authorization
        payload = {"query": request.document, "variables": request.variables}
        began = time.monotonic()
        try:
            response = self._pool.request(
                "POST",
                self.url,
                json=payload,
                headers=headers,
                timeout=patience,
                retries=self._retry,
                preload_content=False,
            )
        except HTTPError as error:
            reason = error.reason if isinstance(error, MaxRetryError) and error.reason else error
            if isinstance(reason, TookTooLong) and not isinstance(reason, NewConnectionError):
                raise Unanswered(f"the target did not answer within {self._timeout:g} s") from error
            if isinstance(reason, SSLError) and "CERTIFICATE" not in str(reason):
                raise Unanswered(f"no https is spoken at {self.url}: {said(reason)}; is it http there?") from error
            if isinstance(reason, SSLError):
                raise Unanswered(
                    f"the certificate of {self.url} is not trusted: {said(reason)}; "
                    "SSL_CERT_FILE may name a file with an authority of your own"
                ) from error
            raise Unanswered(f"the target is not reachable at {self.url}: {said(reason)}") from error
        limits = tuple(name.lower() for name in response.headers if LIMIT_HEADERS.search(name))
        body = self._body(response, time.monotonic() + patience.longest)
        seconds = time.monotonic() - began
        self.timings.append(Timing(began - self.budget.started, seconds))
        return Reply(response.status, _parsed(body), seconds, limits)

    def _body(self, response: BaseHTTPResponse, deadline: float) -> bytes:
        """Read a body, however slowly it drips, until the deadline; raise _Cut where it does not come whole."""
        parts: list[bytes] = []
        late = False
        try:
            while not late and (part := response.read1(PART)):
                parts.append(part)
                late = time.monotonic() > deadline
        except HTTPError as error:
            raise _Cut(f"the target's answer broke off: {said(error)}") from error
        if late:
            response.close()
            raise _Cut(f"the target did not answer whole within {self._timeout:g} s")
        response.release_conn()
        return b"".join(parts)


def _refuses_token(reply: Reply) -> bool:
    """Whether a reply says that the token is not taken, in any of the forms that the API is known for."""
    return reply.status == 401 or (reply.data is None and bool(TOKEN_REFUSED.search(json.dumps(reply.body))))


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None
