"""What a target does about `sort` where the documentation is silent."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from contract_tests.answers import Flow
from contract_tests.questions import ASCENDING, DESCENDING, NAME, STATUS, USAGE, Question, Sort
from contract_tests.readings import COLLATIONS
from contract_tests.scene import NOT_SEEN, OTHER, REFUSED, Observations, Scene
from contract_tests.target import Target
from contract_tests.verdict import Refused


def _sort(**sort: Any) -> Callable[[Scene], str]:
    """Say what an order is like: the default one, or the named field's ascending or descending one."""

    def see(scene: Scene) -> str:
        came = scene.whole(sort=sort)
        if came is None:
            return REFUSED
        field = str(sort.get("by") or USAGE).lower()
        for name, flows in (
            ("ascending", scene.sorted_by(field, ASCENDING)),
            ("default-sort", scene.flows),
            ("descending", scene.sorted_by(field, DESCENDING)),
        ):
            if came == flows:
                return name
        return OTHER

    return see


def field_case(target: Target, question: Question) -> str:
    """Say whether a known field, ascending, is known in the case of letters that the question has it in."""
    try:
        came = target.whole(question).flows
    except Refused:
        return REFUSED
    ascending = target.whole(replace(question, sort=Sort(USAGE, ASCENDING))).flows
    if ascending == target.whole(replace(question, sort=None)).flows:
        return NOT_SEEN
    return "folded" if came == ascending else "exact"


def _field_case(scene: Scene) -> str:
    return field_case(scene.target, Question(scene.period, sort=Sort(USAGE.upper(), ASCENDING)))


def _tie_break(scene: Scene) -> str:
    tied = [usage for usage in {flow.tasks for flow in scene.flows} if len(_with(scene.flows, usage)) > 1]
    ascending = scene.sorted_by(USAGE, ASCENDING)
    groups = [(_with(scene.flows, usage), _with(ascending, usage)) for usage in sorted(tied)]
    if not groups or all(down == down[::-1] for down, _ in groups):
        return NOT_SEEN
    if all([flow.name for flow in down] == sorted(flow.name for flow in down) for down, _ in groups):
        return "name"
    return (
        "the same both ways"
        if all(d == u for d, u in groups)
        else ("mirrored" if all(d == u[::-1] for d, u in groups) else OTHER)
    )


def _with(flows: tuple[Flow, ...], usage: int) -> list[Flow]:
    return [flow for flow in flows if flow.tasks == usage]


def _collation(scene: Scene) -> str:
    names = [flow.name for flow in scene.sorted_by(NAME, ASCENDING)]
    if len(set(names)) < 2:
        return NOT_SEEN
    fitting = [name for name, key in COLLATIONS.items() if (keys := [key(one) for one in names]) == sorted(keys)]
    return " or ".join(fitting) or OTHER


def _status_order(scene: Scene) -> str:
    statuses = list(dict.fromkeys(flow.status for flow in scene.sorted_by(STATUS, ASCENDING)))
    return ", ".join(statuses) if len(statuses) > 1 else NOT_SEEN


OBSERVATIONS: Observations = {
    "unknown-order": _sort(by=NAME, order="sideways"),
    "order-upper-case": _sort(by=NAME, order="ASC"),
    "by-alone": _sort(by=NAME),
    "order-alone": _sort(order=ASCENDING),
    "field-case": _field_case,
    "tie-break": _tie_break,
    "name-collation": _collation,
    "status-order": _status_order,
}
