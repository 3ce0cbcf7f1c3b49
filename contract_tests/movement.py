"""Tells data that moved from a server that contradicts itself, by what was said before and after."""

from collections.abc import Iterable, Iterator, Mapping

from contract_tests import contract
from contract_tests.answers import Flow, Page, Rows, page
from contract_tests.client import Reply
from contract_tests.verdict import Malformed


def same(before: Mapping[str, Reply], after: Mapping[str, Reply]) -> bool:
    """Whether the same requests brought the same data, errors for errors."""
    return before.keys() == after.keys() and all(_said(before[key]) == _said(after[key]) for key in before)


def moved(before: Mapping[str, Reply], after: Mapping[str, Reply], ever: Iterable[Reply]) -> str | None:
    """Say in words how the data moved from `before` to `after`, or None where movement does not explain it.

    Data that moves brings new totals, rows that were never seen, or a flow whose row changed. A pager that shuffles,
    repeats or loses flows only ever shows rows that were seen before.

    Args:
        before: what a check was told.
        after: what the same check was told when it asked anew.
        ever: everything that was said in the whole run before `after`.

    """
    for key in before.keys() & after.keys():
        old, new = _page(before[key]), _page(after[key])
        if old and new and old.totals != new.totals:
            return f"totalFlows and totalTasks went from {old.totals} to {new.totals}"
    gained = Rows(_flows(after.values())) - Rows(_flows(before.values()))
    lost = Rows(_flows(before.values())) - Rows(_flows(after.values()))
    known = set(_flows(ever))
    for flow in gained:
        if flow not in known:
            return f"a new row came: {flow}"
        if any(_same_flow(flow, other) for other in lost):
            return f"a flow changed: {flow}"
    return None


def _said(reply: Reply) -> object:
    return reply.data, bool(reply.errors)


def _page(reply: Reply) -> Page | None:
    data = reply.data
    try:
        return page(data[contract.DETAILS]) if isinstance(data, dict) and contract.DETAILS in data else None
    except Malformed:
        return None


def _flows(replies: Iterable[Reply]) -> Iterator[Flow]:
    for reply in replies:
        one = _page(reply)
        if one is not None:
            yield from one.flows


def _same_flow(one: Flow, other: Flow) -> bool:
    """Whether one row may be the other after a run, a rename or a toggle; flows carry no id to tell."""
    if one.project != other.project:
        return False
    same_usage = (one.tasks, one.runs, one.last_run_at) == (other.tasks, other.runs, other.last_run_at)
    return one != other and (one.name == other.name or same_usage)
