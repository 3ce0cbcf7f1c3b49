"""How much later answers come: by one time, by any between two, or by times spread as those of networks are."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mock_server.durations import NUMBER, UNIT, duration, written
from mock_server.refusals import Misconfigured

if TYPE_CHECKING:
    from random import Random

_TIME = rf"{NUMBER}(?:{UNIT})"
# Of a normal distribution, 99 in 100 lie below so many deviations above the middle.
_NEARLY_ALL = 2.3263


@dataclass(frozen=True, slots=True)
class Between:
    """Any time between two, in seconds, each as likely."""

    shortest: float
    longest: float

    def drawn(self, random: Random) -> float:
        return random.uniform(self.shortest, self.longest)

    def __str__(self) -> str:
        longest = written(self.longest)
        return longest if self.shortest == self.longest else f"{written(self.shortest)}..{longest}"


@dataclass(frozen=True, slots=True)
class LogNormal:
    """Times of which half are below `p50` and 99 in 100 below `p99`, in seconds; a few are far longer."""

    p50: float
    p99: float

    def drawn(self, random: Random) -> float:
        return random.lognormvariate(math.log(self.p50), math.log(self.p99 / self.p50) / _NEARLY_ALL)

    def __str__(self) -> str:
        return f"p50={written(self.p50)},p99={written(self.p99)}"


Latency = Between | LogNormal


def latency(text: str, name: str = "--latency") -> Latency:
    """Read `120ms`, `50..400ms`, `50ms..2s` or `p50=120ms,p99=2s`; raise Misconfigured in `name` for anything else."""
    if match := re.fullmatch(rf"p50=({_TIME}),p99=({_TIME})", text, re.ASCII):
        half, most = _time(match[1]), _time(match[2])
        if not 0 < half <= most:
            raise Misconfigured(f"{name} {text}: p50 is above nothing, and p99 not below it")
        return LogNormal(half, most)
    if match := re.fullmatch(rf"(?:({NUMBER})({UNIT})?\.\.)?({NUMBER})({UNIT})", text, re.ASCII):
        longest = _time(match[3] + match[4])
        shortest = _time(match[1] + (match[2] or match[4])) if match[1] else longest
        if shortest > longest:
            raise Misconfigured(f"{name} {text} begins above its end")
        return Between(shortest, longest)
    raise Misconfigured(f"{name} is a time like 120ms, two like 50..400ms, or p50=120ms,p99=2s, not {text!r}")


def _time(text: str) -> float:
    return duration(text) or 0.0
