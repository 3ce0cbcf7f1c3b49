"""The walk that a check saw, put together from what is remembered. Asks nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from contract_tests import contract
from contract_tests.access import Caller
from contract_tests.answers import Flow, Page, Rows, page
from contract_tests.messages import Reply, Request
from contract_tests.questions import Question
from contract_tests.verdict import Malformed
from contract_tests.words import Words

PAGES = 60
NOTHING = -1


@dataclass(frozen=True, slots=True)
class Step:
    """One page of a walk, and what brought it."""

    first: int | None
    after: str | None
    page: Page


@dataclass(frozen=True, slots=True)
class Trace:
    """The pages of a question in their order, and why no more follow.

    `again` are the flows that came more often than the whole set has them, `strange` those that it has not at all,
    `never` those of it that did not come. All are empty where the whole set is not known.
    """

    steps: tuple[Step, ...]
    end: str
    again: Rows
    strange: Rows
    never: Rows

    @property
    def flows(self) -> tuple[Flow, ...]:
        """The flows of all pages, joined."""
        return tuple(flow for step in self.steps for flow in step.page.flows)


def retraced(question: Question, replies: Mapping[str, Reply], words: Words) -> Trace:
    """Return the walk of a question as far as it was asked, and compare it with the whole set."""
    steps, end, ended = _steps(question, replies, words.largest)
    least, most = _whole(question, steps, replies, words)
    came = Rows(flow for step in steps for flow in step.page.flows)
    surplus = Rows((came - most).elements()) if most is not None else Rows()
    known = set(most or ())
    return Trace(
        steps,
        end,
        again=Rows(flow for flow in surplus.elements() if flow in known),
        strange=Rows(flow for flow in surplus.elements() if flow not in known),
        never=Rows((least - came).elements()) if least is not None and ended and question.after is None else Rows(),
    )


def _whole(
    question: Question, steps: tuple[Step, ...], replies: Mapping[str, Reply], words: Words
) -> tuple[Rows | None, Rows | None]:
    """The flows that the question must bring and those that it may: as one large page has them, or by the census."""
    if steps and steps[0].first != words.largest:
        large, _, ended = _steps(replace(question, first=words.largest, after=None), replies, words.largest)
        if len(large) == 1 and ended:
            rows = Rows(large[0].page.flows)
            return rows, rows
    census = words.census(question.period)
    return (None, None) if census is None else (census.must(question), census.may(question))


def _steps(question: Question, replies: Mapping[str, Reply], largest: int) -> tuple[tuple[Step, ...], str, bool]:
    """The pages of a question, why no more follow, and whether none could."""
    asked = _asked(question, replies)
    # A check that does not walk by itself asks for the large page only.
    beginning = asked.get(question.after, {})
    first = question.first if question.first in beginning or largest not in beginning else largest
    steps: list[Step] = []
    after, seen = question.after, {question.after}
    while True:
        brought = asked.get(after, {})
        size = min((one for one in brought if _goes_on(first, one)), key=lambda one: one != first, default=NOTHING)
        if size == NOTHING:
            return tuple(steps), *_ending(steps)
        try:
            steps.append(Step(size, after, page(brought[size])))
        except Malformed as malformed:
            return tuple(steps), str(malformed), False
        after = steps[-1].page.end_cursor
        if after is None:
            return tuple(steps), *_ending(steps)
        if after in seen:
            return tuple(steps), f"the endCursor {after!r} came before: from here the walk goes in a circle", True
        if len(steps) == PAGES:
            return tuple(steps), f"after {PAGES} pages no more are shown", False
        seen.add(after)


def _goes_on(first: int | None, other: int | None) -> bool:
    """Whether a page of another size is of the same walk: checks that change `first` stay near it."""
    return first == other or (first is not None and other is not None and other <= first + 2)


def _ending(steps: list[Step]) -> tuple[str, bool]:
    if not steps:
        return "no page of it was answered", False
    last = steps[-1].page
    if not last.has_next_page:
        return "the last page says that there is no next one", True
    if last.end_cursor is None:
        return "there is more, and no endCursor", True
    return "there is more, and the check did not ask for it", False


def _asked(question: Question, replies: Mapping[str, Reply]) -> dict[str | None, dict[int | None, Any]]:
    """The answers to a question by the documented operation, by where they begin and by page size."""
    found: dict[str | None, dict[int | None, Any]] = {}
    wanted = _apart(question.variables())
    document = contract.operation(contract.DETAILS)
    beginning = Request(document, {}).key.partition(", {}")[0]
    for key, reply in replies.items():
        if not key.startswith(beginning):
            continue
        request = Request.of_key(key)
        details = reply.data_of(contract.DETAILS)
        variables = {name: value for name, value in request.variables.items() if name != "organizationUuid"}
        if request.caller == Caller.OWN and details and _apart(variables) == wanted:
            found.setdefault(variables.get("after"), {})[variables.get("first")] = details
    return found


def _apart(variables: Mapping[str, Any]) -> str:
    """What of a question is the same on every page."""
    return json.dumps(
        {name: value for name, value in variables.items() if name not in ("first", "after")}, sort_keys=True
    )
