"""How the questions of one test went, what follows from that, and what it may spend on them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from contract_tests.budget import BudgetSpent, CannotAsk
from contract_tests.judgements import Judgement
from contract_tests.verdict import CannotJudge, NotExercised, Verdict

Case = TypeVar("Case")
# What became of one question: a failed assertion, a cause for not judging, or nothing to say against it.
Outcome = AssertionError | CannotJudge | CannotAsk | None


@dataclass(frozen=True, slots=True)
class Share:
    """What one test may spend of the run's budget before it begins no further question, and requests in all, if so.

    To ask again what a mismatch rests on it may spend at least `doubt` more.
    """

    requests: int
    seconds: float
    most: int | None = None
    doubt: int = 0


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

    @property
    def doubted(self) -> bool:
        """Whether a mismatch did not come again."""
        return bool(self.movements or self.contradictions)

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


def concluded(name: str, tally: Tally) -> Judgement:
    """The verdict of a test that found no mismatch."""
    ended = (f"not all was asked: {tally.spent}",) if tally.spent else ()
    notes = tuple(dict.fromkeys((*tally.movements[:3], *tally.contradictions[:3], *ended)))
    if tally.judged:
        return Judgement(name, Verdict.KEPT, notes=(*notes, *_left_out(tally.troubles)))
    if tally.troubles or tally.spent:
        return Judgement(name, Verdict.INCONCLUSIVE, tally.spent or tally.troubles[0], notes=notes)
    reasons = sorted(set(tally.passed_over), key=tally.passed_over.count)
    return Judgement(
        name, Verdict.NOT_EXERCISED, reasons[-1] if reasons else "the data offers no question", notes=notes
    )


def _left_out(troubles: Sequence[str]) -> tuple[str, ...]:
    """Say how many questions could not be judged beside those that could, and what was the matter most often."""
    if not troubles:
        return ()
    (trouble, _), *_ = Counter(troubles).most_common(1)
    return (f"of its questions {len(troubles)} more could not be judged: {trouble}",)
