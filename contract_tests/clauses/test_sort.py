"""What `sort` promises, and what comes without it."""

from collections.abc import Iterable
from dataclasses import replace

from contract_tests.answers import Flow, Rows
from contract_tests.marking import clause
from contract_tests.observations.sort import field_case
from contract_tests.questions import ASCENDING, DESCENDING, NAME, STATUS, USAGE, Question, Sort
from contract_tests.readings import Misplaced, out_of_order, sort_key
from contract_tests.scopes import ABSENT, EVERYTHING, PRESENT, SORTED, UNSORTED, Listed, Questions
from contract_tests.target import Target
from contract_tests.verdict import need

UNKNOWN = Questions(status=ABSENT, search=ABSENT, sort=PRESENT, fields=())


def sorted_by(*fields: str) -> Questions:
    return Questions(sort=PRESENT, fields=fields, plainly=True)


@clause("sort.default", over=UNSORTED)
def test_flows_come_with_the_greatest_usage_first(target: Target, question: Question) -> None:
    assert disorder(target, question) == []


@clause("sort.default", over=Questions(status=ABSENT, search=PRESENT, sort=ABSENT, wordy=True))
def test_no_kind_of_text_that_is_searched_for_changes_that(target: Target, question: Question) -> None:
    assert disorder(target, question) == []


@clause("sort.usage", over=sorted_by(USAGE))
def test_usage_orders_by_tasks_as_numbers(target: Target, question: Question) -> None:
    assert disorder(target, question) == []


@clause("sort.usage", over=sorted_by(USAGE))
def test_descending_usage_mirrors_ascending(target: Target, question: Question) -> None:
    ascending, descending = ([flow.tasks for flow in flows] for flows in both_ways(target, question, USAGE))
    need(len(set(ascending)) > 1, "flows of different usage")
    assert descending == ascending[::-1]


@clause("sort.name", over=sorted_by(NAME))
def test_name_orders_by_the_flow_name(target: Target, question: Question) -> None:
    assert disorder(target, question) == []


@clause("sort.status", over=sorted_by(STATUS))
def test_each_status_is_one_block(target: Target, question: Question) -> None:
    assert disorder(target, question) == []


@clause("sort.status", over=sorted_by(STATUS))
def test_descending_statuses_mirror_ascending_ones(target: Target, question: Question) -> None:
    ascending, descending = map(blocks, both_ways(target, question, STATUS))
    need(len(set(ascending)) > 1, "flows of two statuses")
    assert descending == ascending[::-1]


@clause("sort.unknown-field", over=UNKNOWN)
def test_an_unknown_field_gives_usage_descending(target: Target, question: Question) -> None:
    unsorted = target.walk(replace(question, sort=None))
    need(len({flow.tasks for flow in unsorted.flows}) > 1, "flows of different usage")
    assert [flow.tasks for flow in target.walk(question).flows] == [flow.tasks for flow in unsorted.flows]


@clause("sort.unknown-field", over=UNKNOWN)
def test_a_short_page_by_an_unknown_field_begins_with_the_greatest_usage(target: Target, question: Question) -> None:
    unsorted = [flow.tasks for flow in target.whole(replace(question, sort=None)).flows]
    need(len(set(unsorted[:3])) > 1, "flows of different usage")
    # How many come is page.size's and page.full's.
    came = [flow.tasks for flow in target.ask(replace(question, first=2)).flows]
    assert came == unsorted[: len(came)]


@clause("sort.unknown-field", over=EVERYTHING)
def test_an_unknown_field_gives_usage_descending_under_filters_too(target: Target, question: Question) -> None:
    need(not question.order.known and question.filtered, "an unknown field and a filter")
    unsorted = target.whole(replace(question, sort=None))
    need(len({flow.tasks for flow in unsorted.flows}) > 1, "flows of different usage")
    assert [flow.tasks for flow in target.whole(question).flows] == [flow.tasks for flow in unsorted.flows]


@clause("sort.whole-set", over=EVERYTHING)
def test_the_order_runs_over_all_pages(target: Target, question: Question) -> None:
    need(question.order.known, "a sort field that is known")
    walk = target.walk(question)
    need(len(walk.pages) > 1, "more than one page")
    # Flows that repeat or vanish between pages are page.continuation's.
    need(len(walk.flows) == walk.total_flows, "pages that join to as many flows as they announce")
    need(Rows(walk.flows) == Rows(target.whole(question).flows), "pages that join to the whole set")
    need(len({sort_key(flow, question.order) for flow in walk.flows}) > 1, "flows that differ in what is sorted by")
    assert out_of_order(walk.flows, question.order) == []


@clause("sort.same-flows", over=SORTED)
def test_sort_only_reorders(target: Target, question: Question) -> None:
    census = target.census(question.period)
    need(len(census.flows) > 1, "two flows")
    assert Rows(target.whole(question).flows) == Rows(census.flows)


@clause("sort.case-of-field", over=Listed((Question(sort=Sort(USAGE.upper(), ASCENDING)),)))
def test_the_case_of_a_field_means_what_it_meant(target: Target, question: Question) -> None:
    before = target.baseline.get("field-case")
    need(before, "a baseline to compare with (--baseline): the documentation is silent")
    assert field_case(target, question) == before


def disorder(target: Target, question: Question) -> list[Misplaced]:
    """The neighbours within a page that stand in the wrong order; what lies between pages is sort.whole-set's."""
    pages = [page.flows for page in target.walk(question).pages]
    need(
        any(len({sort_key(flow, question.order) for flow in flows}) > 1 for flows in pages),
        "a page of flows that differ in what is sorted by",
    )
    return [pair for flows in pages for pair in out_of_order(flows, question.order)]


def both_ways(target: Target, question: Question, field: str) -> tuple[tuple[Flow, ...], tuple[Flow, ...]]:
    """All flows by a field, ascending and descending."""
    ascending, descending = (
        target.whole(replace(question, sort=Sort(field, order))).flows for order in (ASCENDING, DESCENDING)
    )
    # A sort that brings other flows is sort.same-flows', or filter.under-every-sort's.
    need(Rows(ascending) == Rows(descending), "the same flows both ways")
    return ascending, descending


def blocks(flows: Iterable[Flow]) -> list[str]:
    """The statuses in the order in which their blocks come."""
    return list(dict.fromkeys(flow.status for flow in flows))
