"""Semantic faults on request: every deviation by its name, a module a family."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from mock_server.deviations import totals
from mock_server.deviations.deviation import Deviation, deviation
from mock_server.refusals import unknown_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FAMILIES = (totals,)

_ALL = (deviation(fault) for family in FAMILIES for fault in family.DEVIATIONS)
DEVIATIONS: Mapping[str, Deviation] = MappingProxyType({known.name: known for known in _ALL})


def chosen(names: Iterable[str]) -> tuple[Deviation, ...]:
    """Return the deviations of these names; raise Misconfigured for one that there is not."""
    found = []
    for name in names:
        if name not in DEVIATIONS:
            raise unknown_name("deviation", name, DEVIATIONS)
        found.append(DEVIATIONS[name])
    return tuple(found)
