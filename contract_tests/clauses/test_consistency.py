"""What an answer must not depend on: when it is asked for, what was asked before or beside it, how it is spelled."""

from dataclasses import replace
from itertools import cycle, islice
from typing import Any

from contract_tests import contract
from contract_tests.alternating import alternates, in_either_order
from contract_tests.cases import Crowd, Disturbed, Foreign, Made, Repeated, Several, Spelled, Turned
from contract_tests.companions import (
    beside_another,
    crowds,
    disturbed,
    hard_literals,
    later_pages,
    pairs,
    repeated,
    spelled_by,
    turned,
)
from contract_tests.disclosure import foreign_uuid
from contract_tests.introspection import introspected, types_of_sort
from contract_tests.literals import Literal, literal, mixed_in, with_nulls
from contract_tests.marking import clause
from contract_tests.messages import Reply, Request
from contract_tests.movement import comes_back, said, shuffled
from contract_tests.questions import ASCENDING, USAGE, Question, Sort
from contract_tests.replies import passing
from contract_tests.scopes import Suspected
from contract_tests.spellings import TYPED_FORMS, Beside, Form, aliased, spelled
from contract_tests.target import Contradicted, Target
from contract_tests.typenames import left_over, plain, types
from contract_tests.verdict import CannotJudge, Refused, need

# An answer that comes back twice after another one is no chance of data that moves.
OFTEN = 2

SELECTIONS: tuple[Form, ...] = tuple(form for form in Form if form != Form.RENAMED)


@clause("consistency.repeatable", over=Made(repeated), asks_again=True)
def test_a_question_asked_again_is_answered_alike(target: Target, case: Repeated) -> None:
    told: dict[Question, list[Reply]] = {question: [] for question in case.questions}
    for question in islice(cycle(case.questions), case.times):
        told[question].append(target.memory.afresh(target.request(question)))
    if all(reply.errors for replies in told.values() for reply in replies):
        raise CannotJudge("the question is refused")
    assert [found for replies in told.values() for found in contradictions(replies)] == []
    if any(len({repr(said(reply)) for reply in replies}) > 1 for replies in told.values()):
        raise CannotJudge("the data moved while a question was asked again and again")


@clause("consistency.repeatable", over=Suspected("what was answered in two ways before"), asks_again=True)
def test_what_was_answered_in_two_ways_is_answered_alike(target: Target, case: str) -> None:
    need(target.contradicted, case)
    told = (replies for one in twofold(target) for replies in again_and_again(target, one))
    assert next(filter(None, map(contradictions, told)), []) == []


@clause("consistency.isolated", over=Suspected("what was answered otherwise after another request"), asks_again=True)
def test_what_was_answered_in_two_ways_does_not_depend_on_the_request_before(target: Target, case: str) -> None:
    pairs = [(one.request, *map(Request.of_key, one.before)) for one in twofold(target) if all(one.before)]
    need(pairs, case)
    alternating = [request for request, one, other in pairs if alternates(target, request, one, other)]
    assert [request.variables for request in alternating] == []


@clause("consistency.isolated", over=Made(disturbed), asks_again=True)
def test_an_answer_does_not_depend_on_the_request_before(target: Target, case: Disturbed) -> None:
    other = target.request(case.other) if isinstance(case.other, Question) else foreign(target, case.other)
    question = target.further(case.question) if case.further else case.question
    assert not alternates(target, target.request(question), target.request(case.one), other)


@clause("consistency.isolated", over=Suspected("questions that were answered wrongly"), asks_again=True)
def test_what_was_answered_wrongly_does_not_depend_on_which_question_came_first(target: Target, case: str) -> None:
    need(target.suspects, case)
    question = target.suspects[0]
    try:
        flows = target.census(question.period).flows
    except AssertionError as fault:
        raise CannotJudge(f"{question.period} has no census") from fault
    turns = list(beside_another(question, flows, target.periods, target.largest))
    if len(target.periods) > 1 and any(question.first for question in target.suspects):
        turns.insert(0, later_pages(target.periods))
    for pair in turns:
        straight, back = in_either_order(target, pair)
        assert straight == back


@clause("consistency.isolated", over=Made(turned), asks_again=True)
def test_an_answer_does_not_depend_on_which_question_came_first(target: Target, case: Turned) -> None:
    straight, back = in_either_order(target, case)
    assert straight == back


@clause("consistency.concurrent", over=Made(crowds), asks_again=True)
def test_requests_in_flight_together_each_get_their_own_answer(target: Target, case: Crowd) -> None:
    questions = [*case.questions, *(target.further(question) for question in case.questions if case.further)]
    requests = [target.request(question) for question in questions]
    alone = [said(target.memory.afresh(request)) for request in requests]
    together = [target.memory.together(requests) for _ in range(case.rounds)]
    if max(sent.most for sent in together) == 1:
        raise CannotJudge("the rate lets no two requests be in flight at once; --rate 2/s does")
    again = [said(target.memory.afresh(request)) for request in requests]
    still = [place for place, answer in enumerate(alone) if answer == again[place]]
    need(len({repr(alone[place]) for place in still}) > 1, "answers that differ and stand still")
    answers = [(place, sent.replies[place]) for sent in together for place in still]
    swapped = {place for place, reply in answers if not passing(reply) and said(reply) != alone[place]}
    assert [questions[place] for place in sorted(swapped)] == []


