"""An organization's UUID that does not lead to its usage, or another's that does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from mock_server.deviations.deviation import ResolversDeviation
from mock_server.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import GraphQLResolveInfo

    from mock_server.records import Caller, Organization
    from mock_server.rendering import Json


class _Uuid(ResolversDeviation):
    """A fault in the UUID that an organization is said to have."""

    def organization(self, caller: Caller, id_: str) -> Json | None:
        honest = super().organization(caller, id_)
        return honest and {**honest, "uuid": self.uuid(honest["id"], honest["uuid"])}

    def uuid(self, id_: str, uuid: str) -> str:  # noqa: ARG002 - the deviations say what becomes of either
        return uuid


class AnotherOrganizationsUuid(_Uuid):
    """`organization` gives the UUID of another organization."""

    breaks = ("organization.uuid",)

    def uuid(self, id_: str, uuid: str) -> str:
        return next((other.uuid for other in self.world.organizations if other.id != id_), uuid)


class NumericIdForUuid(_Uuid):
    """`organization` gives the numeric id as the UUID."""

    breaks = ("organization.uuid",)

    def uuid(self, id_: str, uuid: str) -> str:  # noqa: ARG002 - the step takes more than this fault looks at
        return id_


class UuidNobodyHas(_Uuid):
    """`organization` gives a UUID that is nobody's."""

    breaks = ("organization.uuid",)

    def uuid(self, id_: str, uuid: str) -> str:  # noqa: ARG002 - the step takes more than this fault looks at
        return str(uuid5(NAMESPACE_URL, uuid))


class OrganizationNull(ResolversDeviation):
    """`organization` gives null and no error."""

    breaks = ("organization.uuid",)

    def organization(self, caller: Caller, id_: str) -> Json | None:
        super().organization(caller, id_)
        return None


class UnknownOrganizationIsTheCallers(ResolversDeviation):
    """A UUID that is nobody's gives the caller's own usage."""

    breaks = ("organization.unknown",)

    def with_usage(self, caller: Caller, uuid: str) -> Organization:
        known = {organization.uuid for organization in self.world.organizations}
        own = next(found.uuid for found in self.world.organizations if found.id in caller.organizations)
        return super().with_usage(caller, uuid if uuid in known else own)


class UuidByItsStart(ResolversDeviation):
    """A UUID is compared by its first eight letters."""

    breaks = ("organization.unknown",)

    def with_usage(self, caller: Caller, uuid: str) -> Organization:
        whole = (found.uuid for found in self.world.organizations if found.uuid[:8] == uuid[:8])
        return super().with_usage(caller, next(whole, uuid))


class NilUuidIsTheCallers(ResolversDeviation):
    """The UUID of zeros, which clients send where they have none, gives the caller's own usage."""

    breaks = ("organization.unknown",)

    def with_usage(self, caller: Caller, uuid: str) -> Organization:
        own = next(found.uuid for found in self.world.organizations if found.id in caller.organizations)
        return super().with_usage(caller, own if uuid == "00000000-0000-0000-0000-000000000000" else uuid)


class UnknownOrganizationEmpty(ResolversDeviation):
    """A UUID that is nobody's gives an answer without flows, as if it were somebody's."""

    breaks = ("organization.unknown",)

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        try:
            return super().details(caller, arguments, info)
        except Refusal:
            own = next(found.uuid for found in self.world.organizations if found.id in caller.organizations)
            if arguments["organizationUuid"] == own:
                raise
            nothing = {**arguments, "organizationUuid": own, "search": "\0", "status": "\0", "after": None}
            return super().details(caller, nothing, info)


DEVIATIONS = (
    AnotherOrganizationsUuid,
    NumericIdForUuid,
    UuidNobodyHas,
    OrganizationNull,
    UnknownOrganizationIsTheCallers,
    UuidByItsStart,
    NilUuidIsTheCallers,
    UnknownOrganizationEmpty,
)
