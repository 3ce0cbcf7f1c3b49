"""What `organization(id)` promises."""

from hypothesis import strategies as st

from contract_tests import contract
from contract_tests.marking import clause
from contract_tests.questions import CURRENT_MONTH, Question
from contract_tests.replies import message
from contract_tests.scopes import Listed
from contract_tests.target import Target
from contract_tests.verdict import CannotJudge, need

# Whether all else may be left out is for other clauses to say.
SMALLEST = """
query integrationsUsageDetails($organizationUuid: ID!, $period: PeriodFilter!) {
  integrationsUsageDetails(organizationUuid: $organizationUuid, period: $period) { totalFlows totalTasks }
}
"""
ONCE = Listed((Question(),))
NIL = "00000000-0000-0000-0000-000000000000"
ALL_BUT_LAST = "the organization's own but for its last digit"
ALL_BUT_FIRST = "the organization's own but for its first digit"
NOBODYS_UUIDS = ("00000000-0000-4000-8000-000000000000", "6f1c2b1e-52a4-4d0a-9b39-000000000001")
ANSWER = "an answer, as the token's role is Admin or Super Admin"
NUMERIC_ID = "the organization's numeric id (--organization-id)"


@clause("organization.uuid", over=ONCE)
def test_the_organizations_uuid_is_told_by_its_id(target: Target, question: Question) -> None:
    del question
    need(target.access.organization_id, NUMERIC_ID)
    reply = target.organization()
    if reply.errors and reply.data_of(contract.ORGANIZATION) is None:
        # A right server says so too where the id is wrong or the token may not see the organization.
        raise CannotJudge(f"the target denies this organization ({message(reply.errors[0])}): is the id right?")
    told = reply.data_of(contract.ORGANIZATION)
    assert isinstance(told, dict)
    assert (type(told.get("uuid")), bool(told.get("uuid"))) == (str, True)


@clause("organization.uuid", over=ONCE)
def test_the_details_query_answers_with_that_uuid(target: Target, question: Question) -> None:
    uuid = target.uuid_by_id() if target.access.organization_id else ""
    need(uuid, NUMERIC_ID)
    denial = denied(target, uuid, question.period)
    if denial is not None and denial != denied(target, NOBODYS_UUIDS[0], question.period):
        # The server knows this UUID: it is the token that it does not let see.
        raise CannotJudge(f"the target denies this organization ({denial}): is the role Admin or Super Admin?")
    assert (denial or ANSWER) == ANSWER


@clause(
    "organization.unknown",
    over=Listed((ALL_BUT_LAST, NIL, *NOBODYS_UUIDS, ALL_BUT_FIRST, ""), st.uuids(version=4).map(str)),
)
def test_an_organization_that_is_nobodys_has_no_flows(target: Target, uuid: str) -> None:
    own = target.organization_uuid
    near = {ALL_BUT_LAST: own[:-1] + another(own[-1:]), ALL_BUT_FIRST: another(own[:1]) + own[1:]}
    nobodys = near.get(uuid, uuid)
    periods = target.periods if uuid in near else (CURRENT_MONTH,)
    assert [period for period in periods if denied(target, nobodys, period) is None] == []


def another(digit: str) -> str:
    """Return a digit that this one is not."""
    return "0" if digit != "0" else "1"


def denied(target: Target, uuid: str, period: str) -> str | None:
    """What the details query, in its smallest form, says against an organization; None where it tells something.

    What is said of any organization alike is one text, whichever UUID it quotes.
    """
    reply = target.reply(SMALLEST, {"organizationUuid": uuid, "period": period})
    if reply.data_of(contract.DETAILS) is not None:
        return None
    said = "; ".join(message(error) for error in reply.errors) or "null"
    return said.replace(uuid, "…") if uuid else said