@clause("consistency.aliases", over=Made(pairs))
def test_aliases_answer_as_separate_operations_do(target: Target, case: Several) -> None:
    questions = [*case.questions[:-1], target.further(case.questions[-1]) if case.further else case.questions[-1]]
    expected = [target.told(question) for question in questions]
    variables = {
        f"{name}{number}": value
        for number, question in enumerate(questions)
        for name, value in target.variables(question).items()
    }
    document = aliased(len(questions), case.beside, types(target) if case.beside == Beside.ONE_FRAGMENT else None)
    names = [f"answer{number}" for number in range(len(questions))]
    values = target.answer(Request(document, variables), fields=names)
    # Of the first there may be less.
    compared = slice(1 if case.beside == Beside.LESS_OF_THE_FIRST else 0, None)
    assert target.sealed([values[name] for name in names][compared]) == target.sealed(expected[compared])


@clause("consistency.aliases", over=Suspected("what was answered otherwise beside others"), asks_again=True)
def test_what_was_asked_beside_others_is_answered_as_alone(target: Target, case: str) -> None:
    need(target.misread, case)
    request, beside = target.misread[0]
    alone = target.answer(request)[contract.DETAILS]
    together = target.memory.afresh(beside.operation).data_of(beside.alias)
    if said(target.memory.afresh(request)) != said(target.memory.reply(request)):
        raise CannotJudge("the data moved while a question was asked alone and beside others")
    assert target.sealed(together) == target.sealed(alone)


@clause("consistency.literals", over=spelled_by(tuple(Literal), hard=hard_literals))
def test_literals_answer_as_variables_do(target: Target, case: Spelled[Literal]) -> None:
    need(case.spelling not in (Literal.SORT_IN_PARTS, Literal.SORT_TURNED) or case.question.sort, "a sort")
    question = target.further(case.question) if case.further else case.question
    expected = target.told(question)
    if case.spelling == Literal.NULLS:
        expected = told_with_nulls(target, question)
    assert target.sealed(by_literals(target, question, case.spelling)) == target.sealed(expected)


@clause("consistency.aliases", over=spelled_by((Form.RENAMED,)))
def test_aliases_inside_the_selection_answer_as_the_plain_names_do(target: Target, case: Spelled[Form]) -> None:
    question = target.further(case.question) if case.further else case.question
    expected = target.told(question)
    assert selected_as(target, question, case.spelling) == target.sealed(expected)


@clause("consistency.fragments", over=spelled_by(SELECTIONS))
def test_another_form_of_the_selection_answers_as_the_plain_one_does(target: Target, case: Spelled[Form]) -> None:
    question = target.further(case.question) if case.further else case.question
    expected = left_over(target.told(question), case.spelling)
    assert selected_as(target, question, case.spelling) == target.sealed(expected)


def foreign(target: Target, operation: Foreign) -> Request:
    """Return the request of another operation than a question to the details query."""
    if operation == Foreign.ORGANIZATION:
        return Request(contract.operation(contract.ORGANIZATION), {"id": target.access.organization_id})
    if operation == Foreign.SIBLING:
        return target.request(Question(target.periods[-1]), contract.operation(contract.STATS))
    if operation == Foreign.ANOTHERS:
        variables = target.variables(Question(target.periods[0]), foreign_uuid(target))
        return Request(contract.operation(contract.DETAILS), variables)
    return target.request(Question("no_such_period"))


def twofold(target: Target) -> list[Contradicted]:
    """What was answered in two ways, as much of it as the budget allows to ask many times."""
    return list(target.contradicted.values())[: max(1, target.memory.client.budget.requests_left // 100)]


def again_and_again(target: Target, one: Contradicted) -> list[list[Reply]]:
    """Ask a request many times, in turn with one that came before it: what strays in from there shows, too."""
    keys = dict.fromkeys(filter(None, (one.request.key, one.before[0])))
    requests = list(map(Request.of_key, keys))
    times = min(40 * len(requests), 28 + target.memory.client.budget.requests_left // 20)
    told = [target.memory.afresh(request) for request in islice(cycle(requests), times)]
    return [told[place :: len(requests)] for place in range(len(requests))]


def contradictions(told: list[Reply]) -> list[str]:
    """Say how replies to one request contradict each other in a way that no data that moves explains."""
    found = []
    if shuffled(told):
        found.append("the same flows came in different orders or on other terms")
    if (count := comes_back(told)) >= OFTEN:
        found.append(f"an answer came back {count} times after another one had come, in {len(told)} replies")
    return found


def by_literals(target: Target, question: Question, form: Literal) -> Any:
    """Ask with the arguments as literals, those that stay variables apart."""
    variables = target.variables(question)
    given = {name: variables[name] for name in mixed_in(variables, form)}
    if form == Literal.SORT_IN_PARTS:
        parts = types_of_sort(introspected(target))
        document = literal(question, target.organization_uuid, form, parts=parts)
        given |= variables["sort"]
    else:
        document = literal(question, target.organization_uuid, form, order_quoted=order_quoted(target))
    return target.answer(Request(document, given))[contract.DETAILS]


def order_quoted(target: Target) -> bool:
    """Whether the direction of a sort is a string, as a literal, and not an enum's value: nobody documents which."""
    question = Question(sort=Sort(USAGE, ASCENDING), first=1)
    document = literal(question, target.organization_uuid, Literal.PLAIN)
    try:
        target.answer(Request(document, {}))
    except Refused:
        return True
    return False


def told_with_nulls(target: Target, question: Question) -> Any:
    """Ask with a null variable for each argument that is not given; whether that equals none is another clause's."""
    request = target.request(question)
    try:
        return target.answer(replace(request, variables=with_nulls(request.variables)))[contract.DETAILS]
    except Refused as refusal:
        raise CannotJudge(str(refusal)) from refusal


def selected_as(target: Target, question: Question, form: Form) -> Any:
    """Ask with the selection in another form; return the answer as the plain selection shows it."""
    document, extra = spelled(form, types(target) if form in TYPED_FORMS else {})
    request = Request(document, target.variables(question) | extra)
    return target.sealed(plain(target.answer(request)[contract.DETAILS], form))
