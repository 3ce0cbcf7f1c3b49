"""What `status` and `search` promise."""

from dataclasses import dataclass, replace

from contract_tests import contract
from contract_tests.answers import Rows
from contract_tests.marking import clause
from contract_tests.questions import Question
from contract_tests.scopes import ABSENT, FILTERED, PRESENT, Listed, Questions
from contract_tests.strategies import ANY_TEXT, HOSTILE_TEXTS
from contract_tests.target import Target
from contract_tests.verdict import CannotJudge, Refused, need

STATUS = Questions(status=PRESENT, search=ABSENT, sort=ABSENT)
SEARCH = Questions(status=ABSENT, search=PRESENT, sort=ABSENT, wordy=True)
COMBINED = Questions(status=PRESENT, search=PRESENT, sort=ABSENT)
MARKED = Questions(status=ABSENT, search=PRESENT, sort=ABSENT, marked=True)
UNKNOWN_STATUSES = Listed(tuple(Question(status=status) for status in ("ARCHIVED", "PAUSED", "ENABLED_", "42")))


@dataclass(frozen=True, slots=True)
class Null:
    """A question beside which an argument is null or absent, or its second page."""

    argument: str
    question: Question
    further: bool = False


ARGUMENTS = ("status", "search", "sort")
NULLS = (
    *(Null(argument, Question(first=20)) for argument in ARGUMENTS),
    *(Null(argument, Question(first=2), further=True) for argument in ARGUMENTS),
    Null("status", Question(search="a", first=20)),
    Null("search", Question(status="ENABLED", first=20)),
    Null("sort", Question(status="ENABLED", search="a", first=20)),
)


@clause("filter.status", over=STATUS)
def test_status_gives_all_flows_with_that_status_and_no_other(target: Target, question: Question) -> None:
    census = target.census(question.period)
    need(len(census.statuses) > 1, "flows of two statuses")
    assert passing(target, question) == census.must(question)


@clause("filter.status", over=UNKNOWN_STATUSES)
def test_a_status_that_no_flow_has_gives_no_flow(target: Target, question: Question) -> None:
    census = target.census(question.period)
    need(census.flows and not census.may(question), "a status that no flow has")
    try:
        came = passing(target, question)
    except Refused:
        return  # to refuse a status that does not exist is as good as finding nothing
    assert came == Rows()


@clause("filter.search-flow-name", over=SEARCH)
def test_search_finds_every_flow_by_its_name(target: Target, question: Question) -> None:
    text, census = question.search or "", target.census(question.period)
    named = Rows(flow for flow in census.flows if text in flow.name)
    need(named and named != Rows(census.flows), "a text that some of the flow names have")
    assert passing(target, question) & named == named


@clause("filter.search-project-name", over=SEARCH)
def test_search_finds_every_flow_by_its_projects_name(target: Target, question: Question) -> None:
    text, census = question.search or "", target.census(question.period)
    named = Rows(flow for flow in census.flows if text in flow.project)
    need(named and named != Rows(census.flows), "a text that some of the project names have")
    assert passing(target, question) & named == named


@clause("filter.search-only-matches", over=SEARCH)
def test_search_gives_no_flow_that_matches_in_neither_name(target: Target, question: Question) -> None:
    census = target.census(question.period)
    possible = census.may(question)
    need(possible != Rows(census.flows), "a flow that does not match")
    assert passing(target, question) - possible == Rows()


@clause("filter.combined", over=COMBINED)
def test_status_and_search_together_give_the_flows_that_pass_both(target: Target, question: Question) -> None:
    census = target.census(question.period)
    need(len(census.statuses) > 1, "flows of two statuses")
    by_status, by_search = replace(question, search=None), replace(question, status=None)
    both = Rows(target.whole(by_status).flows) & Rows(target.whole(by_search).flows)
    assert passing(target, question) == both


@clause("filter.before-pagination", over=FILTERED)
def test_filtered_pages_join_to_the_filtered_set(target: Target, question: Question) -> None:
    whole = target.whole(question)
    walk = target.walk(question)
    need(len(walk.pages) > 1, "filtered flows for more than one page")
    assert Rows(walk.flows) == Rows(whole.flows)


@clause("filter.before-pagination", over=FILTERED)
def test_filtered_pages_are_full_until_the_last(target: Target, question: Question) -> None:
    sizes = [len(page.flows) for page in target.walk(question).pages]
    while sizes and sizes[-1] == 0:
        sizes.pop()  # an empty page at the end is page.has-next-page's
    need(len(sizes) > 1 and question.first, "filtered flows for more than one page")
    assert sizes[:-1] == [target.full(question)] * (len(sizes) - 1)


@clause("filter.under-every-sort", over=Questions(filtered=True))
def test_a_filter_gives_the_same_flows_whatever_sort_and_first_are(target: Target, question: Question) -> None:
    plainly = target.whole(replace(question, sort=None))
    need(plainly.flows, "a flow that passes the filter")
    need(question.sort or question.first != target.largest, "a sort or another page size")
    assert Rows(target.walk(question).flows) == Rows(plainly.flows)


@clause("filter.any-text", over=Listed(HOSTILE_TEXTS, ANY_TEXT))
def test_any_text_is_a_legal_search_and_status(target: Target, text: str) -> None:
    questions = (Question(search=text, first=5), Question(status=text, first=5))
    assert [target.failure(question) for question in questions] == [None, None]


@clause("filter.literal-text", over=MARKED)
def test_marks_in_search_are_plain_text(target: Target, question: Question) -> None:
    census = target.census(question.period)
    need(census.may(question) != Rows(census.flows), "a flow that does not match")
    came = passing(target, question)
    assert came - census.may(question) == Rows()
    assert came & census.must(question) == census.must(question)


@clause("filter.null-is-absent", over=Listed(NULLS))
def test_an_explicit_null_equals_leaving_it_out(target: Target, case: Null) -> None:
    variables = target.variables(target.further(case.question) if case.further else case.question)
    document = contract.operation(contract.DETAILS)
    absent, null = target.reply(document, variables), target.reply(document, {**variables, case.argument: None})
    assert (target.sealed(null.data), bool(null.errors)) == (target.sealed(absent.data), bool(absent.errors))


def passing(target: Target, question: Question) -> Rows:
    """Return the flows that pass a filter.

    Raises:
        CannotJudge: where a flow comes again on a later page: what else came or did not is the pages' fault, then.

    """
    whole, once = target.whole(question), Rows(target.census(question.period).flows)
    came = Rows(whole.flows)
    if came - once and not any(Rows(page.flows) - once for page in whole.pages):
        raise CannotJudge("a flow comes again on a later page")
    return came
