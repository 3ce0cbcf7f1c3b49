"""What a query must not do to a server as long as the SDL allows it."""

from contract_tests import contract
from contract_tests.conformity import misfits
from contract_tests.generated import Generated, about
from contract_tests.marking import clause
from contract_tests.messages import Request
from contract_tests.target import Target
from contract_tests.verdict import need


@clause("robustness.generated-queries", over=Generated())
def test_a_query_that_the_sdl_allows_does_not_make_the_server_fail(target: Target, document: str) -> None:
    assert target.failing(Request(about(document, target), {})) is None


@clause("robustness.generated-queries", over=Generated())
def test_an_answer_conforms_to_the_sdl(target: Target, document: str) -> None:
    reply = target.reply(about(document, target), {})
    need(not reply.errors, "a query that is answered without errors")
    assert [str(misfit) for misfit in misfits(reply.data, document, contract.documented_schema())] == []
