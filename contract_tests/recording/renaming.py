"""The organization under other names: pseudonyms for what is called something, made-up ids, and nothing else of it."""

import hmac
from collections.abc import Iterable, Sequence
from uuid import UUID

from contract_tests.answers import Flow
from contract_tests.recording.filing import World
from contract_tests.recording.matching import Matched
from contract_tests.recording.pseudonyms import Pseudonyms

DOCUMENTED_STATUSES = ("ENABLED", "DISABLED")


def names(flows: Iterable[Matched]) -> set[str]:
    """Return the texts that pseudonyms stand for: what flows and projects are called, and what else may tell."""
    rows = [flow.flow for flow in flows]
    texts = {text for row in rows for text in (row.name, row.project, row.icon, row.color, row.status)}
    return {text for text in texts if isinstance(text, str) and not _harmless(text)}


def _harmless(text: str) -> bool:
    """Whether a text tells nothing of anybody: a documented status, or a colour by its figures."""
    return text in DOCUMENTED_STATUSES or (text[:1] == "#" and len(text) in (4, 7, 9))


def organization(limit: int | None, key: bytes, pseudonyms: Pseudonyms, flows: Sequence[Matched]) -> World:
    """Return the organization with its flows as they are listed, their usage yet to be filled in."""

    def renamed(text: object) -> str | None:
        return None if not isinstance(text, str) else text if _harmless(text) else pseudonyms.of(text)

    def project(row: Flow) -> tuple[str, object, object]:
        return row.project, row.icon, row.color

    places = {one: place for place, one in enumerate(dict.fromkeys(project(flow.flow) for flow in flows))}
    return {
        "id": _number(key, "organization"),
        "uuid": _uuid(key, "organization"),
        "name": "Recorded organization",
        "limit": limit,
        "projects": [
            {"name": renamed(name), "icon": renamed(icon), "color": renamed(color)} for name, icon, color in places
        ],
        "flows": [
            {
                "name": renamed(flow.flow.name),
                "project": places[project(flow.flow)],
                "status": renamed(flow.flow.status),
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
