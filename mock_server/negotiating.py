"""What a client can read, as its headers say it: the media type of an answer, and how it may be compressed."""

from __future__ import annotations

import re
from functools import lru_cache

from werkzeug.datastructures import Accept, MIMEAccept
from werkzeug.http import parse_accept_header

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
# Every answer is in UTF-8, so who asks for it asks for nothing more.
_IN_UTF_8 = re.compile(r"""; *charset *= *"?utf-8"?""")
# Clients send a handful of headers, many times; hostile ones do not fill the memory.
_REMEMBERED = 64


@lru_cache(_REMEMBERED)
def media_type(accept: str) -> str | None:
    """Return the media type to answer in for an `Accept` header, or None where the client reads neither.

    Who names GraphQL's own type gets it, unless they like JSON better; who takes anything, or says nothing, gets JSON.
    https://graphql.github.io/graphql-over-http/draft/#sec-Legacy-Watershed
    """
    if not accept.strip():
        return JSON
    liked = parse_accept_header(_IN_UTF_8.sub("", accept.lower()), MIMEAccept)
    named = GRAPHQL_JSON in liked.values()
    return liked.best_match((GRAPHQL_JSON, JSON) if named else (JSON, GRAPHQL_JSON))


@lru_cache(_REMEMBERED)
def coding(accept_encoding: str) -> str | None:
    """Return `gzip` or `deflate`, whichever the client likes better, or None where it likes its answers plain."""
    liked = parse_accept_header(accept_encoding, Accept)
    return liked.best_match(("gzip", "deflate"))
