"""What a world is made of: organizations with their flows' usage by day, and who may ask about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, time


class Role(StrEnum):
    """A caller's role in its organizations, by the API's machine names."""

    SUPER_ADMIN = "super_admin"
    ADMIN = "admin"
    NORMAL = "normal"
    COMPANY_GUEST = "company_guest"
    EXTERNAL_GUEST = "external_guest"


@dataclass(frozen=True, slots=True)
class Project:
    """Where flows live."""

    name: str
    icon: str | None = None
    color: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """What one flow consumed on one day; `last` is the time of its last run, where that is known."""

    day: date
    tasks: int
    runs: int
    last: time | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A flow and everything it ever consumed, a day at a time, oldest first."""

    name: str
    project: Project
    status: str
    usage: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Organization:
    """An organization by both of its names, with its flows; `limit` is in tasks a month."""

    id: str
    uuid: str
    name: str
    projects: tuple[Project, ...]
    flows: Sequence[Record]
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """Who carries a token, and the ids of the organizations it belongs to."""

    token: str
    role: Role
    organizations: tuple[str, ...]
    expired: bool = False


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """Who gets tokens for an id and a secret; each is good for `lifetime` seconds and carries the account's role."""

    client_id: str
    client_secret: str
    role: Role
    organizations: tuple[str, ...]
    lifetime: int = 3600


@dataclass(frozen=True, slots=True)
class World:
    """All that a server serves, and the instant at which it is served."""

    name: str
    sentence: str
    now: datetime
    organizations: tuple[Organization, ...]
    callers: tuple[Caller, ...]
    service_accounts: tuple[ServiceAccount, ...] = ()
