"""Sums over a whole set of flows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mock_server.usage.flows import Flow


@dataclass(frozen=True, slots=True)
class Totals:
    """How many flows there are, and the tasks they consumed together."""

    flows: int
    tasks: int


def totals(flows: Sequence[Flow]) -> Totals:
    """Return the number of flows and the sum of their tasks."""
    return Totals(len(flows), sum(flow.tasks for flow in flows))
