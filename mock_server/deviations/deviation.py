"""What a deviation is: a class that overrides one step of an honest part and calls it with `super()`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

from mock_server.endpoint import Endpoint
from mock_server.execution import Execution
from mock_server.resolvers import Resolvers
from mock_server.usage.answering import Usage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mock_server.rulings import Rulings


class UsageDeviation(Usage):
    """A fault in the arithmetic. Its docstring is its sentence; state, where it needs any, stands on the instance."""

    breaks: ClassVar[tuple[str, ...]]
    shows_in: ClassVar[str | None] = None
    shows_under: ClassVar[Rulings | None] = None


class ResolversDeviation(Resolvers):
    """A fault between the arithmetic and GraphQL: whose usage, which arguments, what was selected."""

    breaks: ClassVar[tuple[str, ...]]
    shows_in: ClassVar[str | None] = None
    shows_under: ClassVar[Rulings | None] = None


class ExecutionDeviation(Execution):
    """A fault in the request as it is understood or in the response as it is written."""

    breaks: ClassVar[tuple[str, ...]]
    shows_in: ClassVar[str | None] = None
    shows_under: ClassVar[Rulings | None] = None


class EndpointDeviation(Endpoint):
    """A fault in who is let in, or between requests that are in flight together."""

    breaks: ClassVar[tuple[str, ...]]
    shows_in: ClassVar[str | None] = None
    shows_under: ClassVar[Rulings | None] = None


Fault = type[UsageDeviation] | type[ResolversDeviation] | type[ExecutionDeviation] | type[EndpointDeviation]


@dataclass(frozen=True, slots=True)
class Deviation:
    """A named way to break one clause; `world` and `rulings` are where it shows, None being the default ones."""

    name: str
    sentence: str
    breaks: tuple[str, ...]
    world: str | None
    rulings: Rulings | None
    fault: Fault


def _sentence(fault: Fault) -> str:
    return " ".join((fault.__doc__ or "").split())


def deviation(fault: Fault) -> Deviation:
    """Return the deviation that a class is, named after it: `PageOnlyTotals` is `page-only-totals`."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "-", fault.__name__).lower()
    return Deviation(name, _sentence(fault), fault.breaks, fault.shows_in, fault.shows_under, fault)


Part = TypeVar("Part", Usage, Resolvers, Execution, Endpoint)


def deviating(part: type[Part], chosen: Iterable[Deviation]) -> type[Part]:
    """Return the part with those of the chosen faults that are faults of this part, the first one outermost."""
    faults: tuple[type, ...] = tuple(deviation.fault for deviation in chosen if issubclass(deviation.fault, part))
    return type(f"Deviating{part.__name__}", (*faults, part), {}) if faults else part
