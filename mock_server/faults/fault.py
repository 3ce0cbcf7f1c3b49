"""What a fault is: a name, a sentence, and what becomes of a request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler

# A request, what would have answered it, and how many seconds what is slow takes.
Act = Callable[[web.Request, Handler, float], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Fault:
    """Trouble with a name, and what it makes of a request."""

    name: str
    sentence: str
    act: Act
