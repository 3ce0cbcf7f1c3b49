"""What a caller who is nobody is told all the same: one field, or something beside the refusal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar

from aiohttp import web

from mock_server.deviations.deviation import EndpointDeviation
from mock_server.deviations.rewriting import connections
from mock_server.refusals import Unreadable
from mock_server.sending import sent

if TYPE_CHECKING:
    from mock_server.rendering import Json


class _Telling(EndpointDeviation):
    """A fault that answers what ought to be refused, as the first caller would be answered."""

    async def told(self, request: web.Request, about: str = "") -> Json:
        """Return the response to a request that asks `about` something, and nothing to any other."""
        try:
            asked = await self.asked(request)
        except Unreadable:
            return {}
        if about not in asked.query:
            return {}
        return await self.answer(asked, self.execution.resolvers.world.callers[0])


class _FieldForAnybody(_Telling):
    """A fault that asks no token for one field."""

    field: ClassVar[str]

    async def refuse(self, request: web.Request) -> web.Response:
        told = {} if "Authorization" in request.headers else await self.told(request, self.field)
        return sent(told, 200) if told else await super().refuse(request)


class StatsWithoutToken(_FieldForAnybody):
    """The sibling query is answered without a token."""

    breaks = ("access.token-required",)
    field = "integrationsUsageStats"


class OrganizationWithoutToken(_FieldForAnybody):
    """`organization` is answered without a token."""

    breaks = ("access.token-required",)
    field = "organization("


class RefusalTellsTotals(_Telling):
    """The refusal says how much there is that the caller does not see."""

    breaks = ("access.token-required", "access.token-valid")

    async def refuse(self, request: web.Request) -> web.Response:
        refusal = await super().refuse(request)
        hidden = [{"totalFlows": found.get("totalFlows")} for found in connections(await self.told(request))]
        return sent({**json.loads(refusal.text or "{}"), "hidden": hidden}, refusal.status) if hidden else refusal


class RefusalBesideData(_Telling):
    """A token that is none is refused with 401, and the data come with it."""

    breaks = ("access.token-required", "access.token-valid")

    async def refuse(self, request: web.Request) -> web.Response:
        refusal = await super().refuse(request)
        if "Authorization" not in request.headers:
            return refusal
        return sent({**await self.told(request), **json.loads(refusal.text or "{}")}, refusal.status)


class LoginPage(EndpointDeviation):
    """Who sends no token gets a page to log in on, as if that were an answer."""

    breaks = ("access.token-required",)

    async def refuse(self, request: web.Request) -> web.Response:
        if "Authorization" in request.headers:
            return await super().refuse(request)
        return web.Response(text="<!doctype html><title>Log in</title>", content_type="text/html")


DEVIATIONS = (StatsWithoutToken, OrganizationWithoutToken, RefusalTellsTotals, RefusalBesideData, LoginPage)
