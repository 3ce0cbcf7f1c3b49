"""What a run may spend, and patience within it: requests and seconds, retries included."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Self

from pyrate_limiter import Limiter
from urllib3.exceptions import SSLError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Retry, Timeout

# A second attempt is waited for so many times as long as the first.
FURTHER = 4


class CannotAsk(Exception):
    """The target gave no answer to judge; the text says why."""


class BudgetSpent(CannotAsk):
    """The run's requests or its time are used up, or what one test may take of them."""


@dataclass(slots=True)
class Budget:
    """What a run may spend: requests, and seconds from its making. Retries count as requests.

    No more than is `allowed` may have been spent at a time. Once it is `stopped`, by whoever sits before it, nothing
    is spent any more: an interruption that some library between took for itself reaches the run with the next request.
    """

    max_requests: int
    max_seconds: float
    spent: int = 0
    allowed: int | None = None
    stopped: bool = False
    started: float = field(default_factory=time.monotonic)
    _counting: Lock = field(default_factory=Lock, repr=False)

    @property
    def seconds_left(self) -> float:
        return self.max_seconds - (time.monotonic() - self.started)

    @property
    def requests_left(self) -> int:
        return self.max_requests - self.spent

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left for any test."""
        return self.requests_left <= 0 or self.seconds_left <= 0

    def allow(self, requests: int | None) -> None:
        """Let no more than so many requests be spent from now on, until the next such word; None is all there are."""
        self.allowed = None if requests is None else self.spent + requests

    @contextmanager
    def allowing(self, requests: int) -> Iterator[None]:
        """Let at least so many more requests be spent meanwhile, and afterwards as many as before."""
        allowed = self.allowed
        self.allowed = None if allowed is None else max(allowed, self.spent + requests)
        try:
            yield
        finally:
            self.allowed = allowed

    def wait_for(self, limiter: Limiter | None) -> None:
        """Wait until a limiter lets one more request pass.

        Raises:
            BudgetSpent: where that is not before the time is over.

        """
        if limiter is not None and not limiter.try_acquire("target", timeout=max(0.0, self.seconds_left)):
            raise BudgetSpent(f"the time of {self.max_seconds:g} s is spent")

    def spend(self) -> None:
        """Count one request.

        Raises:
            BudgetSpent: where none is left.
            KeyboardInterrupt: where the run was interrupted.

        """
        if self.stopped:
            raise KeyboardInterrupt
        with self._counting:
            if self.requests_left <= 0:
                raise BudgetSpent(f"the budget of {self.max_requests} requests is spent")
            if self.allowed is not None and self.spent >= self.allowed:
                raise BudgetSpent(
                    f"the budget of {self.max_requests} requests is spent, but for what other clauses are to have"
                )
            if self.seconds_left <= 0:
                raise BudgetSpent(f"the time of {self.max_seconds:g} s is spent")
            self.spent += 1


class Patience(Timeout):
    """urllib3's time-out for the attempts at one request, each of them no longer than the time that is left.

    What hangs seldom does so twice: the first attempts last `at_first` seconds and a few times that, the others all of
    `seconds`.
    """

    def __init__(self, seconds: float, budget: Budget, at_first: float | None = None) -> None:
        super().__init__(seconds)
        self._seconds, self._budget = seconds, budget
        first = seconds if at_first is None else at_first
        self._lengths = iter((first, FURTHER * first))

    @property
    def longest(self) -> float:
        """How many seconds an attempt that begins now may take."""
        return max(0.01, min(self._seconds, self._budget.seconds_left))

    def clone(self) -> Timeout:
        """Return the time-out of the next attempt; urllib3 asks for it once for each."""
        seconds = min(self.longest, next(self._lengths, self._seconds))
        return Timeout(connect=seconds, read=seconds)


class BudgetedRetry(Retry):
    """urllib3's retry, with each attempt counted and paced, and no wait longer than the time that is left."""

    budget: Budget
    limiter: Limiter | None

    def new(self, **changes: Any) -> Self:
        other = super().new(**changes)
        other.budget, other.limiter = self.budget, self.limiter
        return other

    def increment(self, *args: Any, **kwargs: Any) -> Self:
        if isinstance(kwargs.get("error"), SSLError):
            raise kwargs["error"]  # a certificate that is not trusted now is not trusted the next time
        return super().increment(*args, **kwargs)

    def sleep(self, response: BaseHTTPResponse | None = None) -> None:
        # Spent here and not when incremented: only by now has urllib3 let go of the connection.
        self.budget.spend()
        asked = self.get_retry_after(response) if response is not None else None
        wait = self.get_backoff_time() if asked is None else asked
        if wait > self.budget.seconds_left:
            raise BudgetSpent(f"the target asks to wait {wait:.0f} s, longer than the time that is left")
        time.sleep(wait)
        self.budget.wait_for(self.limiter)
