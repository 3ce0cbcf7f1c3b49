"""Worlds from files: those that come with the server, and those that are not worlds."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from mock_server import shipped, worlds
from mock_server.app import execution
from mock_server.moving import moved
from mock_server.records import Role
from mock_server.refusals import Misconfigured
from mock_server.usage.question import Period
from mock_server.writing import written

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mock_server.records import World

NAMES = worlds.names()
SCHEMA = json.loads(shipped.WORLD_SCHEMA.read_text(encoding="utf-8"))


def text_of(name: str) -> str:
    return (shipped.WORLDS / f"{name}.json").read_text(encoding="utf-8")


def totals(world: World) -> list[tuple[int, int]]:
    resolvers = execution(world).resolvers
    sets = [resolvers.flows(world.organizations[0], period) for period in Period]
    return [(len(flows), sum(flow.tasks for flow in flows)) for flows in sets]


@pytest.mark.parametrize("name", NAMES)
def test_a_world_obeys_the_closed_schema(name: str) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    validator.validate(json.loads(text_of(name)))


def test_the_schema_is_closed_everywhere() -> None:
    def objects(schema: Any) -> Iterable[Any]:
        if isinstance(schema, dict):
            if schema.get("type") == "object":
                yield schema
            for part in schema.values():
                yield from objects(part)

    assert all(found["additionalProperties"] is False for found in objects(SCHEMA))


@pytest.mark.parametrize("name", NAMES)
def test_a_world_that_is_written_again_is_the_same_file(name: str) -> None:
    assert written(worlds.load(name)) == text_of(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_world_has_two_organizations_and_a_caller_of_each_kind(name: str) -> None:
    world = worlds.load(name)
    own, other = world.organizations
    assert [(caller.role, caller.expired) for caller in world.callers] == [
        (Role.SUPER_ADMIN, False),
        (Role.ADMIN, False),
        (Role.NORMAL, False),
        (Role.SUPER_ADMIN, True),
    ]
    assert all(caller.organizations == (own.id,) for caller in world.callers)
    assert other.flows


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("days", [-400, -31, 0, 1, 17, 245])
def test_a_moved_world_uses_the_same_in_each_period(name: str, days: int) -> None:
    world = worlds.load(name)
    elsewhere = moved(world, world.now + timedelta(days=days))
    assert totals(elsewhere) == totals(world)
    assert written(worlds.world(world.name, json.loads(written(elsewhere)))) == written(elsewhere)


def test_a_moved_world_has_no_run_later_than_its_clock() -> None:
    now = worlds.load("leap-day").now.replace(day=1, hour=0, minute=0, second=10)
    world = moved(worlds.load("leap-day"), now)
    flows = execution(world).resolvers.flows(world.organizations[0], Period.CURRENT_MONTH)
    assert max(flow.last_run_at for flow in flows if flow.last_run_at) <= now


BREAKAGES: list[tuple[list[str | int], Any, str]] = [
    (["now"], "yesterday", "/now: "),
    (["now"], "2026-13-01T00:00:00Z", "/now: '2026-13-01T00:00:00Z' is no instant"),
    (["surplus"], 1, "/: "),
    (["organizations", 0, "id"], "12a", "/organizations/0/id: "),
    (["organizations", 1, "uuid"], "no uuid", "/organizations/1/uuid: "),
    (["organizations", 1, "id"], "301234567", "/organizations/1/id: '301234567' stands twice"),
    (["organizations", 0, "flows", 2, "project"], 9, "/organizations/0/flows/2/project: there is no project 9"),
    (["organizations", 0, "flows", 0, "usage", 1, "tasks"], -1, "/organizations/0/flows/0/usage/1/tasks: "),
    (["organizations", 0, "flows", 0, "usage", 1, "tasks"], 2**31, "/organizations/0: "),
    (["organizations", 0, "flows", 0, "usage", 0, "day"], "2026-02-30", "/organizations/0/flows/0/usage/0: 2026-02-30"),
    (["organizations", 0, "flows", 0, "usage", 0, "day"], "2027-01-01", "is after the world's now"),
    (["organizations", 0, "flows", 0, "usage", 0, "last"], "25:00:00", "is not in the calendar"),
    (["organizations", 0, "flows", 0, "usage", 1, "day"], "2026-03-30", "/usage/1/day: '2026-03-30' stands twice"),
    (["callers", 0, "role"], "owner", "/callers/0/role: "),
    (["callers", 1, "token"], "super-admin-token", "/callers/1/token: 'super-admin-token' stands twice"),
    (["callers", 1, "organizations"], ["7"], "/callers/1/organizations: there is no organization '7'"),
]


@pytest.mark.parametrize(("path", "value", "line"), BREAKAGES)
def test_a_broken_world_is_refused_in_one_line_with_the_path_inside_the_file(
    path: list[str | int], value: Any, line: str, tmp_path: Path
) -> None:
    broken = deepcopy(json.loads(text_of("documented")))
    inner: Any = broken
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    file = tmp_path / "broken.json"
    file.write_text(json.dumps(broken), encoding="utf-8")
    with pytest.raises(Misconfigured) as refused:
        worlds.load(file)
    assert str(file) in str(refused.value)
    assert line in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"[", b"\xff\xfe", b"null", b"[]", b'{"sentence": 1}', b"NaN"])
def test_a_file_that_is_no_world_is_refused_in_one_line(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_bytes(content)
    with pytest.raises(Misconfigured) as refused:
        worlds.load(str(file))
    assert "\n" not in str(refused.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for file in (tmp_path / "none.json", tmp_path):
        with pytest.raises(Misconfigured, match=str(file)):
            worlds.load(file)


def test_a_file_is_one_by_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").write_text(written(worlds.load("ties")), encoding="utf-8")
    assert worlds.load("mine").organizations == worlds.load("ties").organizations


def test_an_unknown_world_is_named_with_the_near_ones() -> None:
    with pytest.raises(Misconfigured, match="unknown world 'documentd'; did you mean documented"):
        worlds.load("documentd")
