"""Which server is asked, and what it says, in the words of the contract."""

import json
import re
import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from pyrate_limiter import Rate

from contract_tests import census as censuses
from contract_tests import contract
from contract_tests.answers import Page, page
from contract_tests.budget import Budget
from contract_tests.census import Census
from contract_tests.client import Client, NotAdmitted, NotGraphQL, Reply, Request
from contract_tests.memory import Memory
from contract_tests.options import Options
from contract_tests.questions import PERIODS, Question
from contract_tests.replies import message
from contract_tests.verdict import CannotJudge, Evidence, LimitReached, Refused
from contract_tests.walk import Walk, walk

LIMITS = re.compile(r"complexity|depth|too (many|complex|deep|large)|alias|rate.?limit|throttl|timeout", re.IGNORECASE)
FAILURES = re.compile(r"internal.?(server.?)?error|something went wrong|unexpected error", re.IGNORECASE)
DENIALS = re.compile(r"permission|denied|forbidden|not.?found|couldn't find|unauthori", re.IGNORECASE)
# Large enough to learn a cap from, small enough for the documented complexity of 50,000 (about ten a flow).
LARGEST = (500, 100, 50, 20)


@dataclass(slots=True)
class Target:
    """A server under judgement, seen through the memory of what it said."""

    memory: Memory
    organization_id: str | None
    organization_uuid: str
    periods: tuple[str, ...] = PERIODS
    evidence: Evidence = field(default_factory=Evidence)
    unsettled: Counter[str] = field(default_factory=Counter)
    largest: int = LARGEST[0]
    _pages: dict[int, tuple[Any, Page]] = field(default_factory=dict, repr=False)

    def reply(self, document: str, variables: dict[str, Any], authorization: str | None = None) -> Reply:
        """Return whatever the server says, be it data or errors."""
        return self.memory.reply(Request(document, variables, authorization))

    def variables(self, question: Question, organization_uuid: str = "") -> dict[str, Any]:
        """The variables of the documented operation for a question, to this organization unless another is named."""
        uuid = organization_uuid or self.organization_uuid
        if not uuid:
            raise CannotJudge("the organization's UUID is not known: organization(id) did not give it")
        return {"organizationUuid": uuid, **question.variables()}

    def details(self, question: Question, document: str | None = None, organization_uuid: str = "") -> Any:
        """Return the value of `integrationsUsageDetails` for a legal question.

        Raises:
            Refused: where errors came, or no value.
            LimitReached: where the errors say that the question is too large.

        """
        document = document or contract.operation(contract.DETAILS)
        reply = self.reply(document, self.variables(question, organization_uuid))
        value = reply.data_of(contract.DETAILS)
        if reply.errors or value is None:
            messages = tuple(message(error) for error in reply.errors)
            if any(LIMITS.search(text) for text in messages):
                raise LimitReached(f"the server refuses a question of this size: {messages[0]}")
            raise Refused(reply.status, messages)
        return value

    def ask(self, question: Question) -> Page:
        """Return one page."""
        details = self.details(question)
        # Many clauses read the same answer: it is read once, and kept with its page so that its id stays its own.
        if id(details) not in self._pages:
            self._pages[id(details)] = details, page(details)
        answer = self._pages[id(details)][1]
        self.evidence.pages += 1
        self.evidence.flows += len(answer.flows)
        return answer

    def walk(self, question: Question, sizes: Sequence[int] = ()) -> Walk:
        """Return all pages of a question, from its `first` or from several in turn."""
        self.evidence.walks += 1
        return walk(self.ask, question, sizes)

    def whole(self, question: Question) -> Walk:
        """Return all pages of a question in the largest pages that the server gives."""
        return self.walk(replace(question, first=self.largest))

    def failure(self, question: Question) -> str | None:
        """Say how the server failed over a question; an answer and a refusal are no failures."""
        reply = self.reply(contract.operation(contract.DETAILS), self.variables(question))
        messages = [message(error) for error in reply.errors]
        if reply.status >= 500:
            return f"HTTP {reply.status}"
        return next((text for text in messages if FAILURES.search(text)), None)

    def past(self, question: Question) -> Page | None:
        """Return the page after a walk's last one, or None where the server refuses to go there."""
        try:
            return self.ask(question)
        except Refused:
            return None

    def full(self, question: Question) -> int:
        """Return how many edges a page has that is not the last: `first`, or the server's cap."""
        first = question.first or 0
        return first if self.cap is None else min(first, self.cap)

    def census(self, period: str) -> Census:
        """Return everything the target has in a period."""
        return censuses.take(period, self.walk, self.largest)

    @property
    def cap(self) -> int | None:
        """The most flows that a page holds, where some period has enough of them to show it."""
        for period in self.periods:
            pages = self.whole(Question(period=period)).pages
            # What the page itself says of a next one is judged, and not to be relied on here.
            if len(pages) > 1 and pages[1].flows and 0 < len(pages[0].flows) < self.largest:
                return len(pages[0].flows)
        return None

    def curl(self, document: str, variables: dict[str, Any]) -> str:
        """The command that sends a request again, with the token left to the environment."""
        payload = json.dumps({"query": document, "variables": variables})
        return (
            f"curl -sS {shlex.quote(self.memory.client.url)} -H 'Content-Type: application/json' "
            f'-H "Authorization: Bearer $PIPEFY_TOKEN" --data-raw {shlex.quote(payload)}'
        )

    def check_admission(self) -> None:
        """Make sure that this is a GraphQL endpoint and that the token is one at all; what it may see is judged.

        Raises:
            NotAdmitted: where the target answers the simplest question with 401.
            NotGraphQL: where it answers with no JSON object.

        """
        reply = self.reply("query admission { __typename }", {})
        if reply.status == HTTPStatus.UNAUTHORIZED:
            raise NotAdmitted("the target refuses the token (HTTP 401): is PIPEFY_TOKEN current?")
        if not isinstance(reply.body, dict):
            raise NotGraphQL(f"the target answers HTTP {reply.status} and no JSON: is this its GraphQL endpoint?")

    def check_organization(self) -> None:
        """Make sure that an organization that the user named by its UUID is there to be seen.

        Raises:
            NotAdmitted: where the target denies it.

        """
        reply = self.reply(contract.operation(contract.DETAILS), self.variables(Question(period=self.periods[0])))
        denial = next((text for error in reply.errors if DENIALS.search(text := f"{message(error)} {error}")), None)
        if denial is not None and not reply.data_of(contract.DETAILS):
            raise NotAdmitted(
                f"the target denies this organization ({message(reply.errors[0])}): is the UUID right, "
                "and the token's role Admin or Super Admin?"
            )

    def organization(self) -> Reply:
        """Ask for the organization by its id."""
        return self.reply(contract.operation(contract.ORGANIZATION), {"id": self.organization_id})

    def uuid_by_id(self) -> str:
        """Ask for the organization's UUID by its id; return an empty text where none comes."""
        organization = self.organization().data_of(contract.ORGANIZATION)
        uuid = organization.get("uuid") if isinstance(organization, dict) else None
        return uuid if isinstance(uuid, str) else ""

    def meet(self) -> None:
        """Find the largest page size that is answered at all; where none is, the clauses say what is wrong."""
        for size in LARGEST:
            try:
                self.ask(Question(period=self.periods[0], first=size))
            except (AssertionError, CannotJudge):
                continue
            self.largest = size
            return


@contextmanager
def opened(options: Options, budget: Budget) -> Iterator[Target]:
    """Reach the server that the options name, or start the mock on a free port where they name none.

    Raises:
        CannotAsk: where nothing answers, or no organization's UUID is to be had.

    """
    with _server(options) as (url, token, organization_id):
        rate = Rate(1, round(1000 / options.rate)) if options.rate else None
        client = Client(url, token, budget, rate=rate, timeout=options.timeout)
        try:
            target = Target(Memory(client), organization_id, options.organization_uuid or "", options.periods)
            target.check_admission()
            if options.organization_uuid:
                target.check_organization()
            else:
                target.organization_uuid = target.uuid_by_id()
            target.meet()
            yield target
        finally:
            client.close()


@contextmanager
def _server(options: Options) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield the URL, the token and the organization's id of the server to judge."""
    if options.target is not None:
        yield options.target, options.token, options.organization_id
        return
    # Imported here: a run against a real API starts without the mock and its libraries.
    from contract_tests.embedded import served

    with served(options.embedded) as access:
        yield access.url, access.token, access.organization_id
