"""What `period` promises."""

from contract_tests.marking import clause
from contract_tests.questions import Question
from contract_tests.scopes import EVERYTHING, PLAIN
from contract_tests.target import Target
from contract_tests.verdict import need


@clause("period.accepted", over=PLAIN)
def test_each_documented_period_is_answered(target: Target, question: Question) -> None:
    assert target.ask(question).total_flows >= 0


@clause("period.accepted", over=EVERYTHING)
def test_an_answer_is_of_its_own_period(target: Target, question: Question) -> None:
    came = set(target.whole(question).flows)
    own = set(target.census(question.period).flows)
    others = {period: set(target.census(period).flows) for period in target.periods if period != question.period}
    need(any(came - flows for flows in others.values()), "periods that differ")
    assert [period for period, flows in others.items() if not came <= own and came <= flows] == []
