"""One run against one target: opens it, takes the census, judges clause after clause, keeps the ledger."""

import re
import time
import traceback
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any, Protocol, TypeVar

import pytest

from contract_tests import contract
from contract_tests.allotting import Allotment
from contract_tests.assertions import Assertion
from contract_tests.budget import Budget, BudgetSpent, CannotAsk
from contract_tests.examples import database
from contract_tests.findings import finding
from contract_tests.gathering import Gathering
from contract_tests.judgements import Finding, Judgement
from contract_tests.judging import Trial
from contract_tests.ledger import Ledger
from contract_tests.messages import Timing
from contract_tests.observing import baseline, observe
from contract_tests.opening import opened
from contract_tests.options import Options
from contract_tests.questions import Question
from contract_tests.recalling import Recalled, Recorded
from contract_tests.scopes import Depth
from contract_tests.tallying import Mismatch, concluded
from contract_tests.target import Target
from contract_tests.verdict import CannotJudge, Evidence, Verdict
from contract_tests.words import Words, words

Case = TypeVar("Case")
# So many cases of each test are asked about together with those of all others, for no more than a part of the budget.
AHEAD, PART_AHEAD = 16, 3
# A census takes no more than a part of what is left: a pager that repeats itself would have all of it.
PART_OF_CENSUS = 5
# Clauses on what an answer is like, once there is one.
NO_PROMISE = re.compile(r"totals\.|page\.|stats\.|operation\.(types|last-run-at|reserved)")
# The clauses on the answers to legal questions, which a question can be asked for beside others.
ASKED_BESIDE_OTHERS = re.compile(r"(period|totals|filter|sort|page|consistency)\.|operation\.(types|last|reserved)")
WHOLE_CLAUSE = "the recorded question shows nothing here: the whole clause was judged"


class Listener(Protocol):
    """Is told how a run goes."""

    def opened(self, session: "Session") -> None:
        """Take notice that the target answers, and of what it has."""

    def judging(self, session: "Session", clause: str) -> None:
        """Take notice that a clause is about to be judged."""

    def judged(self, session: "Session", judgement: Judgement) -> None:
        """Take notice of the verdict on a clause, once all its tests have run."""


