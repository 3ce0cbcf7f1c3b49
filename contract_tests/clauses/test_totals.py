"""What `totalFlows` and `totalTasks` promise."""

from dataclasses import replace

from contract_tests.cases import Spelled
from contract_tests.companions import searched, spelled_by
from contract_tests.marking import clause
from contract_tests.questions import Question
from contract_tests.scopes import ABSENT, EVERYTHING, FILTERED, PLAIN, PRESENT, Questions
from contract_tests.selections import TOTALS, Less, totals_of
from contract_tests.target import Target
from contract_tests.verdict import need


@clause("totals.flows", over=PLAIN)
def test_total_flows_is_the_number_of_flows(target: Target, question: Question) -> None:
    census = target.census(question.period)
    assert target.ask(question).total_flows == len(census.flows)


@clause("totals.tasks", over=PLAIN)
def test_total_tasks_is_the_sum_of_tasks(target: Target, question: Question) -> None:
    census = target.census(question.period)
    assert target.ask(question).total_tasks == sum(flow.tasks for flow in census.flows)


@clause("totals.every-page", over=EVERYTHING)
def test_totals_are_the_same_on_every_page(target: Target, question: Question) -> None:
    pages = target.walk(question).pages
    need(len(pages) > 1, "more than one page")
    assert [page.totals for page in pages] == [pages[0].totals] * len(pages)


@clause("totals.every-page", over=EVERYTHING)
def test_totals_are_the_same_past_the_end(target: Target, question: Question) -> None:
    last = target.walk(question).pages[-1]
    need(last.end_cursor and not last.has_next_page, "a last page with an endCursor")
    past = target.past(replace(question, after=last.end_cursor))
    need(past is not None, "a server that answers past the end")
    assert (past or last).totals == last.totals


@clause("totals.any-page-size", over=EVERYTHING)
def test_totals_do_not_change_with_first(target: Target, question: Question) -> None:
    need(question.first is not None, "a page size to leave out")
    assert target.ask(question).totals == target.ask(replace(question, first=None)).totals


@clause("totals.filtered", over=FILTERED)
def test_totals_describe_the_filtered_flows(target: Target, question: Question) -> None:
    counts_what_is_found(target, question)


@clause("totals.filtered", over=Questions(status=ABSENT, search=PRESENT, sort=ABSENT, wordy=True))
def test_totals_describe_what_any_kind_of_text_finds(target: Target, question: Question) -> None:
    counts_what_is_found(target, question)


@clause("totals.filtered", over=Questions(search=PRESENT, marked=True))
def test_totals_describe_what_a_text_with_marks_finds(target: Target, question: Question) -> None:
    counts_what_is_found(target, question)


@clause("totals.any-sort", over=Questions(sort=PRESENT))
def test_totals_do_not_change_with_sort(target: Target, question: Question) -> None:
    assert target.ask(question).totals == target.ask(replace(question, sort=None)).totals


@clause("totals.selection", over=spelled_by(tuple(Less), hard=searched(Less.EDGES_AND_PAGE_INFO, Less.ALL_BUT_NAMES)))
def test_totals_do_not_depend_on_what_else_is_selected(target: Target, case: Spelled[Less]) -> None:
    question = target.further(case.question) if case.further else case.question
    totals = dict(zip(TOTALS, target.ask(question).totals, strict=True))
    came = totals_of(target, question, case.spelling)
    assert came == {name: totals[name] for name in came}


def counts_what_is_found(target: Target, question: Question) -> None:
    """The totals of a page are those of all pages together."""
    flows = target.whole(question).flows
    assert target.ask(question).totals == (len(flows), sum(flow.tasks for flow in flows))
