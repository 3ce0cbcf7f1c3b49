"""What each test may spend of a run's budget, so that none is left without for what others took."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from contract_tests.assertions import Assertion
from contract_tests.budget import Budget
from contract_tests.scopes import Suspected
from contract_tests.tallying import Share

# A test begins no further question after so many requests, or more where there is more for each.
LEAST, PART_OF_LEAST = 40, 30
GENEROSITY = 1.1
# So many requests are kept for each test that is still to come: one, more where one has to ask much anew, and none
# where it asks of what others suspect.
RESERVED = {
    "operation": 4,
    "operation.documented": 6,
    "organization": 4,
    "access": 14,
    "consistency": 12,
    "consistency.concurrent": 16,
    "consistency.aliases": 9,
    "consistency.literals": 9,
    "consistency.fragments": 4,
    "stats": 2,
    "robustness": 4,
}
# A question that is begun may take a part of what is reserved for none.
PART_OF_SLACK = 2
# To ask a mismatch again, the first of a family may take a part of all that is left.
PART_OF_DOUBT = 2
# So many are kept for the behaviour profile, but for no more than their part of a small budget.
FOR_OBSERVATIONS, PART = 32, 12


class Allotment:
    """A budget, and the tests that are still to come."""

    def __init__(self, budget: Budget, *, observes: bool) -> None:
        self._budget = budget
        self._kept = min(FOR_OBSERVATIONS, budget.max_requests // PART) if observes else 0
        self._left: Counter[str] = Counter()
        self._reserved = 0
        self._elsewhere = 0
        self._broken: set[str] = set()
        self._doubts: Counter[str] = Counter()

    def expect(self, assertions: Iterable[Assertion[Any]], workers: int = 1) -> None:
        """Learn what each test asserts; the budget is for those that this one of the workers runs."""
        to_come = tuple(assertions)
        self._left = Counter(assertion.clause for assertion in to_come)
        self._reserved = sum(map(_reserved, to_come))
        self._elsewhere = len(to_come) - -(-len(to_come) // workers)

    def end(self, assertion: Assertion[Any], *, broken: bool = False) -> bool:
        """Take notice that a test has run, and what it found; return whether it was the last one of its clause."""
        self._left[assertion.clause] -= 1
        self._reserved -= _reserved(assertion)
        self._broken |= {_family(assertion)} if broken else set()
        return self._left[assertion.clause] <= 0

    def doubt(self, assertion: Assertion[Any]) -> None:
        """Take notice that a mismatch did not come again: the next one of its family may take half as much."""
        self._doubts[_family(assertion)] += 1

    def share(self, assertion: Assertion[Any]) -> Share:
        """Share what is left among this test and those that are still to come.

        The first of them bring the answers that the later ones rest on, and so may spend more: a little before they
        begin another question, and for one that is begun a part of what is reserved for no other.
        """
        every = max(1, self._left.total())
        tests = max(1, every - self._elsewhere)
        left = max(0, self._budget.requests_left - self._kept)
        reserved, family = self._reserved * tests // every, _family(assertion)
        full = _reserved(assertion)
        # Where there is less than all are to have, each has less.
        own = min(full, max(1, full * left // max(1, reserved)))
        others = max(0, reserved - full)
        least = min(LEAST, self._budget.max_requests // PART_OF_LEAST, left // 10)
        return Share(
            requests=max(least, own, int(GENEROSITY * left / tests)),
            seconds=GENEROSITY * self._budget.seconds_left / tests,
            most=own + max(0, left - others - own) // (PART_OF_SLACK if others else 1),
            doubt=0 if family in self._broken else left // PART_OF_DOUBT >> self._doubts[family],
        )


def _reserved(assertion: Assertion[Any]) -> int:
    if isinstance(assertion.scope, Suspected):
        return 0
    return RESERVED.get(assertion.clause, RESERVED.get(_family(assertion), 1))


def _family(assertion: Assertion[Any]) -> str:
    return assertion.clause.partition(".")[0]
