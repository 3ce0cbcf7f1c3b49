"""Replies remembered: the same request is sent once, until it is forgotten. Also keeps what a check was told.

A check that is run again, smaller or for another clause, so meets a world that stands still and spends nothing.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from contract_tests.budget import CannotAsk
from contract_tests.client import Client, Reply, Request


class Memory:
    """Replies by request, in front of a client."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._replies: dict[str, Reply] = {}
        self._unanswered: dict[str, CannotAsk] = {}
        self._told: dict[str, Reply] = {}

    def reply(self, request: Request) -> Reply:
        """Return the remembered reply, or send the request.

        Raises:
            CannotAsk: as the client does, and again for a request that stayed unanswered before.

        """
        key = request.key
        if key in self._unanswered:
            raise self._unanswered[key]
        if key not in self._replies:
            try:
                self._replies[key] = self.client.send(request)
            except CannotAsk as trouble:
                self._unanswered[key] = trouble
                raise
        self._told[key] = self._replies[key]
        return self._replies[key]

    def afresh(self, request: Request) -> Reply:
        """Send the request whatever is remembered, and remember nothing."""
        self._told[request.key] = reply = self.client.send(request)
        return reply

    def together(self, requests: Sequence[Request]) -> list[Reply]:
        """Send requests so that all are in flight at once, whatever is remembered; reply in their order."""
        with ThreadPoolExecutor(len(requests)) as threads:
            replies = list(threads.map(self.client.send, requests))
        self._told |= {request.key: reply for request, reply in zip(requests, replies, strict=True)}
        return replies

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

    def replies(self) -> dict[str, Reply]:
        """Return all replies that are remembered, by their requests."""
        return dict(self._replies)

    def everything(self) -> list[Reply]:
        """Return all replies that are remembered."""
        return list(self._replies.values())
