"""A GraphQL request out of an HTTP request: the JSON body of a POST, the parameters of a GET."""

from __future__ import annotations

import asyncio
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aiohttp import hdrs, web
from werkzeug.http import parse_options_header

from mock_server.execution import Request
from mock_server.negotiating import JSON
from mock_server.refusals import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_server.persisting import PersistedQueries
    from mock_server.rendering import Json

# In bytes.
MOST_BYTES = 1024 * 1024
# A body that has not come after so many seconds is not waited for.
PATIENCE = 10.0
_JSON_PARAMETERS = ("variables", "extensions")


async def parameters(request: web.Request) -> Json:
    """Return the parameters of a GraphQL request, by name, as they were sent.

    Raises Unreadable for a body that is too slow, too large, in another media type or charset, or no JSON object.
    """
    return json_object(await posted(request)) if request.method == "POST" else _queried(request.query)


async def posted(request: web.Request) -> bytes:
    """Return the body of a POST; raise Unreadable for one that is in another media type or charset, and as `body`."""
    headers = request.headers
    wrong = _wrong(headers.get(hdrs.CONTENT_TYPE, ""), headers.get(hdrs.CONTENT_ENCODING, "identity"))
    if wrong:
        raise Unreadable(wrong, 415)
    return await body(request)


@lru_cache(64)
def _wrong(content_type: str, content_encoding: str) -> str | None:
    media_type, parameters = parse_options_header(content_type)
    if media_type.lower() != JSON:
        return f"The body must be {JSON}"
    if parameters.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        return "The body must be in UTF-8"
    return None if content_encoding.lower() == "identity" else "The body must not be compressed"


def json_object(sent: bytes) -> Json:
    """Return the JSON object that a body is; raise Unreadable where it is none."""
    found = _json("body", sent)
    if isinstance(found, list):
        raise Unreadable("The body is a batch; send each request on its own")
    if not isinstance(found, dict):
        raise Unreadable("The body is not a JSON object")
    return found


async def body(request: web.Request) -> bytes:
    """Return the body; raise Unreadable for one that is too slow, too large or not all there."""
    try:
        if request.content.is_eof():
            # It is here, as most are, and no timer need be set.
            return await request.read()
        async with asyncio.timeout(PATIENCE):
            return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise Unreadable(f"The body has more than {MOST_BYTES} bytes", 413) from None
    except TimeoutError:
        # Nor is what is still to come of it waited for, or taken for the next request.
        request.content.feed_eof()
        raise Unreadable(f"The body did not come within {PATIENCE:.0f} seconds", 408) from None
    except web.RequestPayloadError:
        raise Unreadable("The body breaks off") from None


def _queried(query: Mapping[str, str]) -> Json:
    # What is empty is not given: https://graphql.github.io/graphql-over-http/draft/#sec-GET
    given = {name: value for name, value in query.items() if value}
    return given | {name: _json(name, given[name]) for name in _JSON_PARAMETERS if name in given}


def _json(place: str, text: bytes | str) -> Any:
    try:
        return DECODER.decode(text if isinstance(text, str) else text.decode())
    except json.JSONDecodeError as trouble:
        raise Unreadable(f"The {place} is not JSON: {trouble}") from trouble
    except UnicodeError as trouble:
        raise Unreadable(f"The {place} is not UTF-8") from trouble
    except RecursionError as trouble:
        raise Unreadable(f"The {place} is nested too deeply") from trouble
    except ValueError as trouble:
        raise Unreadable(f"The {place} holds NaN, an infinity or a number of thousands of digits") from trouble


def _no_constant(name: str) -> Any:
    # Python reads NaN and Infinity, which JSON does not have.
    raise ValueError(name)


DECODER = json.JSONDecoder(parse_constant=_no_constant)


def request(sent: Json, persisted: PersistedQueries) -> Request:
    """Return the GraphQL request that the parameters make; raise Unreadable where one is missing or of another type."""
    variables, name, extensions = (sent.get(key) for key in ("variables", "operationName", "extensions"))
    if not isinstance(variables, dict | None):
        raise Unreadable("The variables are not a JSON object")
    if not isinstance(name, str | None):
        raise Unreadable("The operationName is not a string")
    if not isinstance(extensions, dict | None):
        raise Unreadable("The extensions are not a JSON object")
    query = sent.get("query")
    if not isinstance(query, str | None):
        raise Unreadable("The query is not a string")
    if extensions and "persistedQuery" in extensions:
        query = persisted.query(query, extensions["persistedQuery"])
    if query is None:
        raise Unreadable("There is no query")
    return Request(query, variables, name)
