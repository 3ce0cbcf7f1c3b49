"""A world's file that is edited while it is served: what it says is served from then on, unless it is broken."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import awatch

from mock_server.refusals import Misconfigured

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from aiohttp import web

    from mock_server.living import Beside
    from mock_server.records import World

_LOG = logging.getLogger("mock_server")
# In milliseconds: a file that is written in several steps has come to rest after so long.
_AT_REST = 20


def watching(file: Path, loaded: Callable[[], World], serve: Callable[[World], None]) -> Beside:
    """Return what an application runs beside itself: whenever the file changes, it is loaded and served.

    A file that is no world any longer is told in the log, and the world before it is served on.
    """

    async def follow() -> None:
        # Editors put a new file in the old one's place, so that the folder is what is watched.
        async for _ in awatch(file.parent, watch_filter=lambda _, path: Path(path).name == file.name, step=_AT_REST):
            try:
                # Elsewhere, so that requests go on being answered.
                world = await asyncio.to_thread(loaded)
            except Misconfigured as trouble:
                _LOG.warning("%s; the world as it was is served on", trouble)
            else:
                serve(world)
                _LOG.warning("%s has changed and is served as it is now", file)

    @asynccontextmanager
    async def beside(_: web.Application) -> AsyncIterator[None]:
        following = asyncio.create_task(follow())
        # It begins to watch before anybody is told that the server is ready.
        await asyncio.sleep(0)
        try:
            yield
        finally:
            following.cancel()

    return beside
