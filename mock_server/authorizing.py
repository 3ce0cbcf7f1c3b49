"""The token endpoint: client credentials for a token, by OAuth 2.

https://www.rfc-editor.org/rfc/rfc6749#section-4.4
"""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote_plus

from aiohttp import BasicAuth, hdrs

from mock_server import origins, reading, tokens
from mock_server.negotiating import JSON
from mock_server.refusals import Unreadable
from mock_server.sending import sent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aiohttp import web

    from mock_server.records import ServiceAccount, World

TOKEN_PATH = "/oauth/token"  # noqa: S105 - where tokens are had, not one
_METHODS = ("POST", "OPTIONS")
_FORM = "application/x-www-form-urlencoded"
# More fields than any client sends.
_MOST_FIELDS = 50
_NEVER_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}


class _Refused(Exception):
    """Raised for a request that gets no token, with the error's name; who tried it by HTTP is challenged by HTTP."""

    def __init__(self, name: str, says: str, status: int = 400, challenge: str | None = None) -> None:
        super().__init__(says)
        self.name = name
        self.status = status
        self.challenge = challenge


class TokenEndpoint:
    """Gives tokens to the service accounts of a world; they are good for `lifetime` seconds, or as the account says."""

    def __init__(self, world: Callable[[], World], lifetime: int | None = None) -> None:
        self._world = world
        self._lifetime = lifetime

    async def handle(self, request: web.Request) -> web.Response:
        """Answer a request of any method."""
        if request.method == "OPTIONS":
            return origins.preflight(request, _METHODS)
        try:
            return await self._answer(request)
        except _Refused as refused:
            challenge = {} if refused.challenge is None else {"WWW-Authenticate": refused.challenge}
            allowed = {"Allow": ", ".join(_METHODS)} if refused.status == 405 else {}
            told = {"error": refused.name, "error_description": str(refused)}
            response = sent(told, refused.status, headers={**_NEVER_KEPT, **challenge, **allowed})
            if refused.status == 408:
                response.force_close()
            return response

    async def _answer(self, request: web.Request) -> web.Response:
        if request.method != "POST":
            raise _Refused("invalid_request", "Ask by POST", 405)
        given = await _parameters(request)
        grant = given.get("grant_type")
        if grant is None:
            raise _Refused("invalid_request", "Missing required parameter: grant_type.")
        if grant != "client_credentials":
            raise _Refused("unsupported_grant_type", "The grant_type is not client_credentials.")
        account = self._account(*_credentials(request.headers.get(hdrs.AUTHORIZATION), given))
        seconds = account.lifetime if self._lifetime is None else self._lifetime
        told = {"access_token": tokens.issued(account, seconds), "token_type": "Bearer", "expires_in": seconds}
        return sent(told, 200, headers=_NEVER_KEPT)

    def _account(self, client_id: str, client_secret: str, challenge: str) -> ServiceAccount:
        for known in self._world().service_accounts:
            if known.client_id == client_id and compare_digest(known.client_secret.encode(), client_secret.encode()):
                return known
        raise _unknown(challenge)


def _unknown(challenge: str) -> _Refused:
    says = "Client authentication failed: the client is unknown, its secret is wrong, or one of them is not there."
    return _Refused("invalid_client", says, 401, challenge)


def _credentials(authorization: str | None, given: Mapping[str, str]) -> tuple[str, str, str]:
    """Return the id and the secret, and how their sender is challenged where they are wrong: as they were sent.

    https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
    """
    if authorization is None:
        return given.get("client_id", ""), given.get("client_secret", ""), 'Bearer error="invalid_client"'
    challenge = 'Basic realm="token"'
    if "client_secret" in given:
        raise _Refused("invalid_request", "The credentials stand in the body and in the header; send one.")
    try:
        basic = BasicAuth.decode(authorization, "utf-8")
    except ValueError:
        raise _unknown(challenge) from None
    return unquote_plus(basic.login), unquote_plus(basic.password), challenge


async def _parameters(request: web.Request) -> dict[str, str]:
    try:
        body = await reading.body(request)
        given = reading.json_object(body) if request.content_type == JSON else _fields(request.content_type, body)
    except Unreadable as trouble:
        raise _Refused("invalid_request", str(trouble), trouble.status) from trouble
    # What is empty is not given: https://www.rfc-editor.org/rfc/rfc6749#section-3.2
    return {name: value for name, value in given.items() if isinstance(value, str) and value}


def _fields(content_type: str, body: bytes) -> dict[str, str]:
    if content_type != _FORM:
        raise Unreadable(f"The body must be {JSON} or {_FORM}")
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except UnicodeError as trouble:
        raise Unreadable("The body is not UTF-8") from trouble
    except ValueError as trouble:
        raise Unreadable(f"The body has more than {_MOST_FIELDS} fields") from trouble
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Unreadable("The body gives a parameter twice")
    return fields
