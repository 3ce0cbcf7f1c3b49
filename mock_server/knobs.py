"""The kinds of trouble that can be switched: what each does, how it is written, and from its text and back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from mock_server import faults as trouble
from mock_server.durations import written
from mock_server.faults import FAULTS, Faults, known
from mock_server.refusals import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NONE = Faults()


@dataclass(frozen=True, slots=True)
class Knob:
    """A kind of trouble: the attribute of Faults that it is, and its choices with their sentences where it has any."""

    attribute: str
    sentence: str
    example: str
    read: Callable[[str], Any]
    written: Callable[[Any], str] = str
    choices: Mapping[str, str] = field(default_factory=dict)


def _rate_limit(found: tuple[int, float]) -> str:
    return f"{found[0]}/s" if found[1] == 1 else f"{found[0]}/{written(found[1])}"


def _errors(text: str) -> tuple[str, ...]:
    return tuple(known(name.strip()).name for name in text.split(","))


def _seed(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) <= 15:
        return int(text)
    raise Misconfigured(f"--error-seed is a whole number, not {text!r}")


KNOBS: Mapping[str, Knob] = {
    "latency": Knob(
        "latency",
        "Answers come later: by a time, one between two, or as networks spread them.",
        "50..400ms",
        trouble.latency,
    ),
    "status": Knob("status", "This status comes in place of an answer.", "503", trouble.status),
    "error": Knob(
        "errors",
        "Requests fail in this way, or in one of several.",
        "partial-data",
        _errors,
        ", ".join,
        {fault.name: fault.sentence for fault in FAULTS.values()},
    ),
    "error-rate": Knob(
        "error_rate",
        "Only this share of the requests fails; alone, as networks do.",
        "0.02",
        trouble.error_rate,
        "{:.10g}".format,
    ),
    "error-seed": Knob("seed", "Which requests that share is.", "20", _seed),
    "rate-limit": Knob(
        "rate_limit", "What comes beyond gets 429 with Retry-After.", "30/s", trouble.rate_limit, _rate_limit
    ),
}


def turned(faults: Faults, name: str, value: object) -> Faults:
    """Return the faults with one of the knobs turned; null and an empty text are none of it."""
    knob = KNOBS[name]
    if isinstance(value, list | dict | bool):
        raise Misconfigured(f"{name} is text, like {knob.example!r}, not {value!r}")
    found = getattr(_NONE, knob.attribute) if value is None or value == "" else knob.read(str(value))
    return replace(faults, **{knob.attribute: found})


def told(faults: Faults) -> dict[str, str | None]:
    """Return where each knob stands, as it is written; None is where it stands unasked."""
    found = {name: getattr(faults, knob.attribute) for name, knob in KNOBS.items()}
    return {
        name: None if value == getattr(_NONE, KNOBS[name].attribute) else KNOBS[name].written(value)
        for name, value in found.items()
    }
