"""The organization under other names: pseudonyms for what is called something, made-up ids, and nothing else of it."""

import hmac
import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from contract_tests.answers import Flow
from contract_tests.recording.filing import World
from contract_tests.recording.matching import Matched
from contract_tests.recording.pseudonyms import Pseudonyms

# What an API calls a status, and what a colour is called, is nobody's own; a text with more to it may be.
STATUS, COLOR = re.compile(r"[A-Z]+(_[A-Z]+)*"), re.compile(r"#[0-9A-Fa-f]{3,8}|[A-Za-z]+")


def names(flows: Iterable[Matched]) -> set[str]:
    """Return the texts that pseudonyms stand for: what flows and projects are called, and what else may tell."""
    found: set[object] = set()
    for row in (flow.flow for flow in flows):
        found |= {row.name, row.project, row.icon}
        found |= {text for text, form in ((row.status, STATUS), (row.color, COLOR)) if not _tells_nothing(text, form)}
    return {text for text in found if isinstance(text, str)}


def _tells_nothing(text: object, form: re.Pattern[str]) -> bool:
    return not isinstance(text, str) or form.fullmatch(text) is not None


def organization(limit: int | None, key: bytes, pseudonyms: Pseudonyms, flows: Sequence[Matched]) -> World:
    """Return the organization with its flows as they are listed, their usage yet to be filled in."""

    def renamed(text: object, form: re.Pattern[str] | None = None) -> str | None:
        if not isinstance(text, str):
            return None
        return text if form is not None and _tells_nothing(text, form) else pseudonyms.of(text)

    def project(row: Flow) -> tuple[str, object, object]:
        return row.project, row.icon, row.color

    places = {one: place for place, one in enumerate(dict.fromkeys(project(flow.flow) for flow in flows))}
    return {
        "id": _number(key, "organization"),
        "uuid": _uuid(key, "organization"),
        "name": "Recorded organization",
        "limit": limit,
        "projects": [
            {"name": renamed(name), "icon": renamed(icon), "color": renamed(color, COLOR)}
            for name, icon, color in places
        ],
        "flows": [
            {
                "name": renamed(flow.flow.name),
                "project": places[project(flow.flow)],
                "status": renamed(flow.flow.status, STATUS),
                "usage": [],
            }
            for flow in flows
        ],
    }


def elsewhere(key: bytes) -> World:
    """Return an organization that none of the callers belongs to."""
    number, uuid = _number(key, "elsewhere"), _uuid(key, "elsewhere")
    return {"id": number, "uuid": uuid, "name": "Another organization", "limit": None, "projects": [], "flows": []}


def _number(key: bytes, purpose: str) -> str:
    return str(300_000_000 + int.from_bytes(hmac.digest(key, f"id {purpose}".encode(), "sha256")[:4]) % 100_000_000)


def _uuid(key: bytes, purpose: str) -> str:
    return str(UUID(bytes=hmac.digest(key, f"uuid {purpose}".encode(), "sha256")[:16], version=4))
