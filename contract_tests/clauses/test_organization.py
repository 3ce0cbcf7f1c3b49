"""What `organization(id)` promises."""

from contract_tests import contract
from contract_tests.marking import clause
from contract_tests.questions import Question
from contract_tests.scopes import Listed
from contract_tests.selections import WITHOUT_EDGES
from contract_tests.target import Target
from contract_tests.verdict import need

ONCE = Listed((Question(),))
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


def answers(target: Target, uuid: str, question: Question) -> bool:
    """Whether the details query, even in its smallest form, tells something of an organization."""
    reply = target.reply(WITHOUT_EDGES, target.variables(question, uuid))
    return isinstance(reply.data, dict) and reply.data.get(contract.DETAILS) is not None
