"""A world as the text of its file: one line a project, a flow and a caller, so that two worlds can be compared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mock_server.records import Caller, Day, Organization, Project, Record, ServiceAccount, World

INSTANT = "%Y-%m-%dT%H:%M:%SZ"


def written(world: World) -> str:
    """Return the world's file; the same world gives the same bytes everywhere."""
    organizations = ",\n".join(_organization(organization) for organization in world.organizations)
    return (
        "{\n"
        f'  "sentence": {_json(world.sentence)},\n'
        f'  "now": {_json(world.now.strftime(INSTANT))},\n'
        f'  "organizations": [\n{organizations}\n  ],\n'
        f'  "callers": {_lines((_caller(caller) for caller in world.callers), 2)},\n'
        f'  "service_accounts": {_lines((_account(account) for account in world.service_accounts), 2)}\n'
        "}\n"
    )


def _organization(organization: Organization) -> str:
    positions = {id(project): index for index, project in enumerate(organization.projects)}
    projects = (_project(project) for project in organization.projects)
    flows = (_record(flow, positions[id(flow.project)]) for flow in organization.flows)
    return (
        "    {\n"
        f'      "id": {_json(organization.id)},\n'
        f'      "uuid": {_json(organization.uuid)},\n'
        f'      "name": {_json(organization.name)},\n'
        f'      "limit": {_json(organization.limit)},\n'
        f'      "projects": {_lines(projects, 6)},\n'
        f'      "flows": {_lines(flows, 6)}\n'
        "    }"
    )


def _project(project: Project) -> Mapping[str, Any]:
    return {"name": project.name, "icon": project.icon, "color": project.color}


def _record(flow: Record, project: int) -> Mapping[str, Any]:
    usage = [_day(day) for day in flow.usage]
    return {"name": flow.name, "project": project, "status": flow.status, "usage": usage}


def _day(day: Day) -> Mapping[str, Any]:
    last = None if day.last is None else day.last.isoformat()
    return {"day": day.day.isoformat(), "tasks": day.tasks, "runs": day.runs, "last": last}


def _caller(caller: Caller) -> Mapping[str, Any]:
    organizations = list(caller.organizations)
    return {
        "token": caller.token,
        "role": caller.role.value,
        "organizations": organizations,
        "expired": caller.expired,
    }


def _account(account: ServiceAccount) -> Mapping[str, Any]:
    return {
        "client_id": account.client_id,
        "client_secret": account.client_secret,
        "role": account.role.value,
        "organizations": list(account.organizations),
        "lifetime": account.lifetime,
    }


def _lines(items: Iterable[Mapping[str, Any]], indent: int) -> str:
    lines = [" " * (indent + 2) + _json(item) for item in items]
    return "[\n" + ",\n".join(lines) + "\n" + " " * indent + "]" if lines else "[]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
