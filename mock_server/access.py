"""Who asks, and which organizations and usage they may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_server import tokens
from mock_server.choices_of_refusals import Denial, UnknownOrganization
from mock_server.records import Role
from mock_server.refusals import Denied, NotFound, Refusal, Unauthorized, Withheld

if TYPE_CHECKING:
    from mock_server.records import Caller, Organization, World
    from mock_server.rulings import Rulings

# "A role with usage stats access (Admin / Super Admin)".
_MAY_SEE_USAGE = frozenset({Role.SUPER_ADMIN, Role.ADMIN})


def caller(world: World, authorization: str | None) -> Caller:
    """Return who sends this `Authorization` header; raise Unauthorized when it is nobody, or no longer somebody."""
    scheme, _, sent = (authorization or "").partition(" ")
    if scheme.lower() == "bearer":
        token = sent.strip()
        for known in world.callers:
            if known.token == token and not known.expired:
                return known
        if found := tokens.bearer(world, token):
            return found
    raise Unauthorized


def organization_by_id(world: World, asking: Caller, id_: str, rulings: Rulings) -> Organization:
    """Return the organization; raise a refusal, by ruling, when it is nobody's or the caller is not in it."""
    for organization in world.organizations:
        if organization.id == id_ and id_ in asking.organizations:
            return organization
    raise _refusal("'id'", id_, rulings)


def organization_with_usage(world: World, asking: Caller, uuid: str, rulings: Rulings) -> Organization:
    """Return the organization; raise a refusal as above, or another when the caller's role does not see usage."""
    for organization in world.organizations:
        if organization.uuid == uuid and organization.id in asking.organizations:
            if asking.role not in _MAY_SEE_USAGE:
                raise Withheld if rulings.denial is Denial.NULL else Denied
            return organization
    raise _refusal("uuid", uuid, rulings)


def _refusal(key: str, value: str, rulings: Rulings) -> Refusal:
    # The API answers alike for what is not there and what may not be seen.
    match rulings.unknown_organization:
        case UnknownOrganization.DENIED:
            return Denied()
        case UnknownOrganization.NOT_FOUND:
            return NotFound("Organization", key, value)
        case UnknownOrganization.NULL:
            return Withheld()
