"""A world in which flows go on running: each step is a world of its own, so that every answer is of one moment."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from mock_server.durations import duration
from mock_server.records import Day, Record
from mock_server.refusals import Misconfigured

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from aiohttp import web

    from mock_server.records import Organization, World

    Beside = Callable[[web.Application], AbstractAsyncContextManager[None]]

LIVE = "Every so often a flow runs, is renamed, switched or added, and the clock goes on."
_SEED = 20
# So many runs come between two flows that are renamed, switched or added.
_RUNS_BETWEEN = 6
# In seconds; a step every moment would leave no time to answer.
_FASTEST = 0.001


def pace(text: str) -> float:
    """Read how long a step takes, like `3s` or `150ms`; raise Misconfigured for anything else."""
    found = duration(text)
    if found is None or found < _FASTEST:
        raise Misconfigured(f"--live takes the time between two steps, like 3s or 150ms, not {text!r}")
    return found


class Life:
    """The steps of a world, the same for every server that begins with it. Usage of past months stays as it is.

    A step is due every `pace` seconds; without a pace the world stands still.
    """

    def __init__(self, world: World, seed: int = _SEED, *, pace: float | None = None) -> None:
        self._random = Random(seed)  # noqa: S311 - the same every time is the point
        self._steps = 0
        self.pace = pace
        self.paced = asyncio.Event()
        self.begin(world)

    def go_on(self, pace: float | None) -> None:
        """Take the steps at another pace from now on; without one the world is as it was at first."""
        if pace is None:
            self.world = self._first
        if pace != self.pace:
            self.pace = pace
            self.paced.set()

    def begin(self, world: World) -> None:
        """Go on from another world."""
        self.world = self._first = world
        self._lived = 0.0
        self._most = {organization.id: 2 * len(organization.flows) for organization in world.organizations}

    def step(self, seconds: float = 0.0) -> World:
        """Let a flow run, or let one be renamed, switched or added; return the world so many seconds later.

        The more flows an organization has, the more often it is one of its own.
        """
        self._steps += 1
        self._lived += seconds
        self.world = replace(self.world, now=self._first.now + timedelta(seconds=int(self._lived)))
        organizations = list(self.world.organizations)
        if any(organization.flows for organization in organizations):
            sizes = [len(organization.flows) for organization in organizations]
            (place,) = self._random.choices(range(len(organizations)), sizes)
            turn, left = divmod(self._steps, _RUNS_BETWEEN)
            change = (self._renamed, self._switched, self._added)[turn % 3] if left == 0 else self._run
            organizations[place] = change(organizations[place])
            self.world = replace(self.world, organizations=tuple(organizations))
        return self.world

    def _run(self, organization: Organization) -> Organization:
        place = self._random.randrange(len(organization.flows))
        return _with(organization, place, self._after_run(organization.flows[place]))

    def _renamed(self, organization: Organization) -> Organization:
        place = self._random.randrange(len(organization.flows))
        flow = organization.flows[place]
        plain = re.sub(r" \(\d+\)$", "", flow.name)
        return _with(organization, place, replace(flow, name=f"{plain} ({self._steps})"))

    def _switched(self, organization: Organization) -> Organization:
        place = self._random.randrange(len(organization.flows))
        flow = organization.flows[place]
        return _with(organization, place, replace(flow, status="DISABLED" if flow.status == "ENABLED" else "ENABLED"))

    def _added(self, organization: Organization) -> Organization:
        # A server that is left alone for days does not fill the memory.
        if len(organization.flows) >= self._most[organization.id]:
            return self._run(organization)
        born = Record(f"New flow {self._steps}", self._random.choice(organization.flows).project, "ENABLED", ())
        return replace(organization, flows=(*organization.flows, self._after_run(born)))

    def _after_run(self, flow: Record) -> Record:
        now, tasks = self.world.now, self._random.randrange(1, 9)
        *past, last = flow.usage or (Day(now.date(), 0, 0),)
        if last.day != now.date():
            past, last = [*past, last], Day(now.date(), 0, 0)
        today = Day(now.date(), last.tasks + tasks, last.runs + 1, now.time().replace(microsecond=0))
        return replace(flow, usage=(*past, today))


def living(life: Life, serve: Callable[[World], None]) -> Beside:
    """Return what an application runs beside itself: a step whenever one is due, each served from then on.

    The world's clock goes on with the time that passes.
    """

    @asynccontextmanager
    async def beside(_: web.Application) -> AsyncIterator[None]:
        async def go_on() -> None:
            clock = asyncio.get_running_loop().time
            then = clock()
            while True:
                try:
                    async with asyncio.timeout(life.pace):
                        await life.paced.wait()
                except TimeoutError:
                    before, then = then, clock()
                    # Its pace may have been taken from it at this very moment.
                    if life.pace is not None:
                        serve(life.step(then - before))
                else:
                    life.paced.clear()
                    then = clock()

        going_on = asyncio.create_task(go_on())
        try:
            yield
        finally:
            going_on.cancel()

    return beside


def _with(organization: Organization, place: int, flow: Record) -> Organization:
    flows = organization.flows
    return replace(organization, flows=(*flows[:place], flow, *flows[place + 1 :]))
