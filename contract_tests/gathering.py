"""Asks ahead: what several cases are going to ask one by one is asked in one operation, each under an alias.

Where requests are dear, one with eight questions tells as much as eight. Its answers are taken for what each question
is answered alone; a mismatch that rests on them is confirmed alone, and where that differs nothing is gathered any
more. Whether aliases answer as they should is a clause's business.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import cycle, islice

from contract_tests import contract
from contract_tests.access import Caller
from contract_tests.budget import BudgetSpent, CannotAsk
from contract_tests.memory import Beside, Missing
from contract_tests.merging import aliases, mergeable, merged
from contract_tests.messages import Reply, Request
from contract_tests.movement import said
from contract_tests.questions import SORT_FIELDS
from contract_tests.target import Target
from contract_tests.words import DOCUMENTED_STATUSES

# One check of one case.
Check = Callable[[], None]
# With fewer questions in an operation there is little to be had from it.
LEAST = 4
# After so many operations in a row without a single answer, fewer questions are asked in one.
PATIENCE = 3
_DOCUMENTED = contract.operation(contract.DETAILS)


class Gathering:
    """Asks a target up to so many questions in one operation, as long as it answers them; fewer where it has limits."""

    def __init__(self, target: Target, most: int) -> None:
        self.most = most
        self._target, self._memory = target, target.memory
        self._refused: set[str] = set()
        self._apart = False
        self._failures = 0

    @property
    def works(self) -> bool:
        """Whether several questions may be asked in one operation."""
        return self.most >= LEAST

    def try_out(self) -> None:
        """Ask again in one operation what was answered alone; gather nothing where other answers come."""
        known = list(filter(self._legal, map(Request.of_key, self._memory.replies())))
        with suppress(BudgetSpent):
            if self._takes_some(known):
                return
        self.give_up()

    def _takes_some(self, known: Sequence[Request]) -> bool:
        """Whether an operation of several known questions is answered as each was alone; learn how many it may have."""
        while self.works and len(known) > 1:
            asked = list(islice(cycle(known), self.most))
            _, answers = self._answers(asked)
            if None not in answers:
                pairs = zip(asked, answers, strict=True)
                return not any(answer and self._differs(request, answer) for request, answer in pairs)
            self.most //= 2
        return False

    def doubt(self, gathered: Mapping[str, Beside], told: Mapping[str, Reply], again: Mapping[str, Reply]) -> None:
        """Take notice that a question that was gathered was answered otherwise alone, where no movement explains it.

        Whether an operation of several questions is answered wrongly, or anything is now and then, shows when the
        operation is asked again.
        """
        for key, beside in gathered.items():
            if key not in again or said(told[key]) == said(again[key]):
                continue
            reply = self._memory.afresh(beside.operation)
            if said(_of(reply, beside.alias)) == said(told[key]):
                self._target.misread.append((Request.of_key(key), beside))
                self.give_up()
            else:
                self._target.contradict(beside.operation, told[key].before, reply.before)
                self._memory.forget_gathered(beside.operation)
            return

    def give_up(self) -> None:
        """Ask each question alone from now on, and those again that were not."""
        self.most = 1
        self._memory.forget_gathered()

    def ask_ahead(self, checks: Iterable[Check]) -> None:
        """Learn what some checks are going to ask, page by page, as long as they are several."""
        evidence = self._target.evidence
        self._target.evidence = type(evidence)()
        try:
            waiting = list(checks)
            while self.works:
                wanted: dict[str, Request] = {}
                waiting = [check for check in waiting if self._wants(check, wanted)]
                if len(waiting) < LEAST:
                    return
                self._ask(list(wanted.values()))
        except BudgetSpent:
            return  # what is not known then, the checks say
        finally:
            self._target.evidence = evidence

    def _wants(self, check: Check, wanted: dict[str, Request]) -> bool:
        """Run a check on what is remembered, whatever it finds, up to the first question that is not."""
        try:
            with self._memory.rehearsing(), suppress(Exception):
                check()
        except Missing as missing:
            request = missing.request
            if request is not None and self._legal(request) and request.key not in self._refused:
                wanted[request.key] = request
                return True
        return False

    def _ask(self, requests: Sequence[Request]) -> None:
        """Ask requests, as many at a time as are taken together, and remember what came.

        What is refused beside others is left to be asked alone.
        """
        while requests and self.works:
            asked, requests = requests[: self.most], requests[self.most :]
            if len(asked) == 1:
                self._ask_alone(asked[0])
                return
            if self._apart and (odd := list(filter(_is_odd, asked))):
                self._refused |= {request.key for request in odd}
                requests = [*(request for request in asked if request not in odd), *requests]
                continue
            operation, answers = self._answers(asked)
            if not any(answers) and self._takes_without_odd(asked):
                self._apart, requests = True, [*asked, *requests]
                continue
            for request, answer, alias in zip(asked, answers, aliases(asked), strict=True):
                if answer is None:
                    self._refused.add(request.key)
                else:
                    self._memory.learn(request, answer, Beside(operation, alias))
            # A literal or a form of the selection may be refused on its own account, and others with it.
            if all(request.document == _DOCUMENTED for request in asked):
                self._failures = 0 if any(answers) else self._failures + 1
            if self._failures == PATIENCE:
                self._take_fewer()

    def _ask_alone(self, request: Request) -> None:
        try:
            self._memory.reply(request)
        except BudgetSpent:
            raise  # what is not known then would be asked for ever
        except CannotAsk:
            pass  # that it stays unanswered is remembered

    def _takes_without_odd(self, asked: Sequence[Request]) -> bool:
        """Whether what is refused is answered without the odd ones: a type refuses all that stands beside them, too."""
        plain = [request for request in asked if not _is_odd(request)]
        return 0 < len(plain) < len(asked) and any(self._answers(plain)[1])

    def _take_fewer(self) -> None:
        """Ask half as many in one operation from now on; what was refused among more may be answered among fewer."""
        self._failures = 0
        self._refused.clear()
        self.most //= 2
        if not self.works:
            self.give_up()

    def _answers(self, requests: Sequence[Request]) -> tuple[Request, list[Reply | None]]:
        """Ask requests in one operation; return it, and the answer of each, or None where it has none."""
        operation = merged(requests)
        try:
            reply = self._memory.afresh(operation)
        except BudgetSpent:
            raise
        except CannotAsk:
            return operation, [None] * len(requests)
        answers = (_of(reply, alias) for alias in aliases(requests))
        return operation, [None if answer.data_of(contract.DETAILS) is None else answer for answer in answers]

    def _differs(self, request: Request, answer: Reply) -> bool:
        """Whether a request stays answered otherwise alone, asked again to tell it from data that moves."""
        alone = said(self._memory.reply(request))
        return said(answer) != alone and said(self._memory.afresh(request)) == alone

    def _legal(self, request: Request) -> bool:
        """Whether a request asks for details of the organization that may be seen, and for nothing else."""
        return (
            request.caller == Caller.OWN
            and request.variables.get("organizationUuid", self._target.organization_uuid)
            == self._target.organization_uuid
            and mergeable(request.document)
        )


def _is_odd(request: Request) -> bool:
    """Whether a request has a value that the documentation does not name, and that an enum would not have."""
    sort, status = request.variables.get("sort"), request.variables.get("status")
    return (isinstance(sort, dict) and sort.get("by") not in SORT_FIELDS) or status not in (None, *DOCUMENTED_STATUSES)


def _of(reply: Reply, alias: str) -> Reply:
    """Return the reply to one of the requests of an operation, as it would come alone."""
    return replace(reply, body={"data": {contract.DETAILS: reply.data_of(alias)}})
