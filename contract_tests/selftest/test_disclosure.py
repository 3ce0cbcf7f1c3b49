"""Who is told what: what the user gives to judge it by may be wrong."""

from collections.abc import Callable

import pytest

from contract_tests.access import Access
from contract_tests.options import Setting
from contract_tests.proving import options
from contract_tests.running import run
from contract_tests.verdict import Verdict
from mock_server.generating import generate
from mock_server.serving import MockServer


@pytest.mark.parametrize("spelled", [str, str.upper])
def test_an_own_organization_that_is_named_as_a_foreign_one_accuses_nobody(spelled: Callable[[str], str]) -> None:
    world = generate()
    own, token = world.organizations[0], world.callers[0].token
    with MockServer(world) as server:
        access = Access(server.url, token, own.id, foreign_organization_uuid=spelled(own.uuid))
        (judgement,) = run(options("quick", Setting(), ("access.foreign-organization",), access=access)).judgements
    assert judgement.verdict == Verdict.INCONCLUSIVE
    assert "is the organization's own UUID" in str(judgement.reason)
