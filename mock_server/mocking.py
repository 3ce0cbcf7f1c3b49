"""A mock for the tests of an application: where it is, who may ask it, and what it was asked."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from mock_server import worlds
from mock_server.asked import Asked, asked
from mock_server.endpoint import PATH
from mock_server.faults import Faults, known
from mock_server.generating import generate
from mock_server.records import Role, World
from mock_server.rulings import ruled
from mock_server.serving import MockServer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from contextlib import ExitStack
    from datetime import datetime

    from aiohttp.typedefs import Handler

    from mock_server.records import Organization

# In seconds: a request that was cut off is noted a moment after its client has seen it.
_PATIENCE = 1.0


class UsageMock(MockServer):
    """A server for tests, which notes what it is asked: `requests` are those that came, the oldest first.

    A world is a World, the name of one, or a file that holds one; without it 67 flows are made. `rulings` are written
    as on the command line, `NAME=CHOICE`; `faults` are a Faults or names of faults, of which each request gets one.
    Raises Misconfigured for what there is not, with a sentence.
    """

    def __init__(
        self,
        world: World | str | Path | None = None,
        *,
        rulings: Iterable[str] = (),
        deviations: Iterable[str] = (),
        faults: Faults | Iterable[str] = (),
        now: datetime | None = None,
        live: float | None = None,
        token_lifetime: int | None = None,
    ) -> None:
        super().__init__(
            _world(world),
            ruled(rulings),
            deviations,
            faults=faults if isinstance(faults, Faults) else Faults(errors=tuple(known(name).name for name in faults)),
            now=now,
            live=live,
            token_lifetime=token_lifetime,
        )
        self.requests: list[Asked] = []
        # Before all trouble: what is reset was asked as well.
        self.app.middlewares.insert(0, self._noting)

    @property
    def organization(self) -> Organization:
        """Return the organization that callers belong to."""
        return self.world.organizations[0]

    @property
    def token(self) -> str:
        """Return a token that sees usage."""
        return self.token_of(Role.SUPER_ADMIN)

    def token_of(self, role: Role | str) -> str:
        """Return a token of this role that has not expired; raise LookupError where the world has none."""
        for caller in self.world.callers:
            if caller.role == role and not caller.expired:
                return caller.token
        raise LookupError(f"the world {self.world.name!r} has no token of the role {role}")

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers of a request that sees usage."""
        return {"Authorization": f"Bearer {self.token}"}

    def assert_asked(
        self,
        field: str | None = None,
        *,
        operation: str | None = None,
        variables: Mapping[str, Any] | None = None,
        times: int | None = None,
    ) -> None:
        """Assert that a request came which selects the field, has the operation's name, and these variables at least.

        With `times`, exactly so many came, which may be none; without, at least one.
        """
        __tracebackhide__ = True
        wanted = variables or {}
        deadline = time.monotonic() + _PATIENCE
        while True:
            found = sum(request.is_about(field, operation, wanted) for request in tuple(self.requests))
            if found == times or (times is None and found):
                return
            if (times is not None and found > times) or time.monotonic() > deadline:
                break
            time.sleep(0.01)
        told = "".join(f"\n  {request}" for request in self.requests) or " nothing"
        raise AssertionError(f"asked {found} times, not {'once or more' if times is None else times}; asked was:{told}")

    @web.middleware
    async def _noting(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path != PATH or request.method == "OPTIONS":
            return await handler(request)
        status: int | None = None
        try:
            response = await handler(request)
            if request.transport is not None and not request.transport.is_closing():
                status = response.status
            return response
        finally:
            body = await request.read() if request.content.is_eof() else b""
            self.requests.append(asked(request.path_qs, body, status))


class UsageMocks:
    """Starts mocks, as many as a test wants, which all end with the test."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def __call__(
        self,
        world: World | str | Path | None = None,
        *,
        rulings: Iterable[str] = (),
        deviations: Iterable[str] = (),
        faults: Faults | Iterable[str] = (),
        now: datetime | None = None,
        live: float | None = None,
        token_lifetime: int | None = None,
    ) -> UsageMock:
        """Return a mock that listens on a free port; the arguments are those of UsageMock."""
        started = UsageMock(
            world,
            rulings=rulings,
            deviations=deviations,
            faults=faults,
            now=now,
            live=live,
            token_lifetime=token_lifetime,
        )
        return self._stack.enter_context(started)


def _world(named: World | str | Path | None) -> World:
    if named is None:
        return generate()
    return named if isinstance(named, World) else worlds.load(named)
