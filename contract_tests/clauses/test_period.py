"""What `period` promises."""

from contract_tests.answers import Rows
from contract_tests.marking import clause
from contract_tests.questions import PERIODS, Question
from contract_tests.scopes import EVERYTHING, PLAIN
from contract_tests.target import Target
from contract_tests.verdict import need


@clause("period.accepted", over=PLAIN)
def test_each_documented_period_is_answered(target: Target, question: Question) -> None:
    assert target.ask(question).total_flows >= 0


@clause("period.accepted", over=EVERYTHING)
def test_an_answer_is_of_its_own_period(target: Target, question: Question) -> None:
    came = Rows(target.whole(question).flows)
    own, others = target.census(question.period), [target.census(name) for name in PERIODS if name != question.period]
    need(any(Rows(other.flows) != Rows(own.flows) for other in others), "periods that differ")
    assert [other.period for other in others if not came <= Rows(own.flows) and came <= Rows(other.flows)] == []
