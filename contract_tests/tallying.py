"""How the questions of one test went, and what it may spend on them."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from contract_tests.budget import BudgetSpent, CannotAsk
from contract_tests.verdict import CannotJudge, NotExercised

Case = TypeVar("Case")
# What became of one question: a failed assertion, a cause for not judging, or nothing to say against it.
Outcome = AssertionError | CannotJudge | CannotAsk | None


@dataclass(frozen=True, slots=True)
class Share:
    """What one test may spend of the run's budget before it begins no further question, and requests in all, if so."""

    requests: int
    seconds: float
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Mismatch(Generic[Case]):
    """A question on which the clause is broken, confirmed by asking again."""

    case: Case
    error: AssertionError


@dataclass(slots=True)
class Tally:
    """How the questions of one test went."""

    judged: int = 0
    passed_over: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    movements: list[str] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)
    spent: str | None = None

    def count(self, outcome: Outcome) -> None:
        """Take in how one question went; a mismatch counts only once it is confirmed."""
        match outcome:
            case None:
                self.judged += 1
            case NotExercised():
                self.passed_over.append(str(outcome))
            case BudgetSpent():
                self.spent = str(outcome)
            case CannotJudge() | CannotAsk():
                self.troubles.append(str(outcome))
