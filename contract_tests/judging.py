"""One clause over its questions: judges each, doubts each mismatch, and makes the broken question small."""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Generic, TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.database import ExampleDatabase
from hypothesis.errors import Unsatisfiable

from contract_tests.assertions import Assertion
from contract_tests.budget import CannotAsk
from contract_tests.gathering import Gathering
from contract_tests.messages import Reply, Request
from contract_tests.movement import moved, moved_totals, resealed, said, same
from contract_tests.questions import Question
from contract_tests.scopes import Depth, Suspected
from contract_tests.tallying import Mismatch, Outcome, Share, Tally
from contract_tests.target import Target
from contract_tests.verdict import CannotJudge, Refused
from contract_tests.words import Words

Case = TypeVar("Case")

# How often a mismatch on moving data is asked again before the question is given up.
ATTEMPTS = 3
# After so many questions that never met still data, a period is asked no more.
RESTLESS = 3
# So many cases are looked at together, to ask ahead what they are going to ask.
GROUP = 24


class Trial(Generic[Case]):
    """One test of one clause, against one target."""

    def __init__(
        self,
        target: Target,
        words: Words,
        assertion: Assertion[Case],
        share: Share,
        depth: Depth,
        *,
        promises_answers: bool = True,
        gathering: Gathering | None = None,
        examples: ExampleDatabase | None = None,
    ) -> None:
        self.target, self.words, self.depth = target, words, depth
        self._gathering, self._examples = gathering, examples
        self.tally = Tally()
        self._scope, self._body, self._asks_again = assertion.scope, assertion.body, assertion.asks_again
        self._promises_answers, self._share = promises_answers, share
        self._failed: dict[Case, bool] = {}
        self._budget = budget = target.memory.client.budget
        self._requests_at_start, self._seconds_at_start = budget.spent, budget.seconds_left
        # What another test met with is asked about at length: that, too, was seen once.
        doubtful = isinstance(assertion.scope, Suspected) and share.most is not None
        budget.allow(max(share.most or 0, share.doubt) if doubtful else share.most)

    def judge(self, seeded: int) -> Mismatch[Case] | None:
        """Judge the telling cases and then drawn ones; return the first mismatch that is confirmed, made small."""
        for case in self._asked_ahead(self._scope.telling(self.words, self.depth)):
            if self._failed and self._share_spent():
                break
            if self._mismatches(case) and (confirmed := self._confirmed(case)):
                return self._smallest(confirmed)
        drawn = self._draw(seeded)
        if drawn is not None and (confirmed := self._confirmed(drawn)):
            return self._smallest(confirmed)
        return None

    def _asked_ahead(self, cases: Iterator[Case]) -> Iterator[Case]:
        """Yield cases, with as much of what they are going to ask as can be asked together."""
        if self._gathering is None or self._asks_again:
            yield from cases
            return
        size = max(1, self._gathering.most)
        while group := tuple(islice(cases, size)):
            self._gathering.ask_ahead(partial(self._body, self.target, case) for case in group)
            yield from group
            # Unless the first ones were long walks, more at a time leave fewer places in an operation empty.
            size = GROUP

    def _mismatches(self, case: Case) -> bool:
        """Judge one case, once, and tally how it went; say whether the clause's assertion failed on it."""
        if case not in self._failed:
            outcome = CannotAsk("the data moves too fast") if self._restless(case) else self._judged(case)
            self.tally.count(outcome)
            self._failed[case] = isinstance(outcome, AssertionError)
        return self._failed[case]

    def _judged(self, case: Case) -> Outcome:
        try:
            self._body(self.target, case)
        except Refused as refusal:
            # Whether a legal question is answered at all is for some clauses to say; how pages go on, for all.
            return refusal if self._promises_answers or not refusal.from_start else CannotJudge(str(refusal))
        except (AssertionError, CannotJudge, CannotAsk) as outcome:
            return outcome
        return None

    def _confirmed(self, case: Case) -> Mismatch[Case] | None:
        """Doubt a mismatch; what was seen once is worth more than what other clauses may see yet."""
        # Where data moves, mismatches follow each other, and have this together; what asks again by itself has it anew.
        since = self._budget.spent if self._asks_again else self._requests_at_start
        with self._budget.allowing(since + self._share.doubt - self._budget.spent):
            return self._asked_again(case)

    def _asked_again(self, case: Case) -> Mismatch[Case] | None:
        """Ask everything again that the mismatch rests on.

        Where the same answers come, they all held together at the moment between the two rounds, whatever moves
        before or after: the clause is broken. Other answers are explained by movement, or they are not.
        An assertion that asks again by itself, and reckons with movement, has to fail once more.
        """
        if self._asks_again:
            return self._failing_again(case)
        _, told = self._told(case)
        beside_others = self.target.memory.gathered(told)
        unexplained: AssertionError | None = None
        self._failed[case] = False
        for attempt in range(ATTEMPTS):
            if attempt and self._share_spent():
                self.tally.troubles.append(
                    "a mismatch was asked again with other answers, and then the share was spent"
                )
                return None
            ever = self.target.memory.everything()
            outcome, again = self._told_anew(case, told)
            if isinstance(outcome, AssertionError) and same(told, again):
                return self._mismatch(case, outcome)
            movement = moved(told, again, ever) or self._moved_totals(case, told, again)
            if movement:
                self.tally.movements.append(movement)
                self._forget(case)
            if beside_others and self._gathering:
                if not movement:
                    self._gathering.doubt(beside_others, told, again)
            else:
                self._note_contradictions(told, again, case, movement or outcome)
            if not isinstance(outcome, AssertionError):
                self.tally.count(outcome)
                return None
            unexplained = None if movement or beside_others else outcome
            told, beside_others = again, {}
        if unexplained:
            return self._mismatch(case, unexplained)
        self.target.unsettled[getattr(case, "period", "")] += 1
        return None

    def _moved_totals(self, case: Case, told: Mapping[str, Reply], again: Mapping[str, Reply]) -> str | None:
        """Say in words how totals moved; a period's flows, taken anew, show whether they did."""
        period = getattr(case, "period", None)
        return moved_totals(told, again, self.target, self.words.census(period) if period else None)

    def _failing_again(self, case: Case) -> Mismatch[Case] | None:
        """Run an assertion once more that asks again by itself, and reckons with movement."""
        outcome, _ = self._told(case)
        if isinstance(outcome, AssertionError):
            return self._mismatch(case, outcome)
        self._failed[case] = False
        self.tally.count(outcome)
        return None

    def _told(self, case: Case) -> tuple[Outcome, dict[str, Reply]]:
        with self.target.memory.telling() as told:
            outcome = self._judged(case)
        return outcome, dict(told)

    def _told_anew(self, case: Case, told: Mapping[str, Reply]) -> tuple[Outcome, dict[str, Reply]]:
        """Judge again on new answers; without cursors, where all that changed is how these are sealed."""
        with self.target.memory.forgetting():
            outcome, again = self._told(case)
            if not self.target.cursors_vary and resealed(told, again):
                self.target.cursors_vary = True
                outcome, again = self._told(case)
        return outcome, again

    def _mismatch(self, case: Case, error: AssertionError) -> Mismatch[Case]:
        self._failed[case] = True
        return Mismatch(case, error)

    def _note_contradictions(
        self, told: Mapping[str, Reply], again: Mapping[str, Reply], case: Case, explained: object
    ) -> None:
        """Keep the requests that were answered in two ways: consistency.repeatable asks them many times."""
        if explained is None and not same(told, again) and not any(reply.failed for reply in told.values()):
            self.tally.contradictions.append(f"asked again, a question was answered otherwise: {case}")
        for key in told.keys() & again.keys():
            if said(told[key]) != said(again[key]):
                self.target.contradict(Request.of_key(key), told[key].before, again[key].before)

    def _restless(self, case: Case) -> bool:
        return self.target.unsettled[getattr(case, "period", "")] >= RESTLESS

    def _forget(self, case: Case) -> None:
        if isinstance(case, Question):
            self.target.memory.forget(case.period)

    def _smallest(self, mismatch: Mismatch[Case]) -> Mismatch[Case]:
        """Take simpler questions as long as they are broken too and the share lasts; unconfirmed, one is not taken."""
        smaller = self._shrunk(mismatch.case)
        return (self._confirmed(smaller) if smaller != mismatch.case else None) or mismatch

    def _shrunk(self, case: Case) -> Case:
        for simpler in self._scope.simpler(case):
            if not self._share_spent() and self._mismatches(simpler):
                return self._shrunk(simpler)
        return case

    def _draw(self, seeded: int) -> Case | None:
        """Let Hypothesis look for a mismatch; return its smallest."""
        strategy = self._scope.drawn(self.words)
        if strategy is None or not self._scope.many(self.depth) or (self._failed and self._share_spent()):
            return None
        found: list[Case] = []

        def attempt(case: Case) -> None:
            if case not in self._failed and self._share_spent():
                return
            if self._mismatches(case):
                found.append(case)
                raise AssertionError

        # Hypothesis keeps examples by a digest of the function, which is one and the same for all clauses.
        attempt._hypothesis_internal_add_digest = self._body.__qualname__.encode()  # type: ignore[attr-defined]  # as its pytest plugin does
        drawing = settings(
            max_examples=self._scope.many(self.depth),
            database=self._examples,
            deadline=None,
            phases=(Phase.reuse, Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        )
        try:
            # In this order: a seed takes the database away.
            drawing(seed(seeded)(given(case=strategy)(attempt)))()
        except AssertionError:
            return found[-1]
        except Unsatisfiable:
            pass  # the target's words leave nothing to draw from
        return None

    def _share_spent(self) -> bool:
        return (
            self.tally.spent is not None
            or self._budget.spent - self._requests_at_start >= self._share.requests
            or self._seconds_at_start - self._budget.seconds_left >= self._share.seconds
        )
