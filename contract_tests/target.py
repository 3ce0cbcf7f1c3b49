"""Which server is asked, and what it says, in the words of the contract."""

import json
import re
import shlex
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from contract_tests import census as censuses
from contract_tests import contract
from contract_tests.access import Access, Caller
from contract_tests.answers import Page, page, without_cursors
from contract_tests.census import Census
from contract_tests.client import NotGraphQL
from contract_tests.memory import Beside, Memory
from contract_tests.messages import SIMPLEST, Reply, Request
from contract_tests.questions import PERIODS, Question
from contract_tests.replies import NOT_OFFERED, failure, limit, message
from contract_tests.stats import Stats, stats
from contract_tests.verdict import CannotJudge, Evidence, LimitReached, Refused, need
from contract_tests.walk import Walk, walk

# Large enough to learn a cap from, small enough for the documented complexity of 50,000 (about ten a flow).
LARGEST = (500, 100, 50, 20)
# So many requests that were answered in two ways are kept to be asked again.
CONTRADICTIONS = 6
LINE = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Contradicted:
    """A request that was answered in two ways, and the keys of the requests that were sent before it each time."""

    request: Request
    before: tuple[str, str]


@dataclass(slots=True)
class Target:
    """A server under judgement, seen through the memory of what it said."""

    memory: Memory
    access: Access
    organization_uuid: str
    periods: tuple[str, ...] = PERIODS
    evidence: Evidence = field(default_factory=Evidence)
    unsettled: Counter[str] = field(default_factory=Counter)
    baseline: Mapping[str, str] = field(default_factory=dict)
    contradicted: dict[str, Contradicted] = field(default_factory=dict)
    misread: list[tuple[Request, Beside]] = field(default_factory=list)
    suspects: list[Question] = field(default_factory=list)
    largest: int = LARGEST[0]
    cursors_vary: bool = False
    _pages: dict[int, tuple[Any, Page]] = field(default_factory=dict, repr=False)

    def contradict(self, request: Request, *before: str) -> None:
        """Keep a request that was answered in two ways after two others: some clauses ask it many times."""
        if len(self.contradicted) < CONTRADICTIONS:
            one, other = before
            self.contradicted.setdefault(request.key, Contradicted(request, (one, other)))

    def reply(self, document: str, variables: dict[str, Any], caller: Caller = Caller.OWN) -> Reply:
        """Return whatever the server says, be it data or errors."""
        return self.memory.reply(Request(document, variables, caller))

    def request(self, question: Question, document: str | None = None) -> Request:
        """Return the request that asks a question, by the documented operation unless another document is given."""
        return Request(document or contract.operation(contract.DETAILS), self.variables(question))

    def variables(self, question: Question, organization_uuid: str = "") -> dict[str, Any]:
        """The variables of the documented operation for a question, to this organization unless another is named."""
        uuid = organization_uuid or self.organization_uuid
        if not uuid:
            said = next((f" ({message(error)})" for error in self.organization().errors), "")
            raise CannotJudge(
                f"organization(id) gives no UUID for {self.access.organization_id}{said}: "
                "is --organization-id right, and may the token see that organization?"
            )
        return {"organizationUuid": uuid, **question.variables()}

    def details(self, question: Question, document: str | None = None, organization_uuid: str = "") -> Any:
        """Return the value of `integrationsUsageDetails` for a legal question.

        Raises:
            Refused: where errors came, or no value.
            LimitReached: where the errors say that the question is too large.

        """
        document = document or contract.operation(contract.DETAILS)
        return self.answer(Request(document, self.variables(question, organization_uuid)))[contract.DETAILS]

    def told(self, question: Question) -> Any:
        """Return the value of the details query for a clause to which a refusal is none of its business.

        Raises:
            CannotJudge: where the question is refused; the clauses that allow it say so.

        """
        try:
            return self.details(question)
        except Refused as refusal:
            raise CannotJudge(str(refusal)) from refusal

    def answer(self, request: Request, *, fields: Sequence[str] = (contract.DETAILS,)) -> dict[str, Any]:
        """Return the values of some of the query's fields for a legal request.

        Raises:
            Refused: where errors came, or one of the fields has no value.
            LimitReached: where the errors say that the request is too large.

        """
        reply = self.memory.reply(request)
        values = {field: reply.data_of(field) for field in fields}
        if reply.errors or None in values.values():
            messages = tuple(message(error) for error in reply.errors)
            bound = next(filter(None, map(limit, reply.errors)), None)
            if bound is not None:
                raise LimitReached(f"the server refuses a question of this size: {bound}")
            raise Refused(reply.status, messages, from_start="after" not in request.variables)
        return values

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

    def stats(self, period: str) -> Stats:
        """Return the sibling query's figures.

        Raises:
            NotExercised: where the target does not offer the sibling.
            CannotJudge: where it offers and refuses it.

        """
        reply = self.reply(contract.operation(contract.STATS), self.variables(Question(period=period)))
        value = reply.data_of(contract.STATS)
        if value is not None and not reply.errors:
            return stats(value)
        said = "; ".join(message(error) for error in reply.errors) or "null"
        # A field that is not in the schema is an error before anything is executed, and so before there is data.
        need(reply.data is not None or NOT_OFFERED.search(said) is None, "the sibling query, which is not offered")
        raise CannotJudge(f"the sibling query is refused: {said}")

    def pages(self) -> Iterator[Page]:
        """Return every page that was read so far."""
        return (answer for _, answer in self._pages.values())

    def walk(self, question: Question, sizes: Sequence[int] = ()) -> Walk:
        """Return all pages of a question, from its `first` or from several in turn."""
        self.evidence.walks += 1
        return walk(self.ask, question, sizes)

    def sealed(self, value: Any) -> Any:
        """Return an answer as it compares: without its cursors where the target seals each of them anew."""
        return without_cursors(value) if self.cursors_vary else value

    def further(self, question: Question) -> Question:
        """Return the question for the next page."""
        self.told(question)
        cursor = self.ask(question).end_cursor
        need(cursor and self.ask(question).has_next_page, "a second page")
        return replace(question, after=cursor)

    def whole(self, question: Question) -> Walk:
        """Return all pages of a question in the largest pages that the server gives."""
        return self.walk(replace(question, first=self.largest))

    def failure(self, question: Question) -> str | None:
        """Say how the server failed over a question; an answer and a refusal are no failures."""
        return self.failing(self.request(question))

    def failing(self, request: Request) -> str | None:
        """Say how the server failed over a request, be it with something else than a GraphQL response."""
        try:
            return failure(self.memory.reply(request))
        except NotGraphQL as unlike:
            # What has a status of its own may be a refusal.
            if not unlike.reply.is_page:
                raise
            # Trouble that is not about this request would meet the simplest one as well.
            self.memory.probe()
            return failure(unlike.reply)

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

    def curl(self, request: Request) -> str:
        """The command that sends a request again, with the token left to the environment."""
        # A line of its own is for eyes; but what stands between three quotes is a text.
        document = request.document if '"""' in request.document else LINE.sub(" ", request.document).strip()
        payload = json.dumps({"query": document, "variables": request.variables})
        authorization = f' -H "Authorization: {request.caller}"' if request.caller else ""
        return (
            f"curl -sS {shlex.quote(self.memory.client.url)} -H 'Content-Type: application/json'{authorization} "
            f"--data-raw {shlex.quote(payload)}"
        )

    def admission(self, caller: Caller = Caller.OWN) -> Reply:
        """Ask the simplest question there is."""
        return self.memory.reply(replace(SIMPLEST, caller=caller))

    def organization(self) -> Reply:
        """Ask for the organization by its id."""
        return self.reply(contract.operation(contract.ORGANIZATION), {"id": self.access.organization_id})

    def uuid_by_id(self) -> str:
        """Ask for the organization's UUID by its id; return an empty text where none comes."""
        organization = self.organization().data_of(contract.ORGANIZATION)
        uuid = organization.get("uuid") if isinstance(organization, dict) else None
        return uuid if isinstance(uuid, str) else ""
