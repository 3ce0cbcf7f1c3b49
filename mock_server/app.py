"""The parts put together; nothing is decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from mock_server.answers import Answers
from mock_server.columns import statuses
from mock_server.compiled.execution import CompiledExecution
from mock_server.endpoint import PATH, Endpoint
from mock_server.execution import Execution
from mock_server.indexed import Indexed
from mock_server.living import Life, living
from mock_server.resolvers import Resolvers
from mock_server.rulings import Rulings
from mock_server.usage.answering import Usage
from mock_server.usage.selecting import DOCUMENTED_STATUSES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from mock_server.faults import Faults
    from mock_server.records import World


def application(
    world: World,
    rulings: Rulings | None = None,
    deviations: Iterable[str] = (),
    faults: Faults | None = None,
    live: float | None = None,
) -> web.Application:
    """Return the server of a world as an aiohttp application; raise Misconfigured for an unknown deviation.

    `faults` is trouble on the way to it; with `live`, flows go on running, a step every so many seconds.
    """
    app = web.Application(middlewares=faults.middlewares if faults else ())
    names = tuple(deviations)
    asked = execution(world, rulings, names)
    endpoint = _deviating_endpoint(asked, names) if names else Endpoint(asked)
    stands_still = not names and live is None
    app.router.add_post(PATH, Answers(endpoint).post if stands_still else endpoint.post)
    if live is not None:
        app.cleanup_ctx.append(living(Life(world), live, asked.resolvers.serve))
    return app


def execution(world: World, rulings: Rulings | None = None, deviations: Iterable[str] = ()) -> Execution:
    """Return what answers GraphQL requests about a world, without HTTP; raise Misconfigured as above."""
    rulings = rulings or Rulings()
    known = DOCUMENTED_STATUSES.union(*(statuses(organization.flows) for organization in world.organizations))
    names = tuple(deviations)
    if names:
        return _deviating_execution(world, rulings, known, names)
    resolvers = Indexed(world, rulings, Usage(rulings, known))
    resolvers.prepare()
    return CompiledExecution(resolvers)


# An honest server starts sooner without the deviations, so that they are imported where there are some. They replace
# steps: with one of them every step is taken, a flow at a time, and graphql-core answers.


def _deviating_endpoint(asked: Execution, names: Iterable[str]) -> Endpoint:
    from mock_server.deviations import chosen
    from mock_server.deviations.deviation import deviating

    return deviating(Endpoint, chosen(names))(asked)


def _deviating_execution(world: World, rulings: Rulings, known: Collection[str], names: Iterable[str]) -> Execution:
    from mock_server.deviations import chosen
    from mock_server.deviations.deviation import deviating

    faults = chosen(names)
    usage = deviating(Usage, faults)(rulings, known)
    return deviating(Execution, faults)(deviating(Resolvers, faults)(world, rulings, usage))
