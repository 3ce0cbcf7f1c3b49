"""A flow and what it consumed in one period: a row of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mock_server.records import Project


@dataclass(frozen=True, slots=True)
class Flow:
    """What one flow consumed in a period; two flows may be equal in all of it."""

    name: str
    project: Project
    tasks: int
    runs: int
    last_run_at: datetime | None
    status: str


Flows = tuple[Flow, ...]
