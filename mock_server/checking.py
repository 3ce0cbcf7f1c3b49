"""What a world's file must be: the closed schema, and what a schema cannot say."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from jsonschema_rs import Draft202012Validator, ValidationError

from mock_server import shipped
from mock_server.refusals import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def checked(written: Any, file: str) -> Mapping[str, Any]:
    """Return what was written; raise Misconfigured with the path inside the file and what is wrong there."""
    schema = json.loads(shipped.WORLD_SCHEMA.read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema, validate_formats=True)
    broken = min(validator.iter_errors(written), key=_depth, default=None)
    if broken is not None:
        raise Misconfigured(f"{file}: {_path(broken.instance_path)}: {broken.message}")
    for path, wrong in _contradictions(written):
        raise Misconfigured(f"{file}: {_path(path)}: {wrong}")
    found: Mapping[str, Any] = written
    return found


def _depth(error: ValidationError) -> tuple[int, str]:
    return len(error.instance_path), str(error.instance_path)


def _path(steps: list[str | int]) -> str:
    return "/" + "/".join(str(step) for step in steps)


_LARGEST = 2**31 - 1

Trouble = tuple[list[str | int], str]


def _contradictions(written: Mapping[str, Any]) -> Iterator[Trouble]:
    try:
        now = datetime.strptime(written["now"], "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        yield ["now"], f"{written['now']!r} is no instant"
        return
    organizations = written["organizations"]
    for key in ("id", "uuid"):
        yield from _repeated(organizations, "organizations", key)
    yield from _repeated(written["callers"], "callers", "token")
    accounts = written.get("service_accounts", [])
    yield from _repeated(accounts, "service_accounts", "client_id")
    known = {organization["id"] for organization in organizations}
    for where, belonging in (("callers", written["callers"]), ("service_accounts", accounts)):
        for index, one in enumerate(belonging):
            for unknown in (id_ for id_ in one["organizations"] if id_ not in known):
                yield [where, index, "organizations"], f"there is no organization {unknown!r}"
    for index, organization in enumerate(organizations):
        if sum(day["tasks"] for flow in organization["flows"] for day in flow["usage"]) > _LARGEST:
            yield ["organizations", index], f"its tasks together are more than {_LARGEST}, the largest Int of GraphQL"
        for number, flow in enumerate(organization["flows"]):
            for steps, wrong in _flow(flow, len(organization["projects"]), now):
                yield ["organizations", index, "flows", number, *steps], wrong


def _flow(flow: Mapping[str, Any], projects: int, now: datetime) -> Iterator[Trouble]:
    if flow["project"] >= projects:
        yield ["project"], f"there is no project {flow['project']}, only {projects} from 0"
    yield from _repeated(flow["usage"], "usage", "day")
    for number, day in enumerate(flow["usage"]):
        try:
            at = datetime.fromisoformat(f"{day['day']}T{day.get('last') or '00:00:00'}")
        except ValueError:
            yield ["usage", number], f"{day['day']} {day.get('last') or ''}".strip() + " is not in the calendar"
            continue
        if at > now:
            yield ["usage", number], f"{day['day']} is after the world's now"


def _repeated(items: list[Mapping[str, Any]], where: str, key: str) -> Iterator[Trouble]:
    seen: set[str | date] = set()
    for index, item in enumerate(items):
        if item[key] in seen:
            yield [where, index, key], f"{item[key]!r} stands twice"
        seen.add(item[key])
