from contract_tests.answers import Flow, Rows
from contract_tests.differing import SHOWN, Kind, differences, plain


def lines(expected: object, got: object) -> list[str]:
    return [str(found) for found in differences(expected, got)]


def flow(tasks: int) -> Flow:
    return Flow("Sync", "Sales Ops", "ENABLED", tasks, 1, None, None, None)


def test_rows_differ_by_what_is_missing_and_what_is_not_expected() -> None:
    found = lines(Rows([flow(2), flow(1)]), Rows([flow(2), flow(3)]))
    assert found == [f"missing: {flow(1)}", f"not expected: {flow(3)}"]


def test_equal_rows_count() -> None:
    assert lines(Rows([flow(1), flow(1)]), Rows([flow(1)])) == [f"missing: {flow(1)}"]


def test_sequences_differ_by_place() -> None:
    assert lines([5, 4, 3], [5, 3, 4]) == ["place 2: expected 4, got 3", "place 3: expected 3, got 4"]


def test_a_row_that_is_there_elsewhere_is_told_from_one_that_is_not() -> None:
    assert [found.kind for found in differences([5, 4, 3], [5, 3, 2])] == [Kind.OTHER_VALUE, Kind.OTHER_VALUE]
    assert {found.kind for found in differences([5, 4, 3], [5, 3, 4])} == {Kind.OTHER_PLACE}


def test_a_shorter_sequence_says_what_is_missing() -> None:
    assert lines((1, 2), (1,)) == ["2 expected, 1 came", "missing: 2"]


def test_a_long_difference_is_cut_and_says_so() -> None:
    found = lines(Rows(flow(n) for n in range(SHOWN + 3)), Rows())
    assert (len(found), found[-1]) == (SHOWN + 1, "… and 3 more")


def test_rows_become_json_with_the_greatest_usage_first() -> None:
    assert [row["tasks"] for row in plain(Rows([flow(1), flow(2)]))] == [2, 1]
