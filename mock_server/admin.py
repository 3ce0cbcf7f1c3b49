"""The server's settings and journal over HTTP, as JSON, under `/_mock/`.

    health          {status: "ok"}
    settings        {settings: {world, live, rulings: {NAME: CHOICE}, deviations: [NAME], **trouble},
                     serves: {endpoint, now, organizations: [{id, uuid, name}],
                              callers: [{token, role, expired, organizations: [id]}],
                              example: {query, variables, token}},
                     choices: {worlds, live, rulings, deviations, faults: [{name, sentence, …}]}}
    journal         {entries: [ENTRY], last: the number of the last one there was}
    journal/NUMBER  ENTRY: {id, at, operation, query, variables, role, world, method, headers, status, milliseconds,
                            bytes, answer, curl}; as an event it has no answer and no curl
    all, refused    {errors: [{message}]}

What is sent to change settings is of the form that they are told in, any part of it. Trouble is text as on the command
line, as is the pace of what lives; null where there is none. An entry's status is null where the connection was cut.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from mock_server.admitting import refusal
from mock_server.endpoint import PATH
from mock_server.examples import example
from mock_server.negotiating import JSON
from mock_server.refusals import Misconfigured
from mock_server.sending import error, sent
from mock_server.settings import choices, told
from mock_server.telling import in_full
from mock_server.telling import told as told_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mock_server.journal import Journal
    from mock_server.rendering import Json
    from mock_server.switching import Switch

    Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEALTH, SETTINGS, JOURNAL = "/_mock/health", "/_mock/settings", "/_mock/journal"
_EVENTS = "text/event-stream"


class Admin:
    """Answers for one switch and one journal; a key, where there is one, is what admits."""

    def __init__(self, switch: Switch, journal: Journal, key: str | None = None) -> None:
        self._switch = switch
        self._journal = journal
        self._key = key

    def routes(self) -> list[web.RouteDef]:
        """Return what is answered where. Health tells nothing, and is told to anybody."""
        return [
            web.get(HEALTH, self.health),
            web.get(SETTINGS, self._admitted(self.settings)),
            web.patch(SETTINGS, self._admitted(self.change)),
            web.put(SETTINGS, self._admitted(self.replace)),
            web.delete(SETTINGS, self._admitted(self.reset)),
            web.get(JOURNAL, self._admitted(self.journal)),
            web.delete(JOURNAL, self._admitted(self.clear)),
            web.get(JOURNAL + r"/{id:\d{1,15}}", self._admitted(self.entry)),
        ]

    def _admitted(self, answering: Answering) -> Answering:
        async def admitted(request: web.Request) -> web.StreamResponse:
            if refused := refusal(request, self._key):
                return sent(error(refused), 403)
            try:
                return await answering(request)
            except Misconfigured as trouble:
                return sent(error(str(trouble)), 400)

        return admitted

    async def health(self, request: web.Request) -> web.Response:  # noqa: ARG002 - as all that answer
        """Answer that the server answers."""
        return sent({"status": "ok"}, 200)

    async def settings(self, request: web.Request) -> web.Response:
        """Answer with the settings, with whom and what they serve, and with what there is to choose."""
        return self._told(request)

    async def change(self, request: web.Request) -> web.Response:
        """Change the settings that are named, all of them or, where one cannot be, none."""
        changes = await _body(request)
        self._switch.change(self._switch.choosing.changed(self._switch.current.setting, changes))
        return self._told(request)

    async def replace(self, request: web.Request) -> web.Response:
        """Change the settings that are named; the others become what they were at the start."""
        self._switch.change(self._switch.choosing.changed(self._switch.first, await _body(request)))
        return self._told(request)

    async def reset(self, request: web.Request) -> web.Response:
        """Let all settings be what they were at the start."""
        self._switch.change(self._switch.first)
        return self._told(request)

    def _told(self, request: web.Request) -> web.Response:
        setting = self._switch.current.setting
        world = setting.world
        asked = example(world)
        body: Json = {
            "settings": told(setting),
            "serves": {
                "endpoint": f"{request.url.origin()}{PATH}",
                "now": world.now.isoformat().replace("+00:00", "Z"),
                "organizations": [{"id": one.id, "uuid": one.uuid, "name": one.name} for one in world.organizations],
                "callers": [
                    {
                        "token": one.token,
                        "role": one.role.value,
                        "expired": one.expired,
                        "organizations": list(one.organizations),
                    }
                    for one in world.callers
                ],
                "example": asked and {"query": asked.query, "variables": asked.variables, "token": asked.token},
            },
            "choices": choices(self._switch.choosing.worlds()),
        }
        return sent(body, 200, headers={"Cache-Control": "no-store"})

    async def journal(self, request: web.Request) -> web.StreamResponse:
        """Answer with the entries after a number, or with each as it comes where events are what is accepted."""
        after = _number(request.headers.get("Last-Event-ID") or request.query.get("after", "0"))
        if _EVENTS in request.headers.get("Accept", ""):
            return await self._events(request, after)
        origin = str(request.url.origin())
        entries = [in_full(number, entry, origin) for number, entry in self._journal.since(after)]
        return sent({"entries": entries, "last": self._journal.number}, 200, headers={"Cache-Control": "no-store"})

    async def entry(self, request: web.Request) -> web.Response:
        """Answer with one entry."""
        number = int(request.match_info["id"])
        for found, entry in self._journal.since(number - 1)[:1]:
            if found == number:
                return sent(in_full(number, entry, str(request.url.origin())), 200)
        return sent(error(f"The journal has no entry {number}, or no longer"), 404)

    async def clear(self, request: web.Request) -> web.Response:  # noqa: ARG002 - as all that answer
        """Forget the entries."""
        self._journal.clear()
        return web.Response(status=204)

    async def _events(self, request: web.Request, after: int) -> web.StreamResponse:
        """Send entries without their answers: https://html.spec.whatwg.org/multipage/server-sent-events.html."""
        headers = {"Content-Type": _EVENTS, "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        try:
            # What asks is told at once that it is connected.
            await response.write(b": the journal\n\n")
            while not self._journal.closed:
                for number, entry in self._journal.since(after):
                    after = number
                    event = json.dumps(told_of(number, entry), separators=(",", ":"))
                    await response.write(f"id: {number}\ndata: {event}\n\n".encode())
                await self._journal.more(after)
        except ConnectionError:
            # Who listened has gone.
            pass
        return response


async def _body(request: web.Request) -> Any:
    if request.content_type != JSON:
        raise Misconfigured(f"settings are sent as {JSON}")
    try:
        async with asyncio.timeout(10):
            return json.loads(await request.read())
    except (web.HTTPRequestEntityTooLarge, TimeoutError, web.RequestPayloadError):
        raise Misconfigured("settings are a short JSON object") from None
    except (ValueError, RecursionError):
        raise Misconfigured("settings are a JSON object") from None


def _number(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) <= 15:
        return int(text)
    raise Misconfigured(f"after is the number of an entry, not {text!r}")
