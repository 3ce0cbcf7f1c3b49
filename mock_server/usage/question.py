"""What is asked: the arguments of the details query, except whose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Period(StrEnum):
    """The time window to aggregate."""

    CURRENT_MONTH = "current_month"
    LAST_MONTH = "last_month"
    LAST_3_MONTHS = "last_3_months"


@dataclass(frozen=True, slots=True)
class Sort:
    """The field and the direction as they were sent: either may be absent or unknown."""

    by: str | None = None
    order: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question about an organization's usage; None is absent."""

    period: Period
    status: str | None = None
    search: str | None = None
    sort: Sort | None = None
    first: int | None = None
    after: str | None = None
