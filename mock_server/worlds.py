"""Worlds by name or file: read, checked against the closed schema, and written again."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mock_server import shipped
from mock_server.records import Caller, Day, Organization, Project, Record, Role, ServiceAccount, World
from mock_server.refusals import Misconfigured, unknown_name

if TYPE_CHECKING:
    from collections.abc import Mapping

_INSTANT = "%Y-%m-%dT%H:%M:%SZ"


def names() -> tuple[str, ...]:
    """Return the names of the worlds that come with the server."""
    return tuple(sorted(path.stem for path in shipped.WORLDS.glob("*.json")))


def load(name_or_path: str | Path) -> World:
    """Return the world of that name, or the one in that file.

    A text with a slash or the ending `.json` is a file, and so is one that is no world's name, where there is such a
    file. Raises Misconfigured for an unknown name, and for a file that cannot be read or breaks the schema, with where.
    """
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or "/" in text or text.endswith(".json"):
        return _from_file(Path(name_or_path))
    if text not in names():
        if Path(text).is_file():
            return _from_file(Path(text))
        raise unknown_name("world", text, names())
    return _from_file(shipped.WORLDS / f"{text}.json")


def _from_file(path: Path) -> World:
    from mock_server.checking import checked

    try:
        written = json.loads(path.read_text(encoding="utf-8"))
    except OSError as trouble:
        raise Misconfigured(f"{path}: {trouble.strerror or trouble}") from trouble
    except ValueError as trouble:
        raise Misconfigured(f"{path}: not JSON: {trouble}") from trouble
    except RecursionError as trouble:
        raise Misconfigured(f"{path}: nested too deeply") from trouble
    return world(path.stem, checked(written, str(path)))


def world(name: str, written: Mapping[str, Any]) -> World:
    """Return the world that a checked file holds."""
    return World(
        name=name,
        sentence=written["sentence"],
        now=datetime.strptime(written["now"], _INSTANT).replace(tzinfo=UTC),
        organizations=tuple(_organization(item) for item in written["organizations"]),
        callers=tuple(_caller(item) for item in written["callers"]),
        service_accounts=tuple(_account(item) for item in written.get("service_accounts", ())),
    )


def _organization(written: Mapping[str, Any]) -> Organization:
    projects = tuple(Project(**item) for item in written["projects"])
    flows = tuple(_record(item, projects) for item in written["flows"])
    return Organization(written["id"], written["uuid"], written["name"], projects, flows, written.get("limit"))


def _record(written: Mapping[str, Any], projects: tuple[Project, ...]) -> Record:
    days = sorted((_day(item) for item in written["usage"]), key=lambda day: day.day)
    return Record(written["name"], projects[written["project"]], written["status"], tuple(days))


def _day(written: Mapping[str, Any]) -> Day:
    last = written.get("last")
    at = None if last is None else time.fromisoformat(last)
    return Day(date.fromisoformat(written["day"]), written["tasks"], written["runs"], at)


def _caller(written: Mapping[str, Any]) -> Caller:
    return Caller(
        written["token"], Role(written["role"]), tuple(written["organizations"]), written.get("expired", False)
    )


def _account(written: Mapping[str, Any]) -> ServiceAccount:
    return ServiceAccount(
        **{**written, "role": Role(written["role"]), "organizations": tuple(written["organizations"])}
    )
