"""Replies remembered: the same request is sent once, until it is forgotten. Also keeps what a check was told.

A check that is run again, smaller or for another clause, so meets a world that stands still and spends nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from contract_tests.budget import BudgetSpent, CannotAsk
from contract_tests.client import Client, NotGraphQL
from contract_tests.messages import SIMPLEST, InFlight, Reply, Request


class Missing(BaseException):
    """Ends a rehearsal: the next request is not remembered, or has to be sent anew (None). No check catches it."""

    def __init__(self, request: Request | None = None) -> None:
        super().__init__("only a rehearsal")
        self.request = request


@dataclass(frozen=True, slots=True)
class Beside:
    """The operation in which a request was asked beside others, and the alias of its own details there."""

    operation: Request
    alias: str


class Memory:
    """Replies by request, in front of a client."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._replies: dict[str, Reply] = {}
        self._unanswered: dict[str, CannotAsk] = {}
        self._told: dict[str, Reply] = {}
        self._gathered: dict[str, Beside] = {}
        self._last = ""
        self._rehearsing = False

    def reply(self, request: Request) -> Reply:
        """Return the remembered reply, or send the request.

        Raises:
            CannotAsk: as the client does, and again for a request that stayed unanswered before.

        """
        key = request.key
        if key not in self._unanswered and key not in self._replies:
            self._check_rehearsal(request)
            try:
                self._replies[key] = self._sent(request)
                self._gathered.pop(key, None)
            except BudgetSpent:
                raise  # that says nothing of the target, and another test may have more to spend
            except CannotAsk as trouble:
                self._unanswered[key] = trouble
        if key in self._unanswered:
            unanswered = self._unanswered[key]
            if isinstance(unanswered, NotGraphQL):
                self._told[key] = unanswered.reply
            raise unanswered
        self._told[key] = self._replies[key]
        return self._replies[key]

    def afresh(self, request: Request) -> Reply:
        """Send the request whatever is remembered, and remember nothing."""
        self._check_rehearsal()
        self._told[request.key] = reply = self._sent(request)
        return reply

    def probe(self) -> None:
        """Send the simplest request, and tell nobody; raise CannotAsk where not even that is answered."""
        self._check_rehearsal()
        self._sent(SIMPLEST)

    def together(self, requests: Sequence[Request]) -> InFlight:
        """Send requests so that they are in flight at once, as far as the rate allows, whatever is remembered."""
        self._check_rehearsal()
        sent = self.client.together(requests)
        self._told |= {request.key: reply for request, reply in zip(requests, sent.replies, strict=True)}
        return sent

    def learn(self, request: Request, reply: Reply, beside: Beside) -> None:
        """Remember what a request was answered beside others, unless it is known what it is answered alone."""
        if request.key not in self._replies:
            self._replies[request.key] = reply
            self._gathered[request.key] = beside

    def gathered(self, keys: Iterable[str]) -> dict[str, Beside]:
        """Return those of some requests of which is only known what they were answered beside others, and where."""
        return {key: self._gathered[key] for key in keys if key in self._gathered}

    def forget_gathered(self, operation: Request | None = None) -> None:
        """Drop every reply that came beside others, in one operation or in any."""
        dropped = [key for key, beside in self._gathered.items() if operation in (None, beside.operation)]
        for key in dropped:
            del self._gathered[key]
            self._replies.pop(key, None)

    @contextmanager
    def rehearsing(self) -> Iterator[None]:
        """Send nothing meanwhile: raise Missing for what is not remembered. What is told meanwhile is not kept."""
        told, self._told, self._rehearsing = self._told, {}, True
        try:
            yield
        finally:
            self._told, self._rehearsing = told, False

    @contextmanager
    def telling(self) -> Iterator[dict[str, Reply]]:
        """Collect every reply that is used meanwhile, by its request, remembered ones included."""
        before, self._told = self._told, {}
        try:
            yield self._told
        finally:
            self._told = before | self._told

    @contextmanager
    def forgetting(self) -> Iterator[None]:
        """Ask everything anew meanwhile; afterwards the newer replies stand for the older."""
        before = self._replies, self._unanswered
        self._replies, self._unanswered = {}, {}
        try:
            yield
        finally:
            self._replies = before[0] | self._replies

    def forget(self, period: str) -> None:
        """Drop what was said of a period whose data has moved."""
        mark = f'"period": "{period}"'
        self._replies = {key: reply for key, reply in self._replies.items() if mark not in key}

    def _sent(self, request: Request) -> Reply:
        """Send a request, and mark the reply with the one that was sent before it."""
        before, self._last = self._last, request.key
        return replace(self.client.send(request), before=before)

    def _check_rehearsal(self, request: Request | None = None) -> None:
        if self._rehearsing:
            raise Missing(request)

    def replies(self) -> dict[str, Reply]:
        """Return all replies that are remembered, by their requests."""
        return dict(self._replies)

    def everything(self) -> list[Reply]:
        """Return all replies that are remembered."""
        return list(self._replies.values())
