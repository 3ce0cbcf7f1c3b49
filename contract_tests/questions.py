"""A question to the details query: its arguments as a value. Knows nothing of answers, HTTP or targets."""

from dataclasses import dataclass
from typing import Any

CURRENT_MONTH, LAST_MONTH, LAST_3_MONTHS = "current_month", "last_month", "last_3_months"
# Last month first: it is closed, so what is learnt there stands still while it is being judged.
PERIODS = (LAST_MONTH, CURRENT_MONTH, LAST_3_MONTHS)

ASCENDING, DESCENDING = "asc", "desc"
USAGE, NAME, STATUS = "usage", "name", "status"
SORT_FIELDS = (USAGE, NAME, STATUS)


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort criterion: any text is a legal field, and an unknown one means the default order."""

    by: str
    order: str

    @property
    def known(self) -> bool:
        return self.by in SORT_FIELDS

    @property
    def field(self) -> str:
        """The field that the contract makes of it."""
        return self.by if self.known else USAGE

    @property
    def descending(self) -> bool:
        """Whether the greatest comes first: always, where the field is unknown."""
        return not self.known or self.order == DESCENDING


@dataclass(frozen=True, slots=True)
class Question:
    """The arguments of the details query, without the organization; None leaves an argument out."""

    period: str = CURRENT_MONTH
    status: str | None = None
    search: str | None = None
    sort: Sort | None = None
    first: int | None = None
    after: str | None = None

    @property
    def filtered(self) -> bool:
        return self.status is not None or self.search is not None

    @property
    def order(self) -> Sort:
        """The order that the answer must have: usage descending where none is asked for."""
        return self.sort or Sort(USAGE, DESCENDING)

    def variables(self) -> dict[str, Any]:
        """The variables of the documented operation, without the organization and without absent arguments."""
        given: dict[str, Any] = {
            "period": self.period,
            "status": self.status,
            "search": self.search,
            "sort": None if self.sort is None else {"by": self.sort.by, "order": self.sort.order},
            "first": self.first,
            "after": self.after,
        }
        return {name: value for name, value in given.items() if value is not None}
