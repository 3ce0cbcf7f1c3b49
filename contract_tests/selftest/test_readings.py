import pytest

from contract_tests.answers import Flow
from contract_tests.questions import ASCENDING, DESCENDING, NAME, STATUS, USAGE, Question, Sort
from contract_tests.readings import Misplaced, may_match, must_match, name_may_precede, out_of_order


def flow(name: str = "Sync", project: str = "Sales Ops", status: str = "ENABLED", tasks: int = 1) -> Flow:
    return Flow(name, project, status, tasks, 1, None, None, None)


@pytest.mark.parametrize(
    ("text", "must", "may"),
    [
        ("leads", True, True),
        ("Ops", True, True),
        ("LEADS", False, True),
        ("leads  to", False, True),
        ("crm sync", False, True),
        ("ação", False, False),
        ("leadz", False, False),
    ],
)
def test_readings_of_a_search(text: str, must: bool, may: bool) -> None:
    one = flow("Sync new leads to CRM")
    question = Question(search=text)
    assert (must_match(one, question), may_match(one, question)) == (must, may)


def test_an_accent_may_be_folded_and_need_not() -> None:
    one, question = flow("Ação"), Question(search="acao")
    assert (must_match(one, question), may_match(one, question)) == (False, True)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a", "b"),
        ("B", "a"),
        ("a", "B"),
        ("é", "f"),
        ("f", "é"),
        ("a-b", "aa"),
        ("_x", "a"),
        ("a", "_x"),
        ("x", "x"),
        ("x 10", "x 2"),
        ("x 2", "x 10"),
    ],
)
def test_some_collation_puts_these_in_this_order(first: str, second: str) -> None:
    assert name_may_precede(first, second)


@pytest.mark.parametrize(("first", "second"), [("b", "a"), ("Zebra", "Apple"), ("flow 2", "flow 1"), ("zé", "za")])
def test_no_collation_puts_these_in_this_order(first: str, second: str) -> None:
    assert not name_may_precede(first, second)


def test_usage_is_ordered_as_numbers() -> None:
    flows = [flow(tasks=9), flow(tasks=100), flow(tasks=20)]
    assert out_of_order(flows, Sort(USAGE, DESCENDING)) == [Misplaced(flows[0], flows[1])]


def test_an_unknown_field_does_not_obey_the_order() -> None:
    flows = [flow(tasks=2), flow(tasks=1)]
    assert out_of_order(flows, Sort("runs", ASCENDING)) == []


def test_names_descend() -> None:
    flows = [flow("c"), flow("a"), flow("b")]
    assert out_of_order(flows, Sort(NAME, DESCENDING)) == [Misplaced(flows[1], flows[2])]


def test_a_status_that_comes_back_is_out_of_order() -> None:
    flows = [flow(status="ENABLED"), flow(status="DISABLED"), flow(status="ENABLED")]
    assert out_of_order(flows, Sort(STATUS, ASCENDING)) == [Misplaced(flows[1], flows[2])]


def test_either_status_may_come_first() -> None:
    flows = [flow(status="ENABLED"), flow(status="DISABLED")]
    assert out_of_order(flows, Sort(STATUS, ASCENDING)) == out_of_order(flows[::-1], Sort(STATUS, ASCENDING)) == []
