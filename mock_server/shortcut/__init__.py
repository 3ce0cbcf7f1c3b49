"""The short way from a request to its answer, for requests whose heads came before and that are in order.

aiohttp reads a request, makes a task of it, routes it and writes what comes back: that costs as much as the answer.
Clients send the same head again and again, so what one means is remembered from when aiohttp read it, and a request
that begins with the same bytes is answered where it arrives. Whatever else comes goes the long way.
"""

from mock_server.shortcut.answering import Shortcut
from mock_server.shortcut.connections import Connections

__all__ = ["Connections", "Shortcut"]
