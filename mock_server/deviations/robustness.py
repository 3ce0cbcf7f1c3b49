"""Queries that the schema allows and few send: the server fails over them, or its answer does not fit the schema."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from aiohttp import web
from graphql import FieldNode

from mock_server.deviations.deviation import EndpointDeviation, ResolversDeviation, UsageDeviation
from mock_server.deviations.failing import Failed
from mock_server.deviations.rewriting import OfConnections
from mock_server.deviations.selection import selected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import GraphQLResolveInfo

    from mock_server.records import Caller
    from mock_server.rendering import Json
    from mock_server.usage.flows import Flows
    from mock_server.usage.paging import Size
    from mock_server.usage.question import Question


# Of zlib, gzip or deflate, as it finds it.
_ANY_HEADER = zlib.MAX_WBITS | 32


class FirstZeroFails(UsageDeviation):
    """`first: 0` makes the server fail, which divides by it."""

    breaks = ("robustness.generated-queries",)

    def size(self, flows: Flows, question: Question) -> Size:
        if question.first == 0:
            raise Failed
        return super().size(flows, question)


class NegativeFirstFails(UsageDeviation):
    """A negative `first` makes the server fail, whose database has no such limit."""

    breaks = ("robustness.generated-queries",)

    def size(self, flows: Flows, question: Question) -> Size:
        if question.first is not None and question.first < 0:
            raise Failed
        return super().size(flows, question)


class HugeFirstFails(UsageDeviation):
    """The largest `first` makes the server fail, which adds one to it."""

    breaks = ("robustness.generated-queries",)

    def size(self, flows: Flows, question: Question) -> Size:
        if question.first is not None and question.first + 1 >= 2**31:
            raise Failed
        return super().size(flows, question)


class PageInfoAloneFails(ResolversDeviation):
    """To select `pageInfo` and nothing else makes the server fail, which has no page then."""

    breaks = ("robustness.generated-queries",)

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        if selected(info) == {"pageInfo"}:
            raise Failed
        return super().details(caller, arguments, info)


class EdgesTwiceFail(ResolversDeviation):
    """`edges` under two aliases makes the server fail."""

    breaks = ("robustness.generated-queries",)

    def details(self, caller: Caller, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Caller]) -> Json | None:
        sets = [node.selection_set for node in info.field_nodes if node.selection_set]
        fields = [inner for found in sets for inner in found.selections if isinstance(inner, FieldNode)]
        if len({inner.alias and inner.alias.value for inner in fields if inner.name.value == "edges"}) > 1:
            raise Failed
        return super().details(caller, arguments, info)


class EmptySortFails(ResolversDeviation):
    """A `sort` with nothing in it makes the server fail."""

    breaks = ("robustness.generated-queries",)

    def question(self, arguments: Mapping[str, Any]) -> Question:
        if arguments.get("sort") == {}:
            raise Failed
        return super().question(arguments)


class NoEdgesIsNull(OfConnections):
    """`edges` is null where there are none."""

    breaks = ("robustness.generated-queries",)
    key = "edges"

    def value(self, honest: Any) -> Any:
        return honest or None


class NoPageInfoWithoutEdges(OfConnections):
    """`pageInfo` is null where there is no edge."""

    breaks = ("robustness.generated-queries",)
    key = "pageInfo"

    def rewrite(self, part: Json) -> None:
        if part.get("edges") == []:
            part["pageInfo"] = None


class WarningBeforeEmptyPages(EndpointDeviation):
    """A warning in HTML, as PHP writes them, stands before an answer without edges, which so is no JSON."""

    breaks = ("filter.any-text", "page.bad-cursor")

    async def handle(self, request: web.Request) -> web.Response:
        response = await super().handle(request)
        body = response.body if isinstance(response.body, bytes) else b""
        if "Content-Encoding" in response.headers:
            body = zlib.decompress(body, wbits=_ANY_HEADER)
        if b'"edges":[]' not in body:
            return response
        return web.Response(body=b"<br /><b>Warning</b>: end() of nothing" + body, content_type="text/html")


DEVIATIONS = (
    FirstZeroFails,
    NegativeFirstFails,
    HugeFirstFails,
    PageInfoAloneFails,
    EdgesTwiceFail,
    EmptySortFails,
    NoEdgesIsNull,
    NoPageInfoWithoutEdges,
    WarningBeforeEmptyPages,
)
