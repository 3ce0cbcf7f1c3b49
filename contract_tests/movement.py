"""Tells data that moved from a server that contradicts itself, by what was said before and after."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from contract_tests.answers import Flow, Page, Rows, page, without_cursors
from contract_tests.budget import CannotAsk
from contract_tests.census import Census
from contract_tests.messages import Reply
from contract_tests.replies import passing
from contract_tests.target import Target
from contract_tests.verdict import CannotJudge, Malformed


def same(before: Mapping[str, Reply], after: Mapping[str, Reply]) -> bool:
    """Whether the same requests brought the same data, errors for errors."""
    return before.keys() == after.keys() and all(said(before[key]) == said(after[key]) for key in before)


def moved(before: Mapping[str, Reply], after: Mapping[str, Reply], ever: Iterable[Reply]) -> str | None:
    """Say in words how flows moved from `before` to `after`, or None where movement does not explain it.

    Data that moves brings rows that were never seen, or a flow whose row changed. A pager that shuffles, repeats or
    loses flows only ever shows rows that were seen before.

    Args:
        before: what a check was told.
        after: what the same check was told when it asked anew.
        ever: everything that was said in the whole run before `after`.

    """
    gained = Rows(_flows(after.values())) - Rows(_flows(before.values()))
    lost = Rows(_flows(before.values())) - Rows(_flows(after.values()))
    known = set(_flows(ever))
    for flow in gained:
        if flow not in known:
            return f"a new row came: {flow}"
        if any(_same_flow(flow, other) for other in lost):
            return f"a flow changed: {flow}"
    return None


def moved_totals(
    before: Mapping[str, Reply], after: Mapping[str, Reply], target: Target, known: Census | None
) -> str | None:
    """Say in words how totals moved from `before` to `after`, or None where they did not.

    Changed totals may be a server that adds up now in one way and now in another: where the flows of the period are
    `known`, taken anew they show whether any moved.
    """
    change = _changed_totals(before, after)
    if not change or known is None:
        return change
    with target.memory.forgetting(), suppress(CannotJudge, CannotAsk, AssertionError):
        return None if Rows(target.census(known.period).flows) == Rows(known.flows) else change
    return change


def resealed(before: Mapping[str, Reply], after: Mapping[str, Reply]) -> bool:
    """Whether the same request brought the same, but for its cursors, which may be sealed anew each second."""
    pairs = ((before[key], after[key]) for key in before.keys() & after.keys())
    return any(one.data != other.data and said(one) == said(other) for one, other in pairs)


def _changed_totals(before: Mapping[str, Reply], after: Mapping[str, Reply]) -> str | None:
    for key in before.keys() & after.keys():
        for old, new in zip(_pages(before[key]), _pages(after[key]), strict=False):
            if old.totals != new.totals:
                return f"totalFlows and totalTasks went from {old.totals} to {new.totals}"
    return None


def comes_back(told: Sequence[Reply]) -> int:
    """Count how often an answer comes back after another one, which data that moves on does not make it do.

    A flow that is renamed or switched off and on again does; such changes are not counted, nor are failures to answer.
    Usage that goes up, down and up again is no movement.

    Args:
        told: the replies to one request, in the order in which they came.

    """
    answers = [reply for reply in told if not passing(reply)]
    count = 0
    for place in range(1, len(answers)):
        one, before = answers[place], answers[place - 1]
        was_there = any(said(one) == said(earlier) for earlier in answers[: place - 1])
        count += said(one) != said(before) and was_there and not _called_otherwise(before, one)
    return count


def shuffled(told: Sequence[Reply]) -> bool:
    """Whether two of the replies to one request show the same rows under the same totals, and yet differ."""
    shown: dict[object, set[str]] = {}
    for reply in told:
        rows = frozenset(Rows(_flows([reply])).items())
        totals = tuple(one.totals for one in _pages(reply))
        if rows:
            shown.setdefault((rows, totals), set()).add(json.dumps(said(reply), sort_keys=True))
    return any(len(answers) > 1 for answers in shown.values())


def said(reply: Reply) -> object:
    """What a reply says, but for the wording of its errors and for what its cursors look like.

    Cursors are opaque: a server may seal the same position otherwise each time.
    """
    return without_cursors(reply.data), bool(reply.errors)


def _pages(reply: Reply) -> Iterator[Page]:
    """The details answers in a reply, under whatever alias they stand."""
    data = reply.data
    for value in data.values() if isinstance(data, dict) else ():
        with suppress(Malformed):
            yield page(value)


def _flows(replies: Iterable[Reply]) -> Iterator[Flow]:
    for reply in replies:
        for one in _pages(reply):
            yield from one.flows


def _called_otherwise(one: Reply, other: Reply) -> bool:
    """Whether some flow of one reply is in the other with the same usage, under another name or status."""
    rows, others = Rows(_flows([one])), Rows(_flows([other]))
    return any(
        _usage(flow) == _usage(before) and flow.project == before.project
        for flow in others - rows
        for before in rows - others
    )


def _usage(flow: Flow) -> tuple[object, ...]:
    return flow.tasks, flow.runs, flow.last_run_at


def _same_flow(one: Flow, other: Flow) -> bool:
    """Whether one row may be the other after a run, a rename or a toggle; flows carry no id to tell."""
    if one.project != other.project:
        return False
    return one != other and (one.name == other.name or _usage(one) == _usage(other))
