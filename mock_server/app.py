"""The parts put together; nothing is decided here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web

from mock_server.admin import Admin
from mock_server.authorizing import TOKEN_PATH, TokenEndpoint
from mock_server.columns import statuses
from mock_server.compiled.execution import CompiledExecution
from mock_server.console.pages import Pages
from mock_server.endpoint import PATH, Endpoint
from mock_server.execution import Execution
from mock_server.faults import Faults, Trouble
from mock_server.indexed import Indexed
from mock_server.journal import Journal
from mock_server.living import Life, living
from mock_server.noting import Noting
from mock_server.origins import from_anywhere
from mock_server.reading import MOST_BYTES
from mock_server.resolvers import Resolvers
from mock_server.rulings import Rulings
from mock_server.settings import Choosing, Setting
from mock_server.shortcut import Connections, Shortcut
from mock_server.switching import Switch
from mock_server.usage.answering import Usage
from mock_server.usage.selecting import DOCUMENTED_STATUSES
from mock_server.watching import watching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from mock_server.records import World

    Watched = tuple[Path, Callable[[], World]]

JOURNAL = web.AppKey("journal", Journal)
# Where what serves an application finds what is served, and changes it.
SWITCH = web.AppKey("switch", Switch)
# What listens for an application lets these take what arrives.
CONNECTIONS = web.AppKey("connections", Connections)


def application(
    world: World,
    rulings: Rulings | None = None,
    deviations: Iterable[str] = (),
    faults: Faults | None = None,
    live: float | None = None,
    token_lifetime: int | None = None,
    watched: Watched | None = None,
    *,
    now: datetime | None = None,
    admin_key: str | None = None,
    is_alone: bool = True,
    journal: Journal | None = None,
) -> web.Application:
    """Return the server of a world as an aiohttp application; raise Misconfigured for an unknown deviation.

    `faults` is trouble on the way to it; with `live`, flows go on running, a step every so many seconds. Tokens of
    service accounts are good for `token_lifetime` seconds where it is given. `watched` is the file of the world, and
    what loads it again where it changes. The world is at its now; with `now`, those that are switched to are moved
    there. `admin_key` is what settings and journal are changed and read with; without it, it is enough to be on this
    machine. One of several processes that answer alike (not `is_alone`) shows neither console nor settings nor journal.
    What is asked is noted in `journal`, or in one of its own.
    """
    app = web.Application(client_max_size=MOST_BYTES)
    app.on_response_prepare.append(from_anywhere)
    setting = Setting(world, rulings or Rulings(), tuple(deviations), faults or Faults(), live)
    trouble = Trouble(setting.faults, everywhere=(PATH,), on_request=(TOKEN_PATH,))
    switch = app[SWITCH] = Switch(setting, Choosing(world, now), _endpoint, trouble, Life(world, pace=live))
    app[JOURNAL] = journal = Journal() if journal is None else journal
    pages = Pages(switch)
    connections = app[CONNECTIONS] = Connections(Shortcut(switch, journal))
    app.middlewares.append(connections.middleware)
    app.router.add_route("*", PATH, pages.before(Noting(switch, journal).handle))
    tokens = TokenEndpoint(lambda: switch.world, token_lifetime)
    app.router.add_route("*", TOKEN_PATH, partial(trouble.middleware, handler=tokens.handle))
    if is_alone:
        app.router.add_get("/", pages.console)
        app.router.add_routes(Admin(switch, journal, admin_key).routes())
    app.on_shutdown.extend((partial(_closed, journal), connections.end))
    app.cleanup_ctx.append(living(switch.life, switch.serve))
    if watched is not None:
        app.cleanup_ctx.append(watching(*watched, switch.edited))
    return app


async def _closed(journal: Journal, _: web.Application) -> None:
    journal.close()


def _endpoint(setting: Setting) -> Endpoint:
    asked = execution(setting.world, setting.rulings, setting.deviations)
    return _deviating_endpoint(asked, setting.deviations) if setting.deviations else Endpoint(asked)


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
