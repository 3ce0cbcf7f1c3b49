"""The parts put together; nothing is decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from mock_server.answers import Answers
from mock_server.authorizing import TOKEN_PATH, TokenEndpoint
from mock_server.columns import statuses
from mock_server.compiled.execution import CompiledExecution
from mock_server.endpoint import PATH, Endpoint
from mock_server.execution import Execution
from mock_server.faults import Faults, Trouble
from mock_server.indexed import Indexed
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
    endpoint = _deviating_endpoint(asked, names) if names else Answers(asked)
    app.router.add_route("*", PATH, endpoint.handle)
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
    names = tuple(deviations)
    if names:
        return _deviating_execution(world, rulings, names)
    resolvers = Indexed(world, rulings, Usage(rulings, _statuses(world)))
    resolvers.prepare()
    return CompiledExecution(resolvers)


# An honest server starts sooner without the deviations, so that they are imported where there are some. They replace
# steps: with one of them every step is taken, a flow at a time, and graphql-core answers.


def _deviating_endpoint(asked: Execution, names: Iterable[str]) -> Endpoint:
    from mock_server.deviations import chosen
    from mock_server.deviations.deviation import deviating

    return deviating(Endpoint, chosen(names))(asked)


def _deviating_execution(world: World, rulings: Rulings, names: Iterable[str]) -> Execution:
    from mock_server.deviations import chosen
    from mock_server.deviations.deviation import deviating

    faults = chosen(names)
    usage = deviating(Usage, faults)(rulings, _statuses(world))
    return deviating(Execution, faults)(deviating(Resolvers, faults)(world, rulings, usage))


def _statuses(world: World) -> frozenset[str]:
    return DOCUMENTED_STATUSES.union(*(statuses(organization.flows) for organization in world.organizations))
