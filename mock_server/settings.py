"""What a server serves and how, as one value; what of it can be changed, as JSON; and what there is to choose."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mock_server import knobs, worlds
from mock_server.durations import written
from mock_server.faults import Faults
from mock_server.knobs import KNOBS
from mock_server.living import LIVE, pace
from mock_server.moving import moved
from mock_server.refusals import Misconfigured, unknown_name
from mock_server.rulings import RULINGS, Rulings, ruled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mock_server.records import World
    from mock_server.rendering import Json


@dataclass(frozen=True, slots=True)
class Setting:
    """What answers come from, and the trouble on the way to them; where it is `live`, a step every so many seconds."""

    world: World
    rulings: Rulings = field(default_factory=Rulings)
    deviations: tuple[str, ...] = ()
    faults: Faults = field(default_factory=Faults)
    live: float | None = None


_NAMES = ("world", "live", "rulings", "deviations", *KNOBS)


class Choosing:
    """Reads changes of a setting: worlds are the shipped ones, at the same now if one was asked for, and `own`."""

    def __init__(self, own: World, now: datetime | None = None) -> None:
        self._own = own
        self._now = now
        self._worlds: Mapping[str, World] = {}

    def own(self, world: World) -> None:
        """Let another world be the one that was there at the start."""
        self._own = world
        self._worlds = {}

    def worlds(self) -> Mapping[str, World]:
        """Return the worlds that can be chosen, by name; they are read once somebody wants to choose."""
        if not self._worlds:
            shipped = {name: worlds.load(name) for name in worlds.names() if name != self._own.name}
            if self._now is not None:
                shipped = {name: moved(world, self._now) for name, world in shipped.items()}
            self._worlds = {self._own.name: self._own, **shipped}
        return self._worlds

    def changed(self, setting: Setting, changes: object) -> Setting:
        """Return the setting with the changes obeyed: null is the default, rulings that are not named stay.

        Raises Misconfigured for what is not known or of another type.
        """
        if not isinstance(changes, dict):
            raise Misconfigured("settings are a JSON object")
        for name, value in changes.items():
            setting = self._one(setting, name, value)
        return setting

    def _one(self, setting: Setting, name: str, value: object) -> Setting:
        match name, value:
            case "world", str():
                if value not in self.worlds():
                    raise unknown_name("world", value, self.worlds())
                return replace(setting, world=self.worlds()[value])
            case "world", None:
                return replace(setting, world=self._own)
            case "live", str() | None:
                return replace(setting, live=pace(value) if value else None)
            case "rulings", dict() | None:
                return replace(setting, rulings=_rulings(setting.rulings, value))
            case "deviations", list() | None:
                return replace(setting, deviations=_deviations(value or []))
            case _ if name in KNOBS:
                return replace(setting, faults=knobs.turned(setting.faults, name, value))
            case _ if name in _NAMES:
                kind = {
                    "world": "a name",
                    "live": "the time between two steps, like 3s",
                    "rulings": "an object of names and choices",
                    "deviations": "a list of names",
                }
                raise Misconfigured(f"{name} is {kind[name]}, not {value!r}")
        raise unknown_name("setting", name, _NAMES)


def _rulings(rulings: Rulings, changes: Mapping[str, object] | None) -> Rulings:
    if changes is None:
        return Rulings()
    # An unknown name is left to be complained about.
    defaults = {name: ruling.default for name, ruling in RULINGS.items()}
    return ruled([f"{name}={defaults.get(name) if to is None else to}" for name, to in changes.items()], rulings)


def told(setting: Setting) -> Json:
    """Return what can be changed, as changes are written; of the rulings those that are not the default."""
    taken = {name: getattr(setting.rulings, name.replace("-", "_")) for name in RULINGS}
    return {
        "world": setting.world.name,
        "live": None if setting.live is None else written(setting.live),
        "rulings": {name: str(choice) for name, choice in taken.items() if choice != RULINGS[name].default},
        "deviations": list(setting.deviations),
        **knobs.told(setting.faults),
    }


# An honest server starts sooner without the deviations, so that they are imported where somebody asks for them.


def _deviations(named: list[object]) -> tuple[str, ...]:
    from mock_server.deviations import chosen

    names = tuple(dict.fromkeys(map(str, named)))
    chosen(names)
    return names


def choices(known: Mapping[str, World]) -> Json:
    """Return what there is to choose, each with its sentence."""
    from mock_server.deviations import DEVIATIONS

    return {
        "worlds": [{"name": name, "sentence": world.sentence} for name, world in known.items()],
        "live": {"name": "live", "sentence": LIVE, "example": "3s", "choices": []},
        "rulings": [
            {
                "name": ruling.name,
                "sentence": ruling.sentence,
                "default": ruling.default,
                "choices": [{"name": name, "sentence": says} for name, says in ruling.choices.items()],
            }
            for ruling in RULINGS.values()
        ],
        "deviations": [
            {"name": one.name, "sentence": one.sentence, "breaks": list(one.breaks), "world": one.world}
            for one in DEVIATIONS.values()
        ],
        "faults": [
            {
                "name": name,
                "sentence": knob.sentence,
                "example": knob.example,
                "choices": [{"name": choice, "sentence": says} for choice, says in knob.choices.items()],
            }
            for name, knob in KNOBS.items()
        ],
    }
