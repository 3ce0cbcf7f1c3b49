"""Requests in flight together that share what each ought to have of its own."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from mock_server.deviations.deviation import EndpointDeviation
from mock_server.deviations.rewriting import connections
from mock_server.execution import Request

if TYPE_CHECKING:
    from mock_server.execution import Execution
    from mock_server.records import Caller
    from mock_server.rendering import Json

# As long as a query to a database takes, in seconds.
_A_WHILE = 0.004


class RequestOfAnother(EndpointDeviation):
    """The request stands in one place for all: whoever came last meanwhile is answered."""

    breaks = ("consistency.concurrent",)

    _asked: Request

    async def answer(self, asked: Request, caller: Caller) -> Json:
        self._asked = asked
        await asyncio.sleep(_A_WHILE)
        return await super().answer(self._asked, caller)


class ResponseOfAnother(EndpointDeviation):
    """The response stands in one place for all until it is sent."""

    breaks = ("consistency.concurrent",)

    _response: Json

    async def answer(self, asked: Request, caller: Caller) -> Json:
        self._response = await super().answer(asked, caller)
        await asyncio.sleep(_A_WHILE)
        return self._response


class SearchOfAnother(EndpointDeviation):
    """`search` stands in one place for all, and is looked at after a while."""

    breaks = ("consistency.concurrent",)

    _search: str | None = None

    async def answer(self, asked: Request, caller: Caller) -> Json:
        variables = asked.variables or {}
        if "period" not in variables:
            return await super().answer(asked, caller)
        self._search = variables.get("search")
        await asyncio.sleep(_A_WHILE)
        return await super().answer(replace(asked, variables={**variables, "search": self._search}), caller)


class TotalsOfAnother(EndpointDeviation):
    """The flows are one's own, and the totals are of whoever was counted last."""

    breaks = ("consistency.concurrent",)

    _totals: Json

    async def answer(self, asked: Request, caller: Caller) -> Json:
        response = await super().answer(asked, caller)
        for found in connections(response):
            self._totals = {name: found[name] for name in ("totalFlows", "totalTasks") if name in found}
            await asyncio.sleep(_A_WHILE)
            found |= {name: value for name, value in self._totals.items() if name in found}
        return response


class OneFlightForAPeriod(EndpointDeviation):
    """Requests that are alike wait for one answer, and what is filtered or sorted is not in what makes them alike."""

    breaks = ("consistency.concurrent",)
    alike: ClassVar[tuple[str, ...]] = ("organizationUuid", "period", "first", "after")

    def __init__(self, execution: Execution) -> None:
        super().__init__(execution)
        self._flights: dict[str, asyncio.Future[Json]] = {}

    async def answer(self, asked: Request, caller: Caller) -> Json:
        key = repr([caller, asked.query, *((asked.variables or {}).get(name) for name in self.alike)])
        if key in self._flights:
            return await self._flights[key]
        flight = self._flights[key] = asyncio.get_running_loop().create_future()
        response = await super().answer(asked, caller)
        await asyncio.sleep(_A_WHILE)
        flight.set_result(response)
        del self._flights[key]
        return response


class OneFlightForAllPages(OneFlightForAPeriod):
    """Requests that are alike wait for one answer, and `after` is not in what makes them alike."""

    alike = ("organizationUuid", "period", "status", "search", "sort", "first")


DEVIATIONS = (
    RequestOfAnother,
    ResponseOfAnother,
    SearchOfAnother,
    TotalsOfAnother,
    OneFlightForAPeriod,
    OneFlightForAllPages,
)
