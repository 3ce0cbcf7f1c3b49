"""GraphQL over HTTP: bytes, media types and status codes; what a request means is decided elsewhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from aiohttp import web

from mock_server import access
from mock_server.choices import RefusalBody
from mock_server.execution import Execution, Request
from mock_server.refusals import Unauthorized

if TYPE_CHECKING:
    from mock_server.records import Caller
    from mock_server.rendering import Json

PATH = "/graphql"
_JSON = "application/json"
_GRAPHQL_JSON = "application/graphql-response+json"


class Settled(web.Response):
    """An answer that the same request gets again for as long as the world stands still."""


class Endpoint:
    """Answers HTTP requests with one execution."""

    def __init__(self, execution: Execution) -> None:
        self.execution = execution

    async def post(self, request: web.Request) -> web.Response:
        """Answer a POST. A bad token is refused before anything is read; a request that is none gets 400."""
        try:
            caller = self.caller(request.headers.get("Authorization"))
        except Unauthorized:
            return await self.refuse(request)
        if request.content_type != _JSON:
            return sent(_error(f"The body must be {_JSON}"), 415)
        try:
            asked = await self.asked(request)
        except Unreadable as trouble:
            return sent(_error(str(trouble)), 400)
        media_type = _media_type(request.headers.get("Accept", ""))
        encoded = self.execution.encoded(asked, caller)
        if encoded is not None:
            return Settled(body=encoded, content_type=media_type, charset="utf-8")
        response = await self.answer(asked, caller)
        # https://graphql.github.io/graphql-over-http/draft/#sec-application-graphql-response-json
        status = 400 if media_type == _GRAPHQL_JSON and "data" not in response else 200
        return sent(response, status, media_type)

    def caller(self, authorization: str | None) -> Caller:
        """Return who sends this `Authorization` header; raise Unauthorized when it is nobody."""
        return access.caller(self.execution.resolvers.world, authorization)

    async def refuse(self, request: web.Request) -> web.Response:  # noqa: ARG002 - deviations look at the request
        """Return what nobody in particular gets."""
        rulings = self.execution.resolvers.rulings
        return sent(_refusal(rulings.refusal_body), int(rulings.refusal_status))

    async def asked(self, request: web.Request) -> Request:
        """Return the GraphQL request in the body; raise Unreadable where there is none."""
        return _request(await request.read(), request.charset or "utf-8")

    async def answer(self, asked: Request, caller: Caller) -> Json:
        """Return the response. Nothing is awaited here, so that no other request comes between."""
        return self.execution.respond(asked, caller)


class Unreadable(Exception):
    """Raised for a body that is not a GraphQL request."""


def _request(body: bytes, charset: str) -> Request:
    try:
        sent = _DECODER.decode(body.decode(charset))
    except (ValueError, LookupError, RecursionError) as trouble:
        raise Unreadable("The body is not JSON") from trouble
    if not isinstance(sent, dict):
        raise Unreadable("The body is not a JSON object")
    query, variables, name = sent.get("query"), sent.get("variables"), sent.get("operationName")
    if not isinstance(query, str):
        raise Unreadable("The body has no query")
    if not isinstance(variables, dict | None):
        raise Unreadable("The variables are not a JSON object")
    if not isinstance(name, str | None):
        raise Unreadable("The operation's name is not a string")
    return Request(query, variables, name)


def _no_constant(name: str) -> Any:
    # Python reads NaN and Infinity, which JSON does not have.
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_constant=_no_constant)


def _media_type(accept: str) -> str:
    return _GRAPHQL_JSON if _GRAPHQL_JSON in accept.lower() else _JSON


def sent(body: Json, status: int, media_type: str = _JSON) -> web.Response:
    """Return a body as it goes out."""
    text = json.dumps(body, separators=(",", ":"))
    return web.Response(text=text, status=status, content_type=media_type, charset="utf-8")


def _error(message: str) -> Json:
    return {"errors": [{"message": message}]}


def _refusal(kind: RefusalBody) -> Json:
    """Return one of the three bodies that the documentation shows, which contradict each other."""
    match kind:
        case RefusalBody.TITLED:
            return {"errors": [{"title": "Unauthorized", "detail": "You are not authorized to access this page"}]}
        case RefusalBody.GRAPHQL:
            return {"errors": [{"message": "Unauthorized", "extensions": _details()}]}
        case RefusalBody.SINGLE:
            return {"error": {"message": "Unauthorized", "details": _details()}}


def _details() -> Json:
    return {"code": "UNAUTHORIZED", "correlation_id": uuid4().hex}
