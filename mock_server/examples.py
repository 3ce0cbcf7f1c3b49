"""The documented question as somebody in a world may ask it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mock_server import shipped
from mock_server.records import Role

if TYPE_CHECKING:
    from mock_server.records import World


@dataclass(frozen=True, slots=True)
class Example:
    """The documented operation as text, its variables with an organization of the world, and who may ask."""

    query: str
    variables: dict[str, Any]
    token: str


def example(world: World) -> Example | None:
    """Return the question, or None where nobody in the world may ask it."""
    able = (caller for caller in world.callers if caller.role in (Role.SUPER_ADMIN, Role.ADMIN) and not caller.expired)
    caller = next((caller for caller in able if caller.organizations), None)
    if caller is None:
        return None
    uuids = {organization.id: organization.uuid for organization in world.organizations}
    variables = json.loads(shipped.schema_text("operations/integrationsUsageDetails.variables.json"))
    variables["organizationUuid"] = uuids[caller.organizations[0]]
    return Example(shipped.schema_text("operations/integrationsUsageDetails.graphql"), variables, caller.token)
