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
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from pyrate_limiter import Limiter, Rate
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError
from urllib3.exceptions import TimeoutError as TookTooLong

from contract_tests.access import Access, Caller
from contract_tests.budget import Budget, BudgetedRetry, BudgetSpent, CannotAsk

LOOPBACK = ("127.0.0.1", "::1", "localhost")
GATEWAY_TROUBLE = (429, 502, 503, 504)
# A refusal of the token, or a failure of the server, says enough without a body.
SPOKEN_WITHOUT_JSON = (401, 403, 500)
GARBLED_RETRIES = 3
# As many as are ever sent together.
CONNECTIONS = 8


class Unanswered(CannotAsk):
    """No retry brought an answer."""


class NotAdmitted(CannotAsk):
    """The target knows no such token."""


class NotGraphQL(CannotAsk):
    """Something else than a GraphQL response came, again and again."""


@dataclass(frozen=True, slots=True)
class Request:
    """A GraphQL request, and who sends it."""

    document: str
    variables: dict[str, Any]
    caller: Caller = Caller.OWN

    @property
    def key(self) -> str:
        """Equal for equal requests; holds no secret."""
        return json.dumps([self.document, self.variables, self.caller], sort_keys=True)

    @classmethod
    def of_key(cls, key: str) -> Self:
        """Return the request that a key stands for."""
        document, variables, caller = json.loads(key)
        return cls(document, variables, Caller(caller))


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: `body` is the parsed JSON. Compares by what was said, not by how long it took."""

    status: int
    body: Any
    seconds: float = field(default=0.0, compare=False)

    @property
    def data(self) -> Any:
        return self.body.get("data") if isinstance(self.body, dict) else None

    def data_of(self, field: str) -> Any:
        """The value of a field of the query, or None."""
        return self.data.get(field) if isinstance(self.data, dict) else None

    @property
    def errors(self) -> tuple[Any, ...]:
        """The response's errors, also of the forms that are not GraphQL's (`error`, or text on a refusal)."""
        if not isinstance(self.body, dict):
            return (self.body,) if self.status >= 400 else ()
        errors = self.body.get("errors", self.body.get("error"))
        if errors is None:
            return (self.body,) if self.status >= 400 else ()
        return tuple(errors) if isinstance(errors, list) else (errors,)

    @property
    def failed(self) -> bool:
        """Whether the server itself failed, other than by a GraphQL answer."""
        return self.status >= 500 and not isinstance(self.body, dict)


@dataclass(frozen=True, slots=True)
class Timing:
    """How long an answer took, retries included, and when it was asked for: both in seconds, from the run's start."""

    began: float
    seconds: float


class Client:
    """Sends GraphQL requests to one server over kept connections; several threads may send at a time."""

    def __init__(self, access: Access, budget: Budget, *, rate: Rate | None = None, timeout: float = 33.0) -> None:
        self.url, self.budget = access.url, budget
        self.timings: list[Timing] = []
        self._access = access
        self._timeout = timeout
        self._limiter = Limiter(rate) if rate else None
        self._retry = BudgetedRetry(
            total=5,
            backoff_factor=0.2,
            backoff_max=10,
            backoff_jitter=0.1,
            status_forcelist=GATEWAY_TROUBLE,
            allowed_methods=None,  # every request is a query, so asking again changes nothing
            raise_on_status=False,
            redirect=False,
        )
        self._retry.budget = budget
        self._pool = _pool(access.url)

    def send(self, request: Request) -> Reply:
        """Return the reply, asking again through resets, gateways' errors, throttling and garbled bodies.

        Raises:
            CannotAsk: where no reply is to be had.

        """
        for _ in range(GARBLED_RETRIES):
            reply = self._exchange(request)
            if isinstance(reply.body, dict) or reply.status in SPOKEN_WITHOUT_JSON:
                return reply
            if reply.status in GATEWAY_TROUBLE:
                raise Unanswered(f"the target answered HTTP {reply.status} to every retry")
        raise NotGraphQL(
            f"the target answers HTTP {reply.status} and no JSON object: is this the URL of a GraphQL endpoint?"
        )

    def close(self) -> None:
        self._pool.clear()

    def _exchange(self, request: Request) -> Reply:
        if self._limiter and not self._limiter.try_acquire("target", timeout=max(0.0, self.budget.seconds_left)):
            raise BudgetSpent(f"the time of {self.budget.max_seconds:g} s is spent")
        self.budget.spend()
        authorization = self._access.header(request.caller)
        headers = {
            "Accept": "application/graphql-response+json, application/json",
            "Accept-Encoding": "gzip, deflate",
        }
        if authorization is not None:
            headers["Authorization"] = authorization
        payload = {"query": request.document, "variables": request.variables}
        timeout = max(0.01, min(self._timeout, self.budget.seconds_left))
        began = time.monotonic()
        try:
            response = self._pool.request(
                "POST", self.url, json=payload, headers=headers, timeout=timeout, retries=self._retry
            )
        except HTTPError as error:
            reason = error.reason if isinstance(error, MaxRetryError) and error.reason else error
            if isinstance(reason, TookTooLong) and not isinstance(reason, NewConnectionError):
                raise Unanswered(f"the target did not answer within {self._timeout:g} s") from error
            raise Unanswered(f"the target is not reachable at {self.url}: {_said(reason)}") from error
        seconds = time.monotonic() - began
        self.timings.append(Timing(began - self.budget.started, seconds))
        return Reply(response.status, _parsed(response.data), seconds)


def _pool(url: str) -> urllib3.PoolManager:
    """Return the connections to use: through the usual proxies, but for what is on this machine."""
    parts = urlsplit(url)
    proxy = getproxies().get(parts.scheme)
    if proxy is None or parts.hostname in LOOPBACK or proxy_bypass(parts.hostname or ""):
        return urllib3.PoolManager(maxsize=CONNECTIONS)
    return urllib3.ProxyManager(proxy, maxsize=CONNECTIONS)


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _said(error: Exception) -> str:
    """An error's own words, without the connection that urllib3 puts before them."""
    return re.sub(r"^\w+\(.*?\): ", "", str(error)) or type(error).__name__
