"""The parts put together; nothing is decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from mock_server.authorizing import TOKEN_PATH, TokenEndpoint
from mock_server.deviations import chosen
from mock_server.deviations.deviation import deviating
from mock_server.endpoint import PATH, Endpoint
from mock_server.execution import Execution
from mock_server.faults import Faults, Trouble
from mock_server.living import Life, living
from mock_server.origins import from_anywhere
from mock_server.reading import MOST_BYTES
from mock_server.resolvers import Resolvers
from mock_server.rulings import Rulings
from mock_server.usage.answering import Usage
from mock_server.usage.selecting import DOCUMENTED_STATUSES
from mock_server.watching import watching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from mock_server.records import World

    Watched = tuple[Path, Callable[[], World]]

# Where what serves an application finds the trouble on the way to it, and switches it.
TROUBLE = web.AppKey("trouble", Trouble)


def application(
    world: World,
    rulings: Rulings | None = None,
    deviations: Iterable[str] = (),
    faults: Faults | None = None,
    live: float | None = None,
    token_lifetime: int | None = None,
    watched: Watched | None = None,
) -> web.Application:
    """Return the server of a world as an aiohttp application; raise Misconfigured for an unknown deviation.

    `faults` is trouble on the way to it; with `live`, flows go on running, a step every so many seconds. Tokens of
    service accounts are good for `token_lifetime` seconds where it is given. `watched` is the file of the world, and
    what loads it again where it changes.
    """
    trouble = Trouble(faults or Faults(), everywhere=(PATH,), on_request=(TOKEN_PATH,))
    app = web.Application(middlewares=[trouble.middleware], client_max_size=MOST_BYTES)
    app[TROUBLE] = trouble
    app.on_response_prepare.append(from_anywhere)
    names = tuple(deviations)
    asked = execution(world, rulings, names)
    app.router.add_route("*", PATH, deviating(Endpoint, chosen(names))(asked).handle)
    app.router.add_route("*", TOKEN_PATH, TokenEndpoint(lambda: asked.resolvers.world, token_lifetime).handle)
    life = Life(world)
    if live is not None:
        app.cleanup_ctx.append(living(life, live, asked.resolvers.serve))
    if watched is not None:

        def changed(world: World) -> None:
            life.begin(world)
            asked.resolvers.usage.statuses = _statuses(world)
            asked.resolvers.serve(world)

        app.cleanup_ctx.append(watching(*watched, changed))
    return app


def execution(world: World, rulings: Rulings | None = None, deviations: Iterable[str] = ()) -> Execution:
    """Return what answers GraphQL requests about a world, without HTTP; raise Misconfigured as above."""
    rulings = rulings or Rulings()
    faults = chosen(deviations)
    usage = deviating(Usage, faults)(rulings, _statuses(world))
    resolvers = deviating(Resolvers, faults)(world, rulings, usage)
    return deviating(Execution, faults)(resolvers)


def _statuses(world: World) -> frozenset[str]:
    named = {flow.status for organization in world.organizations for flow in organization.flows}
    return DOCUMENTED_STATUSES | named
