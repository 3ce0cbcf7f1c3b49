"""What `period` promises."""

from dataclasses import replace

from contract_tests.marking import clause
from contract_tests.questions import SORT_FIELDS, Question
from contract_tests.scopes import EVERYTHING, PLAIN
from contract_tests.target import Target
from contract_tests.verdict import Refused, need


@clause("period.accepted", over=PLAIN)
def test_each_documented_period_is_answered(target: Target, question: Question) -> None:
    assert target.ask(question).total_flows >= 0


@clause("period.accepted", over=EVERYTHING)
def test_what_is_answered_in_one_period_is_answered_in_each(target: Target, question: Question) -> None:
    said = refusal(target, question)
    sorted_otherwise = by_another_field(question)
    if said is not None and sorted_otherwise is not None:
        need(refusal(target, sorted_otherwise) is not None, "a question that is refused whatever it is sorted by")
    others = (replace(question, period=period) for period in target.periods if period != question.period)
    # The others are asked only where this one is refused: refused everywhere, it is not for its period.
    need(said is None or any(refusal(target, other) is None for other in others), "a period that answers")
    assert said is None


@clause("period.accepted", over=EVERYTHING)
def test_an_answer_is_of_its_own_period(target: Target, question: Question) -> None:
    large = replace(question, first=target.largest)
    need(not refusal(target, large), "a question that is answered")
    came = set(target.ask(large).flows)
    own = set(target.census(question.period).flows)
    others = {period: set(target.census(period).flows) for period in target.periods if period != question.period}
    need(any(came - flows for flows in others.values()), "periods that differ")
    assert [period for period, flows in others.items() if not came <= own and came <= flows] == []


def by_another_field(question: Question) -> Question | None:
    """Return the question sorted by another field; None where it is not sorted."""
    sort = question.sort
    if sort is None:
        return None
    return replace(question, sort=replace(sort, by=next(field for field in SORT_FIELDS if field != sort.by)))


def refusal(target: Target, question: Question) -> str | None:
    """What the target says where it refuses a question."""
    try:
        target.details(question)
    except Refused as refused:
        return str(refused)
    return None
