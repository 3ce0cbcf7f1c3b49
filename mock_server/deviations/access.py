"""Usage that is shown to a role without access to it, or of an organization that the caller is not in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graphql import FieldNode, VariableNode

from mock_server.deviations.deviation import ExecutionDeviation, ResolversDeviation
from mock_server.deviations.rewriting import connections
from mock_server.deviations.selection import selected
from mock_server.records import Role
from mock_server.usage.question import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import GraphQLResolveInfo

    from mock_server.execution import Request
    from mock_server.records import Caller, Organization
    from mock_server.rendering import Json


class MemberSeesUsage(ResolversDeviation):
    """A caller of any role sees usage."""

    breaks = ("access.role",)

    def with_usage(self, caller: Caller, uuid: str) -> Organization:
        return super().with_usage(_as_admin(caller), uuid)


class MemberSeesTotals(ResolversDeviation):
    """The role is looked at where flows are selected; the totals alone are for any role."""

    breaks = ("access.role",)

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        allowed = caller if selected(info) & {"edges", "nodes"} else _as_admin(caller)
        return super().details(allowed, arguments, info)


class MemberSeesLastMonth(ResolversDeviation):
    """The month that is over is for any role."""

    breaks = ("access.role",)

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        allowed = _as_admin(caller) if arguments["period"] == Period.LAST_MONTH else caller
        return super().details(allowed, arguments, info)


class MemberSeesFurtherPages(ResolversDeviation):
    """The role is looked at on the first page; whoever has a cursor goes on."""

    breaks = ("access.role",)

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        return super().details(_as_admin(caller) if arguments.get("after") else caller, arguments, info)


class MemberSeesTheGreatest(ResolversDeviation):
    """A page of one flow is for any role."""

    breaks = ("access.role",)

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        return super().details(_as_admin(caller) if arguments.get("first") == 1 else caller, arguments, info)


class MemberSeesStats(ResolversDeviation):
    """The role is looked at for the details, and not for the sibling query."""

    breaks = ("access.role",)

    def stats(self, caller: Caller, arguments: Mapping[str, Any]) -> Json:
        return super().stats(_as_admin(caller), arguments)


class MemberSeesASecondAlias(ResolversDeviation):
    """The role is looked at for the first field of a request only."""

    breaks = ("access.role",)

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        first = info.operation.selection_set.selections[0]
        is_first = not isinstance(first, FieldNode) or any(node is first for node in info.field_nodes)
        return super().details(caller if is_first else _as_admin(caller), arguments, info)


class DenialTellsTotals(ExecutionDeviation):
    """The denial says in its extensions how many tasks there are that the role does not see."""

    breaks = ("access.role",)

    def respond(self, request: Request, caller: Caller) -> Json:
        response = super().respond(request, caller)
        if "errors" in response and caller != _as_admin(caller):
            for found in connections(super().respond(request, _as_admin(caller))):
                for error in response["errors"]:
                    error.setdefault("extensions", {})["totalTasks"] = found.get("totalTasks")
        return response


class _Foreign(ResolversDeviation):
    """A fault that takes a caller to belong to every organization."""

    breaks = ("access.foreign-organization",)

    def everywhere(self, caller: Caller) -> Caller:
        return replace(caller, organizations=tuple(found.id for found in self.world.organizations))


class ForeignOrganizationSeen(_Foreign):
    """A caller sees the usage of organizations it does not belong to."""

    def with_usage(self, caller: Caller, uuid: str) -> Organization:
        return super().with_usage(self.everywhere(caller), uuid)


class ForeignStatsSeen(_Foreign):
    """The sibling query does not ask whether the caller belongs to the organization."""

    def stats(self, caller: Caller, arguments: Mapping[str, Any]) -> Json:
        return super().stats(self.everywhere(caller), arguments)


class ForeignTotalsSeen(_Foreign):
    """Whether the caller belongs to the organization is asked where flows are selected; the totals alone are told."""

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        allowed = caller if selected(info) & {"edges", "nodes"} else self.everywhere(caller)
        return super().details(allowed, arguments, info)


class ForeignFurtherPagesSeen(_Foreign):
    """Whether the caller belongs to the organization is asked on the first page only."""

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        return super().details(self.everywhere(caller) if arguments.get("after") else caller, arguments, info)


class ForeignLiteralSeen(_Foreign):
    """Whether the caller belongs to the organization is asked where its UUID is a variable, not where it is written."""

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        values = {argument.name.value: argument.value for argument in info.field_nodes[0].arguments or ()}
        is_variable = isinstance(values["organizationUuid"], VariableNode)
        return super().details(caller if is_variable else self.everywhere(caller), arguments, info)


class ForeignCapitalsSeen(_Foreign):
    """Whether the caller belongs to the organization is asked for its UUID as it is kept, not for it in capitals."""

    def with_usage(self, caller: Caller, uuid: str) -> Organization:
        kept = uuid.lower()
        return super().with_usage(caller if kept == uuid else self.everywhere(caller), kept)


def _as_admin(caller: Caller) -> Caller:
    return caller if caller.role is Role.SUPER_ADMIN else replace(caller, role=Role.ADMIN)


DEVIATIONS = (
    MemberSeesUsage,
    MemberSeesTotals,
    MemberSeesLastMonth,
    MemberSeesFurtherPages,
    MemberSeesTheGreatest,
    MemberSeesStats,
    MemberSeesASecondAlias,
    DenialTellsTotals,
    ForeignOrganizationSeen,
    ForeignStatsSeen,
    ForeignTotalsSeen,
    ForeignFurtherPagesSeen,
    ForeignLiteralSeen,
    ForeignCapitalsSeen,
)
