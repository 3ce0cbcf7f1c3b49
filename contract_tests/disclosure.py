"""What a reply tells of an organization: its UUID, its flows and their names, its totals, wherever they stand in it."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from contract_tests import contract
from contract_tests.access import Caller
from contract_tests.client import NotGraphQL
from contract_tests.literals import Literal, literal
from contract_tests.messages import Reply, Request
from contract_tests.questions import DESCENDING, LAST_MONTH, STATUS, Question, Sort
from contract_tests.replies import failure
from contract_tests.selections import WITHOUT_EDGES
from contract_tests.spellings import aliased
from contract_tests.target import Target
from contract_tests.verdict import CannotJudge, need

COUNTS = frozenset({"totalFlows", "totalTasks", "tasks", "runs", "usage", "activeFlows"})
REFUSALS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
LISTS = frozenset({"edges", "nodes"})
# A name of several words, long enough not to stand in the text of a refusal by chance.
TELLING_NAME = re.compile(r"(?=.{9}).*\S\s+\S.*", re.DOTALL)
# A total that no number in a refusal is by chance.
TELLING_TOTAL = 1_000


class Asking(StrEnum):
    """Something that tells of an organization."""

    DETAILS = "the documented operation"
    ORGANIZATION = "the organization's UUID"
    TOTALS = "the totals alone"
    STATS = "the sibling query"
    ALIASED = "the field twice, the organization's own first"
    LAST_MONTH = "the documented operation, about the last month"
    NARROWED = "the flows of a status, sorted by it"
    FURTHER = "the second page"
    ONE = "a page of one flow"
    SEARCHED = "the documented operation, with a search"
    INLINE = "the details, every argument written as a literal"
    STATS_OF_LAST_MONTH = "the sibling query, about the last month"

    @property
    def of_usage(self) -> bool:
        return self != Asking.ORGANIZATION


def asked(target: Target, asking: Asking, caller: Caller, organization_uuid: str = "") -> Reply:
    """Send what is asked as a caller, about the target's organization unless another is named."""
    if asking == Asking.ORGANIZATION:
        return target.reply(contract.operation(contract.ORGANIZATION), {"id": target.access.organization_id}, caller)
    question = _question(target, asking)
    variables = target.variables(question, organization_uuid)
    match asking:
        case Asking.STATS | Asking.STATS_OF_LAST_MONTH:
            variables.pop("first")
            return target.reply(contract.operation(contract.STATS), variables, caller)
        case Asking.INLINE:
            document = literal(question, variables["organizationUuid"], Literal.PLAIN)
            return target.reply(document, {}, caller)
        case Asking.TOTALS:
            return target.reply(WITHOUT_EDGES, variables, caller)
        case Asking.ALIASED:
            # Beside the organization's own, so that a permission that was given for one would serve for the other.
            own = target.variables(question)
            twice = {
                f"{name}{place}": value for place, one in enumerate((own, variables)) for name, value in one.items()
            }
            reply = target.memory.reply(Request(aliased(2), twice, caller))
            return _only_second(reply) if organization_uuid else reply
        case _:
            return target.reply(contract.operation(contract.DETAILS), variables, caller)


def foreign_uuid(target: Target) -> str:
    """Return the UUID of an organization that the token cannot see.

    Raises:
        NotExercised: where the user named none.
        CannotJudge: where it is the organization's own, however it is written.

    """
    uuid = target.access.foreign_organization_uuid or ""
    need(uuid, "the UUID of an organization that the token cannot see (CONTRACT_FOREIGN_ORGANIZATION_UUID)")
    if _bare(uuid) == _bare(target.organization_uuid):
        raise CannotJudge("CONTRACT_FOREIGN_ORGANIZATION_UUID is the organization's own UUID")
    return uuid


def _bare(uuid: str) -> str:
    return uuid.replace("-", "").lower()


def _question(target: Target, asking: Asking) -> Question:
    # As it is asked elsewhere with the token, so that an answer that was kept for it would come.
    usual = Question(target.periods[-1], first=20)
    match asking:
        case Asking.LAST_MONTH:
            return Question(LAST_MONTH, first=target.largest)
        case Asking.STATS_OF_LAST_MONTH:
            return replace(usual, period=LAST_MONTH)
        case Asking.SEARCHED:
            return replace(usual, search="a")
        case Asking.FURTHER:
            return target.further(replace(usual, first=2))
        case Asking.ONE:
            return replace(usual, first=1)
        case Asking.NARROWED:
            status = next((flow.status for page in target.pages() for flow in page.flows), None)
            return replace(usual, status=status, sort=Sort(STATUS, DESCENDING))
        case _:
            return usual


def _only_second(reply: Reply) -> Reply:
    """Return what a reply tells of the second alias."""
    body = reply.body
    second = {"data": {"answer1": reply.data_of("answer1")}, "errors": body.get("errors")} if reply.data else body
    return replace(reply, body=second)


def refused(reply: Reply) -> bool:
    """Whether a reply says no: by 401 or 403, or by errors. A failure of the server is no refusal."""
    return reply.status in REFUSALS or (reply.status < HTTPStatus.INTERNAL_SERVER_ERROR and bool(reply.errors))


def met(target: Target, asking: Asking, caller: Caller) -> tuple[bool, list[str]]:
    """Whether a caller is refused what is asked, and what it is told all the same.

    A page in place of a GraphQL response, with a status of success, refuses nothing, whatever is to be read there.
    """
    try:
        reply = asked(target, asking, caller)
    except NotGraphQL as unlike:
        if not unlike.reply.is_page:
            raise
        return False, [failure(unlike.reply) or ""]
    return refused(reply), disclosed(target, reply, asked(target, asking, Caller.OWN))


def disclosed(target: Target, reply: Reply, own: Reply | None = None) -> list[str]:
    """Say what a reply tells of an organization, in its data or in its errors; zeros and empty lists tell nothing.

    A UUID counts where it is told by the organization's id; elsewhere it was sent, and an error may quote it. The total
    of the `own` reply, which the same question gets with the token, counts under any name.
    """
    names = {flow.name for page in target.pages() for flow in page.flows if TELLING_NAME.fullmatch(flow.name)}
    details = own.data_of(contract.DETAILS) if own else None
    total = details.get("totalTasks") if isinstance(details, dict) else None
    totals = {total} if isinstance(total, int) and total >= TELLING_TOTAL else set()
    organization = reply.data_of(contract.ORGANIZATION)
    uuid = organization.get("uuid") if isinstance(organization, dict) else None
    told = [f"uuid {uuid!r}"] if uuid else []
    return list(dict.fromkeys([*told, *_told(reply.body, names, totals)]))[:5]


def _told(value: Any, names: set[str], totals: set[int], key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _told(item, names, totals, name)
    elif isinstance(value, list):
        if key in LISTS and value:
            yield f"{len(value)} {key}"
        for item in value:
            yield from _told(item, names, totals, key)
    elif key in COUNTS and value:
        yield f"{key} {json.dumps(value)}"
    elif isinstance(value, int) and value in totals:
        yield f"{key or 'number'} {value}"
    elif isinstance(value, str):
        yield from (f"{key or 'text'} {name!r}" for name in names if name and name in value)
