"""What the documented operation promises: its form, its types, and what it refuses."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from contract_tests import contract
from contract_tests.cases import Made
from contract_tests.conformity import Misfit, misfits
from contract_tests.instants import is_instant
from contract_tests.literals import Literal, literal, without_argument
from contract_tests.marking import clause
from contract_tests.questions import CURRENT_MONTH, DESCENDING, PERIODS, USAGE, Question, Sort
from contract_tests.scopes import EVERYTHING, PLAIN, Depth, Listed
from contract_tests.strategies import ANY_TEXT
from contract_tests.target import Target
from contract_tests.verdict import need
from contract_tests.words import Words


def documented(words: Words, _: Depth) -> list[Question]:
    """The documented variables; in another period where the run leaves the documented one out."""
    period = CURRENT_MONTH if CURRENT_MONTH in words.periods else words.periods[0]
    return [Question(period, sort=Sort(USAGE, DESCENDING), first=20)]


COUNTS = ("tasks", "runs")
# These have clauses of their own.
APART = ("lastRunAt", "icon", "color")
FIRST_PAGES, FURTHER_PAGES = 3, 12


@clause("operation.documented", over=Made(documented))
def test_the_documented_operation_is_answered_without_errors(target: Target, question: Question) -> None:
    reply = target.reply(contract.operation(contract.DETAILS), target.variables(question))
    assert reply.errors == ()


@clause("operation.documented", over=PLAIN)
def test_no_errors_come_beside_an_answer_or_from_inside_it(target: Target, question: Question) -> None:
    after = None
    for _ in range(FIRST_PAGES):
        reply = target.memory.reply(target.request(replace(question, after=after)))
        details = reply.data_of(contract.DETAILS)
        # What is refused altogether may be so for its period.
        assert [error for error in reply.errors if details is not None or is_from_inside(error)] == []
        after = following(details)
        if after is None:
            return


@clause("operation.documented", over=EVERYTHING)
def test_an_answer_has_exactly_the_keys_that_are_selected(target: Target, question: Question) -> None:
    for details in told(target, question):
        assert [str(misfit) for misfit in departures(details) if misfit.of_keys] == []


@clause("operation.types", over=EVERYTHING)
def test_every_value_has_its_type(target: Target, question: Question) -> None:
    for details in told(target, question):
        wrong = (misfit for misfit in departures(details) if not misfit.of_keys)
        assert [str(misfit) for misfit in wrong if not misfit.path.endswith(APART)] == []


@clause("operation.types", over=EVERYTHING)
def test_no_count_is_negative(target: Target, question: Question) -> None:
    for details in told(target, question):
        counts = [details.get(total) for total in ("totalFlows", "totalTasks")] if isinstance(details, dict) else []
        counts += [node.get(count) for node in nodes(details) for count in COUNTS]
        assert [count for count in counts if isinstance(count, int | float) and count < 0] == []


@clause("operation.last-run-at", over=EVERYTHING)
def test_last_run_at_is_null_or_an_instant(target: Target, question: Question) -> None:
    seen = False
    for details in told(target, question):
        values = [node["lastRunAt"] for node in nodes(details) if node.get("lastRunAt") is not None]
        assert [value for value in values if not is_instant(value)] == []
        seen |= bool(values)
    need(seen, "a flow with a last run")


@clause("operation.reserved-project-fields", over=EVERYTHING)
def test_icon_and_color_are_null_or_a_string(target: Target, question: Question) -> None:
    seen = False
    for details in told(target, question):
        projects = [node["project"] for node in nodes(details) if isinstance(node.get("project"), dict)]
        values = [project[key] for project in projects for key in ("icon", "color") if key in project]
        assert [value for value in values if not (value is None or isinstance(value, str))] == []
        seen |= bool(values)
    need(seen, "a flow")


@clause("operation.required-arguments", over=Listed(("organizationUuid", "period")))
def test_a_required_argument_is_not_left_out(target: Target, argument: str) -> None:
    variables = target.variables(Question(first=20))
    del variables[argument]
    assert flows_or_silence(target, variables) is None


@clause("operation.required-arguments", over=Listed(("organizationUuid", "period")))
def test_a_required_argument_is_not_null(target: Target, argument: str) -> None:
    assert flows_or_silence(target, {**target.variables(Question(first=20)), argument: None}) is None


@clause("operation.required-arguments", over=Listed(("organizationUuid", "period")))
def test_a_required_argument_is_not_left_out_of_the_operation(target: Target, argument: str) -> None:
    variables = target.variables(Question(first=20))
    del variables[argument]
    documents = (without_argument(argument, null=False), without_argument(argument, null=True))
    assert [flows_or_silence(target, variables, document) for document in documents] == [None, None]


@clause(
    "operation.unknown-period",
    over=Listed(
        ("this_year", "CURRENT_MONTH", "", "Last_Month", "last_6_months", "today", "current month", " current_month"),
        ANY_TEXT.filter(lambda text: text not in PERIODS),
    ),
)
def test_a_period_outside_the_documented_ones_is_refused(target: Target, period: str) -> None:
    assert flows_or_silence(target, target.variables(Question(period=period, first=20))) is None


@clause("operation.unknown-period", over=Listed(("this_year", "CURRENT_MONTH")))
def test_such_a_period_is_refused_as_a_literal_too(target: Target, period: str) -> None:
    document = literal(Question(period=period, first=20), target.organization_uuid, Literal.PLAIN)
    assert flows_or_silence(target, {}, document) is None


WRONG_TYPES: tuple[dict[str, Any], ...] = (
    {"first": "20"},
    {"search": 1},
    {"sort": "usage"},
    {"first": 2.5},
    {"status": 1},
    {"after": 1},
    {"period": 1},
    {"first": True},
    {"search": True},
    {"first": "all"},
    {"sort": 1},
    {"status": {"eq": "ENABLED"}},
    {"search": ["a", "b"]},
    {"status": ["ENABLED"]},
    {"sort": [{"by": "usage", "order": "desc"}, {"by": "name", "order": "asc"}]},
)


@clause(
    "operation.wrong-types",
    over=Listed(
        tuple(json.dumps(wrong) for wrong in WRONG_TYPES),
        st.builds(
            lambda name, value: json.dumps({name: value}),
            st.sampled_from(("search", "status", "after")),
            st.one_of(st.integers(-9, 9), st.booleans(), st.fixed_dictionaries({"by": st.just("usage")})),
        ),
        least=len(WRONG_TYPES),
    ),
)
def test_a_variable_of_the_wrong_type_is_refused(target: Target, wrong: str) -> None:
    variables = {**target.variables(Question(first=20)), **json.loads(wrong)}
    assert flows_or_silence(target, variables) is None


def departures(details: Any) -> Iterator[Misfit]:
    """Where an answer is not of the documented form."""
    return misfits({contract.DETAILS: details}, contract.operation(contract.DETAILS), contract.documented_schema())


def told(target: Target, question: Question) -> Iterator[Any]:
    """The answer to a question and, where all flows are asked for in no order of their own, those of further pages.

    Such walks are asked for by the clauses on pages as well.
    """
    details = target.told(question)
    yield details
    for _ in range(0 if question.filtered or question.sort else FURTHER_PAGES):
        after = following(details)
        if after is None:
            return
        details = target.told(replace(question, after=after))
        yield details


def following(details: Any) -> str | None:
    """The cursor with which an answer goes on, as far as it is of the documented form."""
    info = details.get("pageInfo") if isinstance(details, dict) else None
    cursor = info.get("endCursor") if isinstance(info, dict) and info.get("hasNextPage") is True else None
    return cursor if isinstance(cursor, str) and cursor else None


def nodes(details: Any) -> Iterator[dict[str, Any]]:
    """The nodes of an answer, as far as they are of the documented form."""
    edges = details.get("edges") if isinstance(details, dict) else None
    for edge in edges if isinstance(edges, list) else ():
        if isinstance(edge, dict) and isinstance(edge.get("node"), dict):
            yield edge["node"]


def is_from_inside(error: Any) -> bool:
    """Whether an error is about a field of the answer, rather than about the whole."""
    path = error.get("path") if isinstance(error, dict) else None
    return isinstance(path, list) and len(path) > 1 and path[0] == contract.DETAILS


def flows_or_silence(target: Target, variables: dict[str, Any], document: str = "") -> object:
    """What came of a request that must be refused: None where errors came and no flow, else what came instead."""
    reply = target.reply(document or contract.operation(contract.DETAILS), variables)
    details = reply.data.get(contract.DETAILS) if isinstance(reply.data, dict) else None
    if reply.failed:
        return f"HTTP {reply.status}, a failure of the server"
    if not reply.errors:
        return details if details is not None else "an answer without errors"
    return next(nodes(details), None)
