"""How a target refuses, and what it tells of itself."""

from collections.abc import Callable

from contract_tests import contract
from contract_tests.access import Caller
from contract_tests.messages import Reply
from contract_tests.questions import Question
from contract_tests.replies import code
from contract_tests.scene import NOT_SEEN, Observations, Scene


def _refusal(caller: Caller) -> Callable[[Scene], str]:
    def see(scene: Scene) -> str:
        if caller == Caller.MEMBER and not scene.target.access.member_token:
            return NOT_SEEN
        variables = scene.target.variables(Question(scene.period, first=20))
        return _said(scene.target.reply(contract.operation(contract.DETAILS), variables, caller))

    return see


def _unknown_organization(scene: Scene) -> str:
    return _said(scene.reply(organizationUuid="00000000-0000-4000-8000-000000000000"))


def _unknown_period(scene: Scene) -> str:
    return _said(scene.reply(period="this_year"))


def _introspection(scene: Scene) -> str:
    reply = scene.target.reply("query schema { __schema { queryType { name } } }", {})
    return "on" if reply.data_of("__schema") else "off"


def _rate_headers(scene: Scene) -> str:
    return ", ".join(scene.target.admission().limits) or "none"


def _said(reply: Reply) -> str:
    """Say how a refusal comes: its HTTP status and the code of its first error."""
    codes = [found for error in reply.errors if (found := code(error))]
    return ", ".join([f"HTTP {reply.status}", *codes[:1]]) if reply.errors else f"HTTP {reply.status}, answered"


OBSERVATIONS: Observations = {
    "refusal-without-token": _refusal(Caller.NOBODY),
    "refusal-of-wrong-token": _refusal(Caller.STRANGER),
    "refusal-of-member": _refusal(Caller.MEMBER),
    "refusal-of-unknown-organization": _unknown_organization,
    "refusal-of-unknown-period": _unknown_period,
    "introspection": _introspection,
    "rate-limit-headers": _rate_headers,
}
