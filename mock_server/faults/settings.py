"""Which trouble there is for every request, and how it is written on the command line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mock_server.durations import UNIT, seconds
from mock_server.refusals import Misconfigured

if TYPE_CHECKING:
    from mock_server.faults.latencies import Latency

# Who knows the seed can have the same trouble again.
SEED = 20


@dataclass(frozen=True, slots=True)
class Faults:
    """Which trouble there is.

    `status` answers in place of the server; `errors` are names of faults, of which each request gets one. They are for
    the share `error_rate` of the requests, which is all of them where it is None; a share without a status and without
    names is for what networks do. `rate_limit` is requests in so many seconds, and `hang` how many seconds a request
    that hangs is held, or a body takes that drips.
    """

    latency: Latency | None = None
    status: int | None = None
    errors: tuple[str, ...] = ()
    error_rate: float | None = None
    rate_limit: tuple[int, float] | None = None
    hang: float = 10.0
    seed: int = SEED

    @property
    def share(self) -> float:
        """Return which share of the requests fails."""
        return float(bool(self.errors or self.status)) if self.error_rate is None else self.error_rate


def status(text: str, name: str = "--status") -> int:
    """Read a status from 400 to 599; raise Misconfigured in `name` for anything else."""
    if not re.fullmatch(r"[45]\d\d", text, re.ASCII):
        raise Misconfigured(f"{name} is a status from 400 to 599, not {text!r}")
    return int(text)


def error_rate(text: str) -> float:
    """Read a share between 0 and 1; raise Misconfigured for anything else."""
    if not re.fullmatch(r"0(\.\d+)?|1(\.0+)?|\.\d+", text, re.ASCII):
        raise Misconfigured(f"--error-rate is a share of the requests like 0.02, not {text!r}")
    return float(text)


def rate_limit(text: str) -> tuple[int, float]:
    """Read `30/s` or `60/10s`; raise Misconfigured for anything else."""
    match = re.fullmatch(rf"(\d{{1,6}})/(\d{{0,6}})({UNIT})", text, re.ASCII)
    if not match or not int(match[1]) or not int(match[2] or 1):
        raise Misconfigured(f"--rate-limit is requests in a time, like 30/s or 60/10s, not {text!r}")
    return int(match[1]), seconds(match[2] or "1", match[3])
