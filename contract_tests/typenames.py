"""What a target calls its types, and answers brought to the plain form whichever spelling asked for them."""

from typing import Any

from contract_tests import contract
from contract_tests.messages import Request
from contract_tests.questions import Question
from contract_tests.spellings import LEFT_OUT, NOT_INCLUDED, ROOT, SKIPPED, Form, Types, spelled
from contract_tests.target import Target
from contract_tests.verdict import CannotJudge, need

TYPENAME = "__typename"


def types(target: Target) -> Types:
    """Return the names of the types of the query and of each field of objects.

    Raises:
        CannotJudge: where the target does not tell them.

    """
    document, _ = spelled(Form.TYPENAME, {})
    question = Question(target.periods[0], first=20)
    target.told(question)
    details = target.answer(Request(document, target.variables(question)))[contract.DETAILS]
    found = {ROOT: target.admission().data_of(TYPENAME)}
    edges = details.get("edges") if isinstance(details, dict) else None
    need(edges, "a flow")
    value: Any = details
    for field in (contract.DETAILS, "edges", "node", "project"):
        found[field] = _name(value)
        value = _inside(value, {contract.DETAILS: "edges", "edges": "node", "node": "project"}.get(field, ""))
    found["pageInfo"] = _name(_inside(details, "pageInfo"))
    if not all(isinstance(name, str) and name for name in found.values()):
        raise CannotJudge("the target does not tell the names of its types")
    return found


def plain(value: Any, form: Form) -> Any:
    """Return a value that was asked for in another form as the documented operation would show it.

    An object without the `__typename` that was asked for gets one that says so.
    """
    if isinstance(value, list):
        return [plain(item, form) for item in value]
    if not isinstance(value, dict):
        return value
    if form == Form.RENAMED:
        named = ((key[:-1] if key.endswith("_") else f"{key} without its alias", item) for key, item in value.items())
        return {key: plain(item, form) for key, item in named}
    if form == Form.TYPENAME:
        lacking = {} if isinstance(value.get(TYPENAME), str) and value[TYPENAME] else {TYPENAME: "missing"}
        return {key: plain(item, form) for key, item in value.items() if key != TYPENAME} | lacking
    return value


def left_over(value: Any, form: Form) -> Any:
    """Return what a form leaves of the value that the documented operation shows."""
    if form not in LEFT_OUT:
        return value
    if isinstance(value, list):
        return [left_over(item, form) for item in value]
    if isinstance(value, dict):
        gone = {*NOT_INCLUDED, *SKIPPED}
        return {key: left_over(item, form) for key, item in value.items() if key not in gone}
    return value


def _name(value: Any) -> Any:
    return value.get(TYPENAME) if isinstance(value, dict) else None


def _inside(value: Any, key: str) -> Any:
    inner = value.get(key) if isinstance(value, dict) else None
    return inner[0] if isinstance(inner, list) and inner else inner
