"""The server as one of several processes, for gunicorn: each answers with the same bytes, since worlds never change.

gunicorn --preload --worker-class aiohttp.GunicornWebWorker --workers 4 'mock_server.workers:served("--world", "ties")'

Preloaded, the world is made once for all processes, and wrong options are told once.
"""

from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING, NoReturn

from mock_server import faults, tokens
from mock_server.app import application
from mock_server.options import alike
from mock_server.refusals import Misconfigured
from mock_server.rulings import ruled
from mock_server.serving import runner

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiohttp import web

# Options of `mock-server`, where the call names none: gunicorn's own stand in GUNICORN_CMD_ARGS.
VARIABLE = "MOCK_SERVER_ARGS"
# With any other exit code gunicorn would start the worker again, and again.
_DO_NOT_RETRY = 4


def served(*arguments: str) -> Callable[[], Awaitable[web.AppRunner]]:
    """Return what gunicorn's aiohttp worker runs; the arguments are options of `mock-server`.

    Without any, those in MOCK_SERVER_ARGS hold. Wrong ones, and those that only one process can keep, end gunicorn
    with one line.
    """
    try:
        words = list(arguments) or shlex.split(os.environ.get(VARIABLE, ""))
        world, options = alike(words)
        trouble = None if options.latency is None else faults.Faults(latency=faults.latency(options.latency))
        lifetime = None if options.token_lifetime is None else tokens.lifetime(options.token_lifetime)
        app = application(
            world, ruled(options.ruling), options.deviation, trouble, token_lifetime=lifetime, is_alone=False
        )
    except (Misconfigured, ValueError) as wrong:
        _end(f"mock-server: {wrong}")
    except SystemExit:
        _end("")

    async def run() -> web.AppRunner:
        return runner(app)

    return run


def _end(line: str) -> NoReturn:
    if line:
        print(line, file=sys.stderr, flush=True)
    raise SystemExit(_DO_NOT_RETRY)
