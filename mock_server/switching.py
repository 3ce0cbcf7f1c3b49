"""Which setting a request is answered by: the one being served, changed while it runs, or what its headers choose."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from multidict import istr

from mock_server.admitting import HEADER
from mock_server.faults import ASKING
from mock_server.refusals import Misconfigured, unknown_name
from mock_server.settings import Setting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mock_server.endpoint import Endpoint
    from mock_server.faults import Trouble
    from mock_server.living import Life
    from mock_server.records import World
    from mock_server.rendering import Json
    from mock_server.rulings import Rulings
    from mock_server.settings import Choosing

WORLD, RULING, DEVIATION = istr("Mock-World"), istr("Mock-Ruling"), istr("Mock-Deviation")
CHOOSING = (WORLD, RULING, DEVIATION)
_KNOWN = (*CHOOSING, *ASKING, HEADER)
_OURS = "Mock-"
# As many as a page or a test suite goes to and fro between.
_KEPT = 16


@dataclass(frozen=True, slots=True)
class Serving:
    """A setting with the endpoint that answers by it."""

    setting: Setting
    endpoint: Endpoint


class Switch:
    """Holds the setting in one place, so that each request is answered wholly by one."""

    def __init__(
        self,
        setting: Setting,
        choosing: Choosing,
        build: Callable[[Setting], Endpoint],
        trouble: Trouble,
        life: Life,
    ) -> None:
        self.choosing = choosing
        self.trouble = trouble
        self.life = life
        self.first = setting
        self._build = build
        self._others: OrderedDict[tuple[str, Rulings, tuple[str, ...]], Serving] = OrderedDict()
        self.current = Serving(setting, build(setting))

    @property
    def world(self) -> World:
        """Return the world as it is at this moment."""
        return self.current.endpoint.execution.resolvers.world

    def serving(self, headers: Mapping[str, str]) -> Serving:
        """Return what a request with these headers is answered by; raise Misconfigured for names that are not known."""
        for name in headers:
            if name[: len(_OURS)].title() == _OURS and name.title() not in _KNOWN:
                raise unknown_name("header", name.title(), _KNOWN)
        current = self.current
        if WORLD not in headers and RULING not in headers and DEVIATION not in headers:
            return current
        setting = self.choosing.changed(current.setting, changes(headers))
        return current if setting == current.setting else self._other(setting)

    def change(self, setting: Setting) -> None:
        """Serve another setting from now on; requests in flight are finished by the old one."""
        was = self.current
        # Trouble that stays goes on where it is: a limit of the rate is not lifted by a change beside it.
        if setting.faults != was.setting.faults:
            self.trouble.switch(setting.faults)
        if setting.world is not was.setting.world:
            self.life.begin(setting.world)
        if setting.live != was.setting.live:
            self.life.go_on(setting.live)
            # What has lived is not to stand still as it has become.
            self._others.clear()
        self.current = Serving(setting, self._build(setting))
        if setting.live is not None:
            self.current.endpoint.execution.resolvers.serve(self.life.world)

    def edited(self, world: World) -> None:
        """Take another world for the one that was there at the start, and serve it where that one is served."""
        own, setting = self.first.world, self.current.setting
        self.choosing.own(world)
        self.first = replace(self.first, world=world)
        self._others.clear()
        if setting.world is own:
            self.change(replace(setting, world=world))

    def serve(self, world: World) -> None:
        """Let the world that is being served go on as another one."""
        for serving in (self.current, *self._others.values()):
            if serving.setting.world is self.current.setting.world:
                serving.endpoint.execution.resolvers.serve(world)

    def _other(self, setting: Setting) -> Serving:
        key = (setting.world.name, setting.rulings, setting.deviations)
        found = self._others.pop(key, None)
        if found is None:
            found = Serving(setting, self._build(setting))
            if setting.world is self.current.setting.world:
                found.endpoint.execution.resolvers.serve(self.world)
        self._others[key] = found
        if len(self._others) > _KEPT:
            self._others.popitem(last=False)
        return found


def changes(headers: Mapping[str, str]) -> Json:
    """Return what the headers of a request choose, as changes of a setting; raise Misconfigured for what is none."""
    found: Json = {}
    if WORLD in headers:
        found["world"] = headers[WORLD].strip()
    if RULING in headers:
        found["rulings"] = dict(map(_ruling, _listed(headers[RULING])))
    if DEVIATION in headers:
        found["deviations"] = _listed(headers[DEVIATION])
    return found


def _listed(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]


def _ruling(setting: str) -> tuple[str, str]:
    name, equals, choice = (part.strip() for part in setting.partition("="))
    if not equals:
        raise Misconfigured(f"a ruling is NAME=CHOICE, not {setting!r}")
    return name, choice
