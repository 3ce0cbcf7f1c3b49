"""What `organization(id)` promises."""

from hypothesis import strategies as st

from contract_tests import contract
from contract_tests.marking import clause
from contract_tests.questions import Question
from contract_tests.scopes import Listed
from contract_tests.selections import WITHOUT_EDGES
from contract_tests.target import Target
from contract_tests.verdict import need

ONCE = Listed((Question(),))
NOBODYS_UUIDS = ("00000000-0000-4000-8000-000000000000", "6f1c2b1e-52a4-4d0a-9b39-000000000001")
NUMERIC_ID = "the organization's numeric id (--organization-id)"


@clause("organization.uuid", over=ONCE)
def test_the_organizations_uuid_is_told_by_its_id(target: Target, question: Question) -> None:
    del question
    need(target.organization_id, NUMERIC_ID)
    assert target.uuid_by_id() != ""


@clause("organization.uuid", over=ONCE)
def test_the_details_query_answers_with_that_uuid(target: Target, question: Question) -> None:
    need(target.organization_id and target.uuid_by_id(), NUMERIC_ID)
    assert answers(target, target.uuid_by_id(), question)


@clause("organization.unknown", over=Listed(("", *NOBODYS_UUIDS), st.uuids(version=4).map(str)))
def test_an_organization_that_is_nobodys_has_no_flows(target: Target, uuid: str) -> None:
    own = target.organization_uuid
    # In place of no UUID: the organization's own but for the last digit.
    nobodys = uuid or own[:-1] + ("0" if own[-1:] != "0" else "1")
    assert not answers(target, nobodys, Question(first=20))


def answers(target: Target, uuid: str, question: Question) -> bool:
    """Whether the details query, even in its smallest form, tells something of an organization."""
    reply = target.reply(WITHOUT_EDGES, target.variables(question, uuid))
    return isinstance(reply.data, dict) and reply.data.get(contract.DETAILS) is not None
