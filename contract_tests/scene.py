"""A target seen in one period: arguments that need not be legal, and what becomes of them in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from contract_tests import contract
from contract_tests.answers import Flow, Page, Rows, page
from contract_tests.messages import Reply
from contract_tests.questions import Question, Sort
from contract_tests.target import Target
from contract_tests.words import Words

NOT_SEEN = "not seen"
REFUSED, EVERYTHING, NOTHING, OTHER = "refused", "everything", "nothing", "other"


@dataclass(frozen=True, slots=True)
class Scene:
    """A target seen in one period."""

    target: Target
    words: Words

    @property
    def period(self) -> str:
        return self.words.censuses[0].period if self.words.censuses else self.words.periods[0]

    @property
    def flows(self) -> tuple[Flow, ...]:
        """Everything in the period, in the default order."""
        return self.words.censuses[0].flows if self.words.censuses else ()

    def reply(self, **arguments: Any) -> Reply:
        """Ask with arguments that need not be legal."""
        variables = {**self.target.variables(Question(self.period)), **arguments}
        return self.target.reply(contract.operation(contract.DETAILS), variables)

    def page(self, **arguments: Any) -> Page | None:
        """Return the page for such arguments; None where they are refused."""
        details = self.reply(**arguments).data_of(contract.DETAILS)
        return page(details) if details is not None else None

    def whole(self, **arguments: Any) -> tuple[Flow, ...] | None:
        """Return all flows for such arguments in the order in which they come; None where they are refused."""
        found: list[Flow] = []
        cursor: dict[str, Any] = {}
        while (one := self.page(**arguments, first=self.target.largest, **cursor)) is not None:
            found += one.flows
            if not (one.has_next_page and one.flows and one.end_cursor) or len(found) > 2 * one.total_flows:
                return tuple(found)
            cursor = {"after": one.end_cursor}
        return None

    def sorted_by(self, by: str, order: str) -> tuple[Flow, ...]:
        return self.target.whole(Question(self.period, sort=Sort(by, order))).flows

    def amount(self, *, none: str = NOTHING, **arguments: Any) -> str:
        """Say how many of the flows come: all, none, some."""
        came = self.whole(**arguments)
        if came is None:
            return REFUSED
        return EVERYTHING if Rows(came) == Rows(self.flows) else "some" if came else none

    def alike(self, same: str, other: str, plainly: Mapping[str, Any], varied: Mapping[str, Any]) -> str:
        """Say whether arguments in another writing bring the same flows as in the plain one."""
        expected, came = self.whole(**plainly), self.whole(**varied)
        if not expected:
            return NOT_SEEN
        return REFUSED if came is None else same if Rows(came) == Rows(expected) else other


Observations = Mapping[str, Callable[[Scene], str]]
