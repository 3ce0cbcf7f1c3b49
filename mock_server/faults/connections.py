"""Connections that end, or do not, before there is an answer."""

from __future__ import annotations

import asyncio
import os
import socket
import struct
from contextlib import suppress
from typing import TYPE_CHECKING

from aiohttp import web

from mock_server.faults.fault import Fault

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

# To linger for no time is to send a reset in place of what is left: socket(7).
_AT_ONCE = struct.pack("ii", 1, 0)


async def _reset(request: web.Request, handler: Handler, seconds: float) -> web.Response:  # noqa: ARG001 - every fault is given the same
    return reset(request)


async def _closed(request: web.Request, handler: Handler, seconds: float) -> web.Response:  # noqa: ARG001 - every fault is given the same
    if request.transport is not None:
        request.transport.close()
    return web.Response()


async def _hang(request: web.Request, handler: Handler, seconds: float) -> web.Response:  # noqa: ARG001 - every fault is given the same
    await asyncio.sleep(seconds)
    return reset(request)


def reset(request: web.Request) -> web.Response:
    """Reset the connection, unless who asked has gone; what is returned goes nowhere."""
    if request.transport is not None:
        with suppress(OSError, AttributeError):
            # A copy, since an event loop need not give its socket away.
            descriptor = os.dup(request.transport.get_extra_info("socket").fileno())
            with socket.socket(fileno=descriptor) as copy:
                copy.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        request.transport.abort()
    return web.Response()


FAULTS = (
    Fault("reset", "The connection is reset before there is an answer.", _reset),
    Fault("closed", "The connection is closed before there is an answer.", _closed),
    Fault("hang", "Nothing comes for ten seconds, and then the connection is reset.", _hang),
)
