"""Who is told what: nothing without a token, nothing with a wrong one, no usage for those who may not see it."""

from dataclasses import dataclass

from contract_tests.access import Caller
from contract_tests.disclosure import Asking, asked, disclosed, foreign_uuid, met
from contract_tests.marking import clause
from contract_tests.scopes import Listed
from contract_tests.target import Target
from contract_tests.verdict import CannotJudge, need


@dataclass(frozen=True, slots=True)
class Intrusion:
    """Something asked by a caller who ought not to be told."""

    asking: Asking
    caller: Caller


def by(*callers: Caller) -> Listed[Intrusion]:
    """Return everything asked by each caller, in turns: all is asked, and by all callers, before more is."""
    askings, least = tuple(Asking), max(len(Asking), len(callers))
    turns = [
        Intrusion(askings[place % len(askings)], callers[(place + turn) % len(callers)])
        for turn in range(len(callers))
        for place in range(least)
    ]
    return Listed(tuple(dict.fromkeys(turns)), least=least)


# A header without a token opens what it opens for all of it, as a rule; no header may open a single field.
UNNAMED = sorted(
    (Intrusion(asking, caller) for caller in (Caller.NOBODY, Caller.WITHOUT_TOKEN) for asking in Asking),
    key=lambda intrusion: intrusion.asking != Asking.DETAILS,
)
WRONG_TOKENS = (
    Caller.STRANGER,
    Caller.LONGER,
    Caller.SHORTER,
    Caller.SWAPPED,
    Caller.REVERSED,
    Caller.BASIC,
    Caller.NULL,
    Caller.UNSIGNED,
    Caller.LONG,
    Caller.ANOTHER_SCHEME,
)


@clause("access.token-required", over=Listed(tuple(UNNAMED), least=len(Asking) + 1))
def test_without_a_token_nothing_is_told(target: Target, intrusion: Intrusion) -> None:
    need(disclosed(target, asked(target, intrusion.asking, Caller.OWN)), "an answer that tells something")
    assert met(target, intrusion.asking, intrusion.caller) == (True, [])


@clause("access.token-valid", over=by(*WRONG_TOKENS))
def test_with_a_wrong_token_nothing_is_told(target: Target, intrusion: Intrusion) -> None:
    need(disclosed(target, asked(target, intrusion.asking, Caller.OWN)), "an answer that tells something")
    access = target.access
    need(access.header(intrusion.caller) != access.header(Caller.OWN), "a token that this makes another one")
    assert met(target, intrusion.asking, intrusion.caller) == (True, [])


@clause("access.role", over=by(Caller.MEMBER))
def test_a_member_is_told_no_usage(target: Target, intrusion: Intrusion) -> None:
    need(intrusion.asking.of_usage, "a question about usage")
    need(target.access.member_token, "a second token, of a Member (CONTRACT_MEMBER_TOKEN)")
    own = asked(target, intrusion.asking, Caller.OWN)
    need(disclosed(target, own), "an answer that tells something")
    if target.admission(Caller.MEMBER).status == 401:
        raise CannotJudge("the target refuses the member's token (HTTP 401): is CONTRACT_MEMBER_TOKEN current?")
    assert disclosed(target, asked(target, intrusion.asking, Caller.MEMBER), own) == []


@clause("access.foreign-organization", over=by(Caller.OWN))
def test_of_a_foreign_organization_no_usage_is_told(target: Target, intrusion: Intrusion) -> None:
    need(intrusion.asking.of_usage, "a question about usage")
    assert disclosed(target, asked(target, intrusion.asking, Caller.OWN, foreign_uuid(target))) == []


@clause("access.foreign-organization", over=Listed(("in capitals", "without its dashes"), least=2))
def test_a_foreign_organization_is_not_told_of_by_another_spelling_of_its_uuid(target: Target, spelling: str) -> None:
    uuid = foreign_uuid(target)
    spelled = uuid.upper() if spelling == "in capitals" else uuid.replace("-", "")
    need(spelled != uuid, "a UUID that is written otherwise so")
    assert disclosed(target, asked(target, Asking.DETAILS, Caller.OWN, spelled)) == []
