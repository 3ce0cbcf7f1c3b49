"""What was concluded on each clause, brought together at the end: causes told from consequences."""

from collections.abc import Iterable

from contract_tests.contract import Clause
from contract_tests.judgements import Judgement
from contract_tests.verdict import Verdict

# A clause judged by several tests is as bad as the worst of them; data that one of them lacks takes nothing away.
GRAVITY = (Verdict.NOT_EXERCISED, Verdict.KEPT, Verdict.INCONCLUSIVE, Verdict.BROKEN)


class Ledger:
    """The judgements of a run, one a clause."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self._clauses = {clause.id: clause for clause in clauses}
        self._judgements: dict[str, Judgement] = {}

    def enter(self, judgement: Judgement) -> None:
        """Add what one test concluded."""
        entered = self._judgements.get(judgement.clause)
        if entered is None:
            self._judgements[judgement.clause] = judgement
            return
        worse, other = sorted((entered, judgement), key=lambda one: GRAVITY.index(one.verdict), reverse=True)
        worse.evidence.add(other.evidence)
        worse.notes = tuple(dict.fromkeys((*worse.notes, *other.notes)))
        self._judgements[judgement.clause] = worse

    def judgement(self, clause: str) -> Judgement | None:
        """Return what has been concluded on a clause so far."""
        return self._judgements.get(clause)

    def settled(self, otherwise: Verdict, reason: str) -> list[Judgement]:
        """Return every clause's judgement in the contract's order, consequences pointing to their cause.

        A clause that no test has judged gets the verdict `otherwise` for the `reason`.
        """
        settled = [self._judgements.get(clause) or Judgement(clause, otherwise, reason) for clause in self._clauses]
        for judgement in settled:
            if judgement.verdict in (Verdict.BROKEN, Verdict.INCONCLUSIVE):
                judgement.follows_from = self._cause(judgement.clause)
        return settled

    def _cause(self, clause: str) -> str | None:
        """The first broken clause that this one rests on, followed to the one that rests on nothing broken."""
        cause, seen = None, {clause}
        following = self._broken_ground(clause)
        while following is not None and following not in seen:
            seen.add(following)
            cause, following = following, self._broken_ground(following)
        return cause

    def _broken_ground(self, clause: str) -> str | None:
        for ground in self._clauses[clause].rests_on:
            judgement = self._judgements.get(ground)
            if judgement is not None and judgement.verdict == Verdict.BROKEN:
                return ground
        return None
