"""Answers kept for whoever asks the same, under a key that lacks who asks or about whom."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mock_server.deviations.deviation import EndpointDeviation
from mock_server.refusals import Unreadable
from mock_server.sending import sent

if TYPE_CHECKING:
    from aiohttp import web

    from mock_server.execution import Execution, Request
    from mock_server.records import Caller
    from mock_server.rendering import Json


class _Keeping(EndpointDeviation):
    """A fault that keeps each answer with data and gives it again."""

    def __init__(self, execution: Execution) -> None:
        super().__init__(execution)
        self._kept: dict[str, Json] = {}

    def key(self, asked: Request, caller: Caller | None = None) -> str:  # noqa: ARG002 - who asks is what lacks
        return json.dumps([asked.query, asked.variables], sort_keys=True)

    async def answer(self, asked: Request, caller: Caller) -> Json:
        key = self.key(asked, caller)
        if key in self._kept:
            return self._kept[key]
        response = await super().answer(asked, caller)
        if "errors" not in response:
            self._kept[key] = response
        return response


class AnswersKeptForAnybody(_Keeping):
    """Answers are kept before anyone looks at the token, and given to whoever asks the same."""

    breaks = ("access.token-required", "access.token-valid", "access.role")

    async def refuse(self, request: web.Request) -> web.Response:
        try:
            kept = self._kept.get(self.key(await self.asked(request)))
        except Unreadable:
            kept = None
        return await super().refuse(request) if kept is None else sent(kept, 200)


class AnswersKeptForEveryRole(_Keeping):
    """Answers are kept, and the caller is not in the key."""

    breaks = ("access.role",)


class AnswersKeptForEveryOrganization(_Keeping):
    """Answers are kept, and the organization is not in the key."""

    breaks = ("access.foreign-organization", "organization.unknown", "operation.required-arguments")

    def key(self, asked: Request, caller: Caller | None = None) -> str:
        without = {name: value for name, value in (asked.variables or {}).items() if name != "organizationUuid"}
        return json.dumps([asked.query, without, caller and caller.token], sort_keys=True)


DEVIATIONS = (AnswersKeptForAnybody, AnswersKeptForEveryRole, AnswersKeptForEveryOrganization)
