"""Semantic faults on request: every deviation by its name, a module a family."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from mock_server.deviations import (
    access,
    aliasing,
    concurring,
    continuing,
    cursors,
    fragments,
    hostile_texts,
    isolating,
    keeping,
    literals,
    next_page,
    nulls,
    operation,
    operation_arguments,
    operation_values,
    ordering,
    ordering_names,
    ordering_sets,
    organization,
    paging,
    periods,
    refusing,
    remembering,
    repeating,
    robustness,
    schema,
    searching,
    searching_matches,
    selecting,
    stats,
    stats_history,
    ties,
    tokens,
    totals,
    totals_by_page,
    totals_by_question,
    unknown_cursors,
)
from mock_server.deviations.deviation import Deviation, deviation
from mock_server.refusals import unknown_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# In the order in which the contract is read.
FAMILIES = (
    operation,
    operation_values,
    operation_arguments,
    organization,
    tokens,
    refusing,
    keeping,
    access,
    periods,
    totals,
    totals_by_page,
    totals_by_question,
    selecting,
    searching,
    searching_matches,
    hostile_texts,
    nulls,
    ordering,
    ordering_names,
    ordering_sets,
    paging,
    next_page,
    cursors,
    unknown_cursors,
    continuing,
    ties,
    remembering,
    repeating,
    isolating,
    concurring,
    aliasing,
    literals,
    fragments,
    stats,
    stats_history,
    schema,
    robustness,
)

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
