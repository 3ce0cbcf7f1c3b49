"""Whether an answer follows from what was asked before it, which it must not: two requests in turn, in either order."""

from contract_tests.answers import without_cursors
from contract_tests.cases import Turned
from contract_tests.messages import Request
from contract_tests.movement import said
from contract_tests.questions import Question
from contract_tests.target import Target
from contract_tests.verdict import need

# The guises in which the second of two questions comes first: neither every other one, nor the later ones.
BACK = (1, 2)


def alternates(target: Target, request: Request, one: Request, other: Request) -> bool:
    """Whether an answer follows from the request before it: what alternates with that has not moved."""
    first = [_said_after(target, before, request) for before in (one, other)]
    return first[0] != first[1] and first == [_said_after(target, before, request) for before in (one, other)]


def in_either_order(target: Target, pair: Turned) -> tuple[list[object], list[object]]:
    """What each of two questions is answered in one order, and in the other; a difference shows in every guise."""
    guises = (tuple(map(target.further, guise)) if pair.further else guise for guise in pair.guises())
    answers = (_in_turn(target, guise, back=place in BACK) for place, guise in enumerate(guises))
    straight, back = next(answers), next(answers)
    if straight != back:
        # What follows the guise would not come back with the order.
        need([back, straight] == list(answers), "answers that differ by nothing but the order of their questions")
    names = [f"second page of {one}" if pair.further else str(one) for one in (pair.one, pair.other)]
    return list(zip(names, straight, strict=True)), list(zip(names, back, strict=True))


def _said_after(target: Target, before: Request, request: Request) -> object:
    """What a request is answered right after another one."""
    target.memory.afresh(before)
    return said(target.memory.afresh(request))


def _in_turn(target: Target, guise: tuple[Question, ...], *, back: bool) -> list[object]:
    """Ask one question and the other, or the other way `back`; return what the one was answered, and the other."""
    told = {question: target.memory.afresh(target.request(question)) for question in (guise[::-1] if back else guise)}
    need(not any(reply.errors for reply in told.values()), "two questions that are answered")
    return [without_cursors(told[question].data) for question in guise]
