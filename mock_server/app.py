"""The parts put together; nothing is decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from mock_server.deviations import chosen
from mock_server.deviations.deviation import deviating
from mock_server.endpoint import PATH, Endpoint
from mock_server.execution import Execution
from mock_server.resolvers import Resolvers
from mock_server.rulings import Rulings
from mock_server.usage.answering import Usage
from mock_server.usage.selecting import DOCUMENTED_STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mock_server.records import World


def application(world: World, rulings: Rulings | None = None, deviations: Iterable[str] = ()) -> web.Application:
    """Return the server of a world as an aiohttp application; raise Misconfigured for an unknown deviation."""
    app = web.Application()
    names = tuple(deviations)
    endpoint = deviating(Endpoint, chosen(names))(execution(world, rulings, names))
    app.router.add_post(PATH, endpoint.post)
    return app


def execution(world: World, rulings: Rulings | None = None, deviations: Iterable[str] = ()) -> Execution:
    """Return what answers GraphQL requests about a world, without HTTP; raise Misconfigured as above."""
    rulings = rulings or Rulings()
    faults = chosen(deviations)
    statuses = {flow.status for organization in world.organizations for flow in organization.flows}
    usage = deviating(Usage, faults)(rulings, DOCUMENTED_STATUSES | statuses)
    resolvers = deviating(Resolvers, faults)(world, rulings, usage)
    return deviating(Execution, faults)(resolvers)
