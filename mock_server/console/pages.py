"""The pages, answered: GraphiQL in place of the endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_server.admitting import is_at_home
from mock_server.console import graphiql
from mock_server.examples import example

if TYPE_CHECKING:
    from aiohttp import web
    from aiohttp.typedefs import Handler

    from mock_server.switching import Switch


class Pages:
    """Answers browsers; what the pages show is of the setting that is being served."""

    def __init__(self, switch: Switch) -> None:
        self._switch = switch

    def before(self, answering: Handler) -> Handler:
        """Return what answers browsers with GraphiQL, and everybody else as `answering` does."""

        async def answered(request: web.Request) -> web.StreamResponse:
            if request.method != "POST" and graphiql.wanted(request.method, request.headers):
                asked = example(self._switch.current.setting.world)
                return graphiql.page(asked, with_token=is_at_home(request))
            return await answering(request)

        return answered
