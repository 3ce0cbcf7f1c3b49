"""Bytes put to a server over a socket, for what no client of HTTP would send."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mock_server.tests.posting import TOKEN

if TYPE_CHECKING:
    from mock_server.serving import MockServer


def raw(query: str, *headers: str) -> bytes:
    """Return the bytes of a request."""
    body = json.dumps({"query": query}).encode()
    authorization = f"Authorization: {TOKEN['Authorization']}"
    head = ("POST /graphql HTTP/1.1", "Host: mock", authorization, "Content-Type: application/json", *headers)
    return "\r\n".join([*head, f"Content-Length: {len(body)}", "", ""]).encode() + body


def connected(server: MockServer) -> socket.socket:
    """Return a connection to the server."""
    address = urlsplit(server.url)
    return socket.create_connection((address.hostname, address.port), timeout=10)


def read_until(connection: socket.socket, text: bytes) -> bytes:
    """Return what came, as far as the text, or all of it when the server closes."""
    got = b""
    while text not in got and (part := connection.recv(65_536)):
        got += part
    return got
