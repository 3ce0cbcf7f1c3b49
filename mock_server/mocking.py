"""A mock for the tests of an application: where it is, who may ask it, and what it was asked."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from mock_server import tokens, worlds
from mock_server.asked import Asked, asked
from mock_server.faults import Faults, known
from mock_server.generating import generate
from mock_server.journal import Journal
from mock_server.living import pace
from mock_server.options import instant
from mock_server.records import Role, World
from mock_server.refusals import unknown_name
from mock_server.rulings import ruled
from mock_server.serving import MockServer

if TYPE_CHECKING:
    from contextlib import ExitStack

    from mock_server.records import Organization

# More than a test asks; what it asserts about is not to be dropped.
_MOST, _MOST_BYTES = 1_000_000, 2**30
# In seconds: a request that was cut off is noted a moment after its client has seen it.
_PATIENCE = 1.0


class Options(TypedDict, total=False):
    """How a mock is to be: what is left out is as `mock-server` has it by default; texts are read as it reads them."""

    rulings: str | Iterable[str] | Mapping[str, str]
    deviations: str | Iterable[str]
    faults: str | Iterable[str] | Faults
    now: str | datetime | None
    live: str | float | None
    token_lifetime: str | int | None


class UsageMock(MockServer):
    """A server for tests, which tells what it was asked.

    A world is a World, the name of one, or a file that holds one; without it 67 flows are made. `rulings` are written
    as on the command line, `NAME=CHOICE`, or by name; `faults` are a Faults or names of faults, of which each request
    gets one. `live` and `token_lifetime` are in seconds. Raises Misconfigured for what there is not, with a sentence.
    """

    def __init__(self, world: World | str | Path | None = None, **options: Unpack[Options]) -> None:
        for name in options.keys() - Options.__annotations__:
            raise unknown_name("option", name, Options.__annotations__)
        faults, now = options.get("faults", ()), options.get("now")
        live, lifetime = options.get("live"), options.get("token_lifetime")
        super().__init__(
            _world(world),
            ruled(_settings(options.get("rulings", ()))),
            _several(options.get("deviations", ())),
            faults=faults if isinstance(faults, Faults) else Faults(errors=tuple(map(_fault, _several(faults)))),
            now=instant(now) if isinstance(now, str) else now,
            live=pace(live) if isinstance(live, str) else live,
            token_lifetime=tokens.lifetime(lifetime) if isinstance(lifetime, str) else lifetime,
            journal=Journal(_MOST, _MOST_BYTES),
        )

    @property
    def requests(self) -> list[Asked]:
        """Return what was asked so far, the oldest first."""
        return [asked(entry.target, entry.body, entry.status) for _, entry in self.journal.since()]

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
            found = sum(request.is_about(field, operation, wanted) for request in self.requests)
            if found == times or (times is None and found):
                return
            if (times is not None and found > times) or time.monotonic() > deadline:
                break
            time.sleep(0.01)
        told = "".join(f"\n  {request}" for request in self.requests) or " nothing"
        raise AssertionError(f"asked {found} times, not {'once or more' if times is None else times}; asked was:{told}")


class UsageMocks:
    """Starts mocks, as many as a test wants, which all end with the test."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def __call__(self, world: World | str | Path | None = None, **options: Unpack[Options]) -> UsageMock:
        """Return a mock that listens on a free port; the arguments are those of UsageMock."""
        return self._stack.enter_context(UsageMock(world, **options))


def _settings(rulings: str | Iterable[str] | Mapping[str, str]) -> Iterable[str]:
    if isinstance(rulings, Mapping):
        return [f"{name}={choice}" for name, choice in rulings.items()]
    return _several(rulings)


def _several(named: str | Iterable[str]) -> Iterable[str]:
    # One is what a text means, and not each of its letters.
    return (named,) if isinstance(named, str) else named


def _fault(name: str) -> str:
    return known(name).name


def _world(named: World | str | Path | None) -> World:
    if named is None:
        return generate()
    return named if isinstance(named, World) else worlds.load(named)
