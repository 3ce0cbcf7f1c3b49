"""The two pages, answered: the console at the root, GraphiQL in place of the endpoint."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from aiohttp import web

from mock_server.admitting import is_at_home
from mock_server.console import graphiql
from mock_server.examples import example

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

    from mock_server.switching import Switch

_HERE = Path(__file__).parent
# One script in the page; each may use what stands before it.
_SCRIPTS = ("parts", "asking", "drawing", "connecting", "settings", "flows", "journal", "starting")
# The page runs its own script and asks its own server, whatever texts a world may hold.
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; connect-src 'self'"


class Pages:
    """Answers browsers; what the pages show is of the setting that is being served."""

    def __init__(self, switch: Switch) -> None:
        self._switch = switch

    async def console(self, request: web.Request) -> web.Response:  # noqa: ARG002 - as all that answer
        """Answer with the console, which is the same for everybody and asks for what it shows."""
        headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache", "Referrer-Policy": "no-referrer"}
        return web.Response(text=_console(), content_type="text/html", charset="utf-8", headers=headers)

    def before(self, answering: Handler) -> Handler:
        """Return what answers browsers with GraphiQL, and everybody else as `answering` does."""

        async def answered(request: web.Request) -> web.StreamResponse:
            if request.method != "POST" and graphiql.wanted(request.method, request.headers):
                asked = example(self._switch.current.setting.world)
                return graphiql.page(asked, with_token=is_at_home(request))
            return await answering(request)

        return answered


@cache
def _console() -> str:
    text = (_HERE / "page.css").read_text(encoding="utf-8")
    script = "\n".join((_HERE / "js" / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS)
    return Template((_HERE / "page.html").read_text(encoding="utf-8")).substitute(css=text, js=script)
