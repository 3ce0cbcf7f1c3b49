"""Heads of requests, and what they mean: all that an answer depends on beside the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import hdrs

from mock_server.endpoint import Settled
from mock_server.faults import ASKING
from mock_server.noting import told
from mock_server.switching import CHOOSING

if TYPE_CHECKING:
    from aiohttp import web

END = b"\r\n\r\n"
# Requests with these are answered by another setting, meet trouble, or want to be told to go on.
_APART = (*CHOOSING, *ASKING, hdrs.EXPECT)
# These differ from answer to answer.
_OWN = (hdrs.CONTENT_LENGTH, hdrs.CONTENT_ENCODING, hdrs.DATE)


class Head:
    """What a head means: the target, whose token, how many bytes follow, and what the answer to it begins with.

    `weight` is what it takes, in bytes.
    """

    __slots__ = ("answer", "authorization", "coding", "length", "target", "told", "weight")

    def __init__(self, request: web.Request, length: int, response: Settled, weight: int) -> None:
        self.weight = weight
        self.target = request.path_qs
        self.authorization = request.headers.get(hdrs.AUTHORIZATION)
        self.coding = request.headers.get(hdrs.ACCEPT_ENCODING, "")
        self.length = length
        self.told = told(request.headers)
        lines = [f"{name}: {value}\r\n" for name, value in response.headers.items() if name not in _OWN]
        self.answer = f"HTTP/1.1 200 {response.reason}\r\n{''.join(lines)}".encode()


def is_head_of(request: web.Request, sent: bytes) -> bool:
    """Say whether these bytes are the head of this request, and not of another one or a part of it."""
    first, *lines = sent.removesuffix(END).split(b"\r\n")
    fields = tuple([(name, value.strip(b" \t")) for name, _, value in (line.partition(b":") for line in lines)])
    # A target may hold any bytes, which aiohttp reads as far as they are text.
    line = f"{request.method} {request.raw_path} HTTP/1.1".encode(errors="surrogateescape")
    return first == line and fields == request.raw_headers


def head(request: web.Request, response: web.StreamResponse, sent: bytes) -> Head | None:
    """Return what the head of a request means, which got this answer, or None where it means more than is kept."""
    headers = request.headers
    is_apart = request.method != "POST" or any(name in headers for name in _APART)
    length = request.content_length
    if is_apart or length is None or not isinstance(response, Settled):
        return None
    return Head(request, length, response, 4 * len(sent))
