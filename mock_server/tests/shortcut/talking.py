"""Requests as bytes, and connections that keep what comes back apart."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from mock_server.generating import generate
from mock_server.tests.asking import DETAILS
from mock_server.tests.connecting import connected

if TYPE_CHECKING:
    from mock_server.serving import MockServer

WORLD = generate(60)
VARIABLES = {"organizationUuid": WORLD.organizations[0].uuid, "period": "current_month", "first": 20}
TOKEN = WORLD.callers[0].token
# Asks for no error of its own, which means nothing where there is none, and takes the long way.
LONG = "Mock-Error: none"


class Answered(NamedTuple):
    """A response as it came."""

    status: int
    headers: dict[str, str]
    body: bytes


def request(*headers: str, token: str = TOKEN, query: str = DETAILS, **variables: Any) -> bytes:
    """Return the bytes of a request, with a good token and a good type."""
    body = json.dumps({"query": query, "variables": {**VARIABLES, **variables}}).encode()
    return framed(body, *headers, token=token)


def framed(body: bytes, *headers: str, token: str = TOKEN) -> bytes:
    """Return the bytes of a request with that body."""
    lines = ["POST /graphql HTTP/1.1", "Host: mock", f"Authorization: Bearer {token}", *headers]
    lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def numbered(number: int, *headers: str, **variables: Any) -> bytes:
    """Return the bytes of a request whose answer has its number."""
    query = DETAILS.replace("{\n  integrations", f"{{\n  n{number}: __typename integrations", 1)
    return request(*headers, query=query, **{"first": 2, **variables})


def padded(number: int, *headers: str, more: int = 300) -> bytes:
    """Return the bytes of such a request with blanks behind, which a reader who does not count may take for another."""
    head, _, body = numbered(number, *headers).partition(b"\r\n\r\n")
    head = re.sub(rb"Content-Length: \d+", b"Content-Length: %d" % (len(body) + more), head)
    return b"%b\r\n\r\n%b%b" % (head, body, b" " * more)


class Talk:
    """A connection on which bytes are sent and responses come back."""

    def __init__(self, server: MockServer) -> None:
        self.connection = connected(server)
        self._stream = self.connection.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()
        self.connection.close()

    def received(self) -> Answered:
        """Return the next response."""
        status = int(self._stream.readline().split()[1])
        lines = iter(lambda: self._stream.readline().decode().strip(), "")
        headers = dict(line.split(": ", 1) for line in lines)
        return Answered(status, headers, self._stream.read(int(headers["Content-Length"])))

    def exchanged(self, sent: bytes) -> Answered:
        """Return the response to a request."""
        self.connection.sendall(sent)
        return self.received()


def lasting(answered: Answered) -> Answered:
    """Return a response without what differs each time."""
    headers = {name: value for name, value in answered.headers.items() if name != "Date"}
    return answered._replace(headers=headers, body=re.sub(rb'"correlation_id":"\w+"', b"", answered.body))
