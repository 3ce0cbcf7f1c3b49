"""What is answered the short way, and how much of it is kept: bounded, and for one setting and one world."""

from __future__ import annotations

import time
from email.utils import formatdate
from typing import TYPE_CHECKING, NamedTuple

from mock_server.bounded import Bounded
from mock_server.forms import Forms
from mock_server.journal import Entry
from mock_server.refusals import Unauthorized, Unreadable
from mock_server.sending import compressed

if TYPE_CHECKING:
    from mock_server.journal import Journal
    from mock_server.records import Caller, World
    from mock_server.shortcut.heads import Head
    from mock_server.switching import Serving, Switch

# In bytes.
_KEPT = 32 * 2**20
# What is asked by its hash depends on what came before.
_PERSISTED = b"persistedQuery"
# So many requests are told to have come before.
_CAME = 65_536


class _Answer(NamedTuple):
    """A body as it goes out, how it is compressed, and the bytes of the whole response up to its date."""

    body: bytes
    coding: str | None
    head: bytes


class Shortcut:
    """Answers as the endpoint of a switch does, and notes it in a journal as is noted otherwise."""

    def __init__(self, switch: Switch, journal: Journal) -> None:
        self._switch = switch
        self._journal = journal
        self._date, self._second = b"", 0
        self._serve(switch.current, switch.world)

    def _serve(self, serving: Serving, world: World) -> None:
        self._serving = serving
        self._world = world
        self._forms = Forms(serving.endpoint.persisted)
        self._came: set[int] = set()
        self._kept: Bounded[_Answer] = Bounded(_KEPT)

    def answer(self, head: Head, body: bytes) -> bytes | None:
        """Return the whole response to a request, or None where it has to be answered the long way."""
        at, begun = time.time(), time.perf_counter()
        serving = self._switch.current
        if self._switch.trouble.is_any:
            return None
        endpoint = serving.endpoint
        world = endpoint.execution.resolvers.world
        if world is not self._world or serving is not self._serving:
            self._serve(serving, world)
        try:
            caller = endpoint.caller(head.authorization)
        except Unauthorized:
            return None
        answer = self._kept.get((head, body)) or self._made(head, body, caller)
        if answer is None:
            return None
        self._journal.add(
            Entry(
                "POST",
                head.target,
                head.told,
                body,
                caller.role.value,
                serving.setting.world.name,
                at,
                time.perf_counter() - begun,
                200,
                answer.body,
                answer.coding,
                len(answer.body),
            )
        )
        return b"%bDate: %b\r\n\r\n%b" % (answer.head, self._dated(at), answer.body)

    def _made(self, head: Head, body: bytes, caller: Caller) -> _Answer | None:
        try:
            asked = self._forms.request(body)
        except Unreadable:
            return None
        written = self._serving.endpoint.execution.encoded(asked, caller)
        if written is None:
            return None
        sent, coding = compressed(written, head.coding)
        further = b"Content-Encoding: %b\r\n" % coding.encode() if coding else b""
        answer = _Answer(sent, coding, b"%b%bContent-Length: %d\r\n" % (head.answer, further, len(sent)))
        # What is asked for once is most of a flood, and to keep it costs more than to tell that it came.
        key = hash((head, body))
        if key in self._came:
            self._kept.put((head, body), answer, len(body) + len(sent) + len(answer.head) + head.weight)
        elif _PERSISTED not in body:
            if len(self._came) >= _CAME:
                self._came.clear()
            self._came.add(key)
        return answer

    def _dated(self, at: float) -> bytes:
        second = int(at)
        if second != self._second:
            self._date, self._second = formatdate(second, usegmt=True).encode(), second
        return self._date