class Session:
    """A run under way."""

    def __init__(self, options: Options, listener: Listener | None = None) -> None:
        self.options = options
        self.ledger = Ledger(contract.clauses()[name] for name in options.selected)
        self._assertions: tuple[Assertion[Any], ...] = ()
        self.started = time.time()
        self.compared: tuple[object, object] | None = None
        self.target: Target | None = None
        self.words: Words | None = None
        self.gathering: Gathering | None = None
        self.trouble: str | None = None
        self.crashes: list[str] = []
        self.observations: dict[str, str] = {}
        self.baseline = baseline(options)
        self._examples = database(options.examples)
        self.budget = Budget(options.max_requests, options.max_seconds)
        self._allotment = Allotment(self.budget, observes=self._observes)
        self._listener = listener
        self._doors = ExitStack()

    def open(self) -> None:
        """Reach the target and take a census of each period.

        What stands in the way is kept as `trouble` and makes every clause inconclusive.
        """
        if self.target is not None or self.trouble is not None:
            return
        try:
            self.target = self._doors.enter_context(opened(self.options, self.budget))
            self.target.baseline = self.baseline
            self.words = self._words(self.target)
            self.gathering = Gathering(self.target, self.options.profile.together)
            self.gathering.try_out()
            self._look_ahead()
        except CannotAsk as trouble:
            self.trouble = str(trouble)
        if self._listener:
            self._listener.opened(self)

    def observe(self) -> None:
        """Take the behaviour profile, where the whole contract is judged or a baseline asks for it."""
        if self._observes and self.target is not None and self.words is not None and not self.budget.stopped:
            self.budget.allow(None)
            self.observations = observe(self.target, self.words)

    def expect(self, assertions: Iterable[Assertion[Any]], workers: int = 1) -> None:
        """Learn what will be judged; the budget is shared among the tests that this one of the workers runs."""
        self._assertions = tuple(assertions)
        self._allotment.expect(self._assertions, workers)

    def close(self) -> None:
        """Let go of connections, and of the mock where one was started."""
        self._doors.close()

    @property
    def url(self) -> str | None:
        return self.target.memory.client.url if self.target else self.options.target

    @property
    def requests(self) -> int:
        return self.budget.spent

    @property
    def timings(self) -> list[Timing]:
        """How long each answer took."""
        return self.target.memory.client.timings if self.target else []

    def judge(self, assertion: Assertion[Case]) -> None:
        """Judge a clause by one test, enter the verdict, and end the pytest test accordingly."""
        self.open()
        name = assertion.clause
        if self._listener:
            self._listener.judging(self, name)
        recorded = self.options.recorded.get(name)
        judgement = None if recorded is None else self._recalled(assertion, recorded)
        if judgement is None:
            judgement = self._judgement(assertion)
            judgement.notes += () if recorded is None else (WHOLE_CLAUSE,)
        self.ledger.enter(judgement)
        is_last = self._allotment.end(assertion, broken=judgement.verdict == Verdict.BROKEN)
        if is_last and self._listener:
            self._listener.judged(self, self.ledger.judgement(name) or judgement)
        if judgement.finding:
            lines = [judgement.reason, *map(str, judgement.finding.difference), judgement.finding.curl]
            pytest.fail("\n".join(lines), pytrace=False)
        if judgement.verdict != Verdict.KEPT:
            pytest.skip(f"{judgement.verdict}: {judgement.reason}")

    def _recalled(self, assertion: Assertion[Case], recorded: Recorded) -> Judgement | None:
        """Judge a clause by a recorded case; return None where there is no such case, or the data cannot show it."""
        judgement = self._judgement(replace(assertion, scope=Recalled(assertion.scope, recorded)))
        return None if judgement.verdict == Verdict.NOT_EXERCISED else judgement

    def _judgement(self, assertion: Assertion[Case]) -> Judgement:
        name = assertion.clause
        if self.trouble is not None or self.target is None or self.words is None:
            return Judgement(name, Verdict.INCONCLUSIVE, self.trouble or "the target was not reached")
        target = self.target
        target.evidence = Evidence()
        budget = self.budget
        spent = budget.spent
        trial = Trial(
            target,
            self.words,
            assertion,
            self._allotment.share(assertion),
            self._depth(),
            gathering=self.gathering if ASKED_BESIDE_OTHERS.match(name) else None,
            promises_answers=not NO_PROMISE.match(name),
            examples=self._examples,
        )
        try:
            mismatch = trial.judge(self.options.seed)
        except Exception as error:  # a fault of the suite must not hide what the other clauses show
            self.crashes.append(self._redacted("".join(traceback.format_exception(error))))
            reason = self._redacted(f"the suite itself failed: {type(error).__name__}: {error}")
            return Judgement(name, Verdict.INCONCLUSIVE, reason)
        judgement = concluded(name, trial.tally)
        if mismatch:
            judgement.verdict, judgement.reason = Verdict.BROKEN, contract.clauses()[name].sentence
            judgement.finding = self._finding(target, self.words, mismatch, assertion.body)
            if isinstance(mismatch.case, Question):
                target.suspects.append(mismatch.case)
        elif trial.tally.doubted:
            self._allotment.doubt(assertion)
        judgement.evidence = target.evidence
        judgement.evidence.questions = trial.tally.judged + bool(mismatch)
        judgement.evidence.requests = budget.spent - spent
        return judgement

    def _finding(
        self, target: Target, given: Words, mismatch: Mismatch[Case], body: Callable[[Target, Case], None]
    ) -> Finding:
        """Run the broken case once more on what is remembered, to see what was compared."""
        self.compared = None
        case, error = mismatch.case, mismatch.error
        with target.memory.telling() as told:
            try:
                body(target, case)
            except AssertionError as again:
                error = again
            except (CannotJudge, CannotAsk):
                pass
        return finding(target, given, case, body.__name__, told, self.compared, error)

    def _look_ahead(self) -> None:
        """Ask together what the tests ask first: many walks one beside the other cost no more than the longest."""
        if self.target is None or self.words is None or self.gathering is None or not self.gathering.works:
            return
        self.budget.allow(self.budget.requests_left // PART_AHEAD)
        self.gathering.ask_ahead(
            partial(assertion.body, self.target, case)
            for assertion in filter(self._may_be_asked_ahead, self._assertions)
            for case in islice(assertion.scope.telling(self.words, self._depth()), AHEAD)
        )

    def _may_be_asked_ahead(self, assertion: Assertion[Any]) -> bool:
        # Of a recorded finding no more is asked than what it says.
        is_recorded = assertion.clause in self.options.recorded
        return bool(ASKED_BESIDE_OTHERS.match(assertion.clause)) and not assertion.asks_again and not is_recorded

    @property
    def _observes(self) -> bool:
        return not self.options.only or self.options.baseline is not None

    def _depth(self) -> Depth:
        """How much is asked: less, where each question costs a request that was to share one."""
        profile = self.options.profile
        gathers = self.gathering is not None and self.gathering.works
        return profile.depth if gathers or profile.alone is None else profile.alone

    def _redacted(self, text: str) -> str:
        return self.options.access.redacted(text) if self.options.access else text

    def _words(self, target: Target) -> Words:
        censuses = []
        for period in self.options.periods:
            self.budget.allow(self.budget.requests_left // PART_OF_CENSUS)
            try:
                censuses.append(target.census(period))
            except (CannotJudge, AssertionError):
                continue  # the clauses say why; without a census a period is not asked for predictions
            except BudgetSpent:
                if self.budget.is_spent:
                    raise
        self.budget.allow(None)
        return words(self.options.periods, censuses, target.largest)
