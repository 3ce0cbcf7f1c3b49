"""Flows that are equal in what they are sorted by: any order of them is legal, as long as it is one order."""

from itertools import accumulate, pairwise

from contract_tests.answers import Flow
from contract_tests.questions import Sort
from contract_tests.readings import sort_key
from contract_tests.walk import Walk


def between_ties(flows: tuple[Flow, ...], whole: tuple[Flow, ...], order: Sort) -> list[Flow]:
    """The flows that are tied with no other, in the order in which they came."""
    tied = tied_keys(whole, order)
    return [flow for flow in flows if sort_key(flow, order) not in tied]


def ties(flows: tuple[Flow, ...], whole: tuple[Flow, ...], order: Sort) -> list[Flow]:
    """The flows that are tied with another, in the order in which they came."""
    tied = tied_keys(whole, order)
    return [flow for flow in flows if sort_key(flow, order) in tied]


def tied_keys(whole: tuple[Flow, ...], order: Sort) -> set[int | str]:
    """What neighbours share. A flow that comes again further on is no tie: the pager repeated it."""
    keys = [sort_key(flow, order) for flow in whole]
    return {one for one, other in pairwise(keys) if one == other}


def splits_a_tie(walk: Walk, whole: tuple[Flow, ...], order: Sort) -> bool:
    """Whether a page ends between two flows of the whole set between which any order is legal."""
    ends = accumulate(len(page.flows) for page in walk.pages)
    keys = [sort_key(flow, order) for flow in whole]
    return any(keys[end - 1] == keys[end] for end in ends if 0 < end < len(keys))
