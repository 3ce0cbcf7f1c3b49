"""GraphQL over HTTP: methods, media types and status codes; what a request means is decided elsewhere.

https://graphql.github.io/graphql-over-http/draft/
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from aiohttp import hdrs, web
from graphql import GraphQLError, OperationType, get_operation_ast, parse

from mock_server import access, negotiating, origins, reading, refusals
from mock_server.choices_of_refusals import InvalidStatus, RefusalBody
from mock_server.execution import Execution, Request
from mock_server.limits import MOST_TOKENS
from mock_server.persisting import PersistedQueries
from mock_server.records import Caller
from mock_server.refusals import Told, Unauthorized, Unreadable
from mock_server.sending import encoded, error, sent

if TYPE_CHECKING:
    from mock_server.rendering import Json
    from mock_server.rulings import Rulings

PATH = "/graphql"
# Where a request says who sends it, once it is known.
CALLER = web.RequestKey("caller", Caller)
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")


class Settled(web.Response):
    """An answer that the same request gets again for as long as the world stands still."""


class Endpoint:
    """Answers HTTP requests with one execution."""

    def __init__(self, execution: Execution) -> None:
        self.execution = execution
        self.persisted = PersistedQueries()

    async def handle(self, request: web.Request) -> web.Response:
        """Answer a request of any method."""
        if request.method == "OPTIONS":
            return origins.preflight(request, _METHODS)
        if request.method not in _METHODS:
            return sent(error("Ask by GET or by POST"), 405, headers={"Allow": ", ".join(_METHODS)})
        return encoded(await self._respond(request), request.headers.get(hdrs.ACCEPT_ENCODING, ""))

    async def _respond(self, request: web.Request) -> web.Response:
        """Return the response. A bad token is refused before anything is read."""
        try:
            caller = self.caller(request.headers.get(hdrs.AUTHORIZATION))
        except Unauthorized:
            return await self.refuse(request)
        request[CALLER] = caller
        media_type = _accepted(request)
        if media_type is None:
            return sent(error(f"Answers are {negotiating.GRAPHQL_JSON} or {negotiating.JSON}"), 406)
        try:
            asked = await self.asked(request)
        except Unreadable as trouble:
            return _unread(trouble, media_type)
        if request.method != "POST" and _mutates(asked.query, asked.operation_name):
            return sent(error("A mutation is sent by POST"), 405, media_type, {"Allow": "POST"})
        return await self._answered(asked, caller, media_type)

    async def _answered(self, asked: Request, caller: Caller, media_type: str) -> web.Response:
        """Return the answer to a request that could be read."""
        written = self.execution.encoded(asked, caller)
        if written is not None:
            return Settled(body=written, content_type=media_type, charset="utf-8")
        response = await self.answer(asked, caller)
        return sent(response, self._status(response, media_type), media_type)

    def _status(self, response: Json, media_type: str) -> int:
        rulings = self.execution.resolvers.rulings
        refusals = (error.refusal for error in response.get("errors", ()) if isinstance(error, Told))
        if refusal := next(refusals, None):
            return refusal.status_under(rulings)
        return 200 if "data" in response else self._status_of_invalid(media_type)

    def _status_of_invalid(self, media_type: str) -> int:
        ruling = self.execution.resolvers.rulings.invalid_status
        if ruling is InvalidStatus.BY_TYPE:
            # https://graphql.github.io/graphql-over-http/draft/#sec-application-graphql-response-json
            return 400 if media_type == negotiating.GRAPHQL_JSON else 200
        return int(ruling)

    def caller(self, authorization: str | None) -> Caller:
        """Return who sends this `Authorization` header; raise Unauthorized when it is nobody."""
        return access.caller(self.execution.resolvers.world, authorization)

    async def refuse(self, request: web.Request) -> web.Response:
        """Return what nobody in particular gets."""
        rulings = self.execution.resolvers.rulings
        status = int(rulings.refusal_status)
        # https://www.rfc-editor.org/rfc/rfc6750#section-3: who sends no token is not told that it is a wrong one
        challenge = 'Bearer error="invalid_token"' if "Authorization" in request.headers else "Bearer"
        return sent(_refusal(rulings), status, headers={"WWW-Authenticate": challenge} if status == 401 else {})

    async def asked(self, request: web.Request) -> Request:
        """Return the GraphQL request that came; raise Unreadable where there is none."""
        return reading.request(await reading.parameters(request), self.persisted)

    async def answer(self, asked: Request, caller: Caller) -> Json:
        """Return the response. Nothing is awaited here, so that no other request comes between."""
        return self.execution.respond(asked, caller)


def _accepted(request: web.Request) -> str | None:
    """Return the media type to answer in, or None where the client reads none that there is."""
    return negotiating.media_type(",".join(request.headers.getall(hdrs.ACCEPT, ())))


def _unread(trouble: Unreadable, media_type: str) -> web.Response:
    """Return the answer to what is no GraphQL request."""
    response = sent(error(str(trouble), trouble.code), trouble.status, media_type)
    if trouble.status == 408:
        response.force_close()
    return response


@lru_cache(64)
def _mutates(query: str, operation_name: str | None) -> bool:
    try:
        operation = get_operation_ast(parse(query, max_tokens=MOST_TOKENS), operation_name)
    except (GraphQLError, RecursionError):
        return False
    return operation is not None and operation.operation is OperationType.MUTATION


def _refusal(rulings: Rulings) -> Json:
    """Return one of the three bodies that the documentation shows, which contradict each other."""
    details = refusals.details(rulings.unauthorized_code)
    match rulings.refusal_body:
        case RefusalBody.TITLED:
            return {"errors": [{"title": "Unauthorized", "detail": "You are not authorized to access this page"}]}
        case RefusalBody.GRAPHQL:
            return {"errors": [{"message": "Unauthorized", "extensions": details}]}
        case RefusalBody.SINGLE:
            return {"error": {"message": "Unauthorized", "details": details}}
