"""Several requests in one operation bring what each brings alone, whatever their documents look like."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests import contract
from contract_tests.budget import Budget
from contract_tests.literals import Literal, literal, mixed_in
from contract_tests.merging import aliases, mergeable, merged
from contract_tests.messages import Request
from contract_tests.opening import opened
from contract_tests.options import Setting
from contract_tests.proving import options
from contract_tests.questions import ASCENDING, NAME, Question, Sort
from contract_tests.spellings import Beside, Form, aliased, spelled
from contract_tests.target import Target
from contract_tests.typenames import types

QUESTIONS = (
    Question(first=2),
    Question("last_month", status="ENABLED", search="$a #", sort=Sort(NAME, ASCENDING), first=3),
    Question("last_3_months", search='say "fragment parts on"'),
)
FORMS = (*Form, *Literal, None)


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    with opened(options("quick", Setting()), Budget(100_000, 600)) as target:
        yield target


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.sampled_from(QUESTIONS), st.sampled_from([*Form, *Literal, None])), min_size=1, max_size=8)
)
def test_each_request_is_answered_in_one_operation_as_it_is_alone(
    target: Target, asked: list[tuple[Question, Form | Literal | None]]
) -> None:
    requests = [written(target, *one) for one in asked]
    assert all(mergeable(request.document) for request in requests)
    alone = [target.memory.reply(request).data_of(contract.DETAILS) for request in requests]
    reply = target.memory.reply(merged(requests))
    assert [reply.data_of(alias) for alias in aliases(requests)] == alone
    assert None not in alone


@pytest.mark.parametrize(
    "document",
    [
        aliased(2, Beside.ALIKE),
        contract.operation(contract.STATS),
        f"{contract.operation(contract.DETAILS)} query other {{ __typename }}",
        "{ integrationsUsageDetails(",
        "{ __typename }",
    ],
    ids=["aliases of its own", "another query", "two operations", "no GraphQL", "no details"],
)
def test_what_is_not_one_query_for_the_details_is_asked_alone(document: str) -> None:
    assert not mergeable(document)


def written(target: Target, question: Question, form: Form | Literal | None) -> Request:
    """Return the request that asks a question in a form."""
    match form:
        case Form():
            document, extra = spelled(form, types(target))
            return Request(document, target.variables(question) | extra)
        case Literal():
            given = target.variables(question)
            sent = {name: given[name] for name in mixed_in(given, form)}
            return Request(literal(question, target.organization_uuid, form), sent)
        case None:
            return target.request(question)
