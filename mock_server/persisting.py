"""Queries that clients send once in full and by their hash from then on, as Apollo's clients do.

https://www.apollographql.com/docs/apollo-server/performance/apq
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from mock_server.refusals import Unreadable

# Kept are the queries used last, no longer ones than a client would type.
_KEPT, _LONGEST = 500, 20_000


class PersistedQueries:
    """The queries that this server was sent together with their hash."""

    def __init__(self) -> None:
        self._queries: dict[str, str] = {}

    def query(self, sent: str | None, asked: Any) -> str:
        """Return the query of a request that has `persistedQuery` among its extensions, and keep it.

        Raises Unreadable, in the words that make Apollo's clients send the whole query, where the hash alone came
        and is not known; and for another version or a hash that is not the query's.
        """
        if not isinstance(asked, dict) or asked.get("version") != 1 or not isinstance(asked.get("sha256Hash"), str):
            raise Unreadable("Unsupported persisted query version: this server knows version 1 with a sha256Hash")
        key = asked["sha256Hash"]
        query = self._queries.pop(key, None) if sent is None else sent
        if query is None:
            raise Unreadable("PersistedQueryNotFound", 200, "PERSISTED_QUERY_NOT_FOUND")
        if sent is not None and sha256(sent.encode(errors="surrogatepass")).hexdigest() != key:
            raise Unreadable("provided sha does not match query")
        if len(query) <= _LONGEST:
            self._queries[key] = query
            if len(self._queries) > _KEPT:
                del self._queries[next(iter(self._queries))]
        return query
