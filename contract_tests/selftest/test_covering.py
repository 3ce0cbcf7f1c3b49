from itertools import combinations

from contract_tests.answers import Flow
from contract_tests.census import Census
from contract_tests.covering import KNOWN_SORTS, Levels, Size, covering, page_size
from contract_tests.questions import PERIODS
from contract_tests.words import words


def census(period: str, count: int) -> Census:
    flows = [Flow(f"Sync {n}", f"Team {n % 3}", "ENABLED", n, 1, None, None, None) for n in range(count)]
    return Census(period, tuple(flows))


WORDS = words(PERIODS, [census(period, 24) for period in PERIODS], 500)
LEVELS = Levels(statuses=(None, "ENABLED"), texts=(None, "Sync"), sorts=(None, *KNOWN_SORTS), sizes=(Size.FEW,))


def test_every_pair_of_values_meets_in_some_question() -> None:
    asked = {(q.period, q.status, q.search, q.sort) for q in covering(LEVELS, WORDS, 2)}
    factors = (PERIODS, LEVELS.statuses, LEVELS.texts, LEVELS.sorts)
    for one, other in combinations(range(4), 2):
        met = {(row[one], row[other]) for row in asked}
        assert met == {(first, second) for first in factors[one] for second in factors[other]}


def test_the_first_questions_have_every_value_of_every_argument() -> None:
    first = list(covering(LEVELS, WORDS, 2))[: len(LEVELS.sorts)]
    assert {question.period for question in first} == set(PERIODS)
    assert {question.status for question in first} == set(LEVELS.statuses)
    assert {question.search for question in first} == set(LEVELS.texts)
    assert {question.sort for question in first} == set(LEVELS.sorts)


def test_no_question_comes_twice() -> None:
    asked = list(covering(LEVELS, WORDS, 3))
    assert len(asked) == len(set(asked))


def test_a_divisor_fills_every_page() -> None:
    for flows in (4, 6, 40, 60, 100, 250):
        size = page_size(Size.DIVISOR, flows, 500)
        assert size is not None
        assert flows % size == 0
        assert 1 < size < flows
