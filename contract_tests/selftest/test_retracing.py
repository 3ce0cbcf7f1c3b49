"""A walk put together again from what was said."""

from contract_tests import contract
from contract_tests.answers import Flow
from contract_tests.census import Census
from contract_tests.messages import Reply, Request
from contract_tests.questions import LAST_MONTH, Question
from contract_tests.retracing import Trace, retraced
from contract_tests.words import words

LARGEST = 500
FIRST = Question(LAST_MONTH, first=2)


def flow(tasks: int) -> Flow:
    return Flow(f"Sync {tasks}", "Sales Ops", "ENABLED", tasks, 1, None, None, None)


def said(
    first: int | None, after: str | None, tasks: list[int], cursor: str | None, *, more: bool
) -> tuple[str, Reply]:
    variables = {"period": LAST_MONTH, "first": first, "after": after, "organizationUuid": "uuid"}
    given = {name: value for name, value in variables.items() if value is not None}
    edges = [{"node": {**node(one)}} for one in tasks]
    details = {
        "totalFlows": 3,
        "totalTasks": 6,
        "edges": edges,
        "pageInfo": {"hasNextPage": more, "endCursor": cursor},
    }
    return Request(contract.operation(contract.DETAILS), given).key, Reply(200, {"data": {contract.DETAILS: details}})


def node(tasks: int) -> dict[str, object]:
    project = {"name": "Sales Ops", "icon": None, "color": None}
    return {
        "name": f"Sync {tasks}",
        "project": project,
        "tasks": tasks,
        "runs": 1,
        "lastRunAt": None,
        "status": "ENABLED",
    }


def trace(question: Question, *replies: tuple[str, Reply]) -> Trace:
    census = Census(LAST_MONTH, (flow(3), flow(2), flow(1)))
    return retraced(question, dict(replies), words([LAST_MONTH], [census], LARGEST))


def tasks(flows: object) -> list[int]:
    return sorted(one.tasks for one in flows)  # type: ignore[attr-defined]  # flows of one kind or another


def test_pages_follow_each_other_by_their_cursors() -> None:
    found = trace(FIRST, said(2, "b", [1], "c", more=False), said(2, None, [3, 2], "b", more=True))
    assert [[flow.tasks for flow in step.page.flows] for step in found.steps] == [[3, 2], [1]]
    assert (found.again, found.strange, found.never) == ({}, {}, {})


def test_what_came_again_and_what_never_came_is_told() -> None:
    found = trace(FIRST, said(2, None, [3, 2], "b", more=True), said(2, "b", [2, 9], "c", more=False))
    assert (tasks(found.again), tasks(found.strange), tasks(found.never)) == ([2], [9], [1])


def test_a_walk_in_a_circle_ends_and_says_so() -> None:
    found = trace(FIRST, said(2, None, [3, 2], "b", more=True), said(2, "b", [3, 2], "b", more=True))
    assert (len(found.steps), "circle" in found.end, tasks(found.never)) == (2, True, [1])


def test_of_a_walk_that_was_not_finished_nothing_is_said_to_be_missing() -> None:
    found = trace(FIRST, said(2, None, [3, 2], "b", more=True))
    assert (len(found.steps), "did not ask" in found.end, found.never) == (1, True, {})


def test_pages_of_changing_size_are_one_walk_and_the_large_page_another() -> None:
    large = said(LARGEST, None, [3, 2, 1], "c", more=False)
    found = trace(FIRST, said(2, None, [3, 2], "b", more=True), said(1, "b", [1], "c", more=False), large)
    assert [step.first for step in found.steps] == [2, 1]


def test_where_only_the_large_page_was_asked_for_it_is_the_walk() -> None:
    found = trace(FIRST, said(LARGEST, None, [3, 2], "c", more=False))
    assert ([step.first for step in found.steps], tasks(found.never)) == ([LARGEST], [1])


def test_other_questions_are_none_of_its_pages() -> None:
    found = trace(Question(LAST_MONTH, status="ENABLED"), said(None, None, [3], None, more=False))
    assert found.steps == ()
