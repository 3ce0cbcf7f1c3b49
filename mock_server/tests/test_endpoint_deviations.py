"""Deviations in who is let in, and between requests in flight together, are seen over HTTP."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pytest
import requests

from mock_server.deviations import DEVIATIONS
from mock_server.deviations.deviation import EndpointDeviation
from mock_server.generating import generate
from mock_server.serving import MockServer
from mock_server.tests.asking import DETAILS, ORGANIZATION, STATS

if TYPE_CHECKING:
    from mock_server.rendering import Json

OVER_HTTP = [name for name, known in DEVIATIONS.items() if issubclass(known.fault, EndpointDeviation)]
WORLD = generate()
OWN, FOREIGN = WORLD.organizations[:2]
TOKEN = WORLD.callers[0].token
TOKENS = (TOKEN, "", f"{TOKEN}x", TOKEN[:-1], TOKEN[::-1], "member-token", "null", "a.b.c", "0" * 1001)
AUTHORIZATIONS = (*(f"Bearer {token}" for token in TOKENS), "Basic bm9ib2R5Og==", None)
PLAIN: Json = {"organizationUuid": OWN.uuid, "period": "current_month", "first": 3}
ASKED: tuple[Json, ...] = (
    {"query": ORGANIZATION, "variables": {"id": OWN.id}},
    {"query": STATS, "variables": {name: PLAIN[name] for name in ("organizationUuid", "period")}},
    {"query": DETAILS, "variables": PLAIN},
    {"query": DETAILS, "variables": {**PLAIN, "organizationUuid": FOREIGN.uuid}},
    {"query": DETAILS, "variables": {**PLAIN, "search": "what no flow has"}},
)
BY_NAME: Json = {"by": "name", "order": "asc"}
TOGETHER: tuple[Json, ...] = tuple(
    {"query": DETAILS, "variables": {**PLAIN, **more}}
    for more in ({}, {"status": "DISABLED"}, {"search": "an"}, {"sort": BY_NAME}, {"after": "Mw"}) * 3
)


def post(url: str, asked: Json, authorization: str | None = f"Bearer {TOKEN}") -> Any:
    headers = {} if authorization is None else {"Authorization": authorization}
    response = requests.post(url, json=asked, headers=headers, timeout=10)
    return response.status_code, re.sub(r'"correlation_id": ?"\w+"', "", response.text)


@lru_cache
def told(*deviations: str) -> list[Any]:
    """Return what is told to each caller, one after another, and then to one who asks everything at once."""
    with MockServer(WORLD, None, deviations) as server, ThreadPoolExecutor(len(TOGETHER)) as threads:
        in_turn = [post(server.url, asked, authorization) for asked in ASKED for authorization in AUTHORIZATIONS]
        return in_turn + list(threads.map(lambda asked: post(server.url, asked), TOGETHER))


@pytest.mark.parametrize("name", OVER_HTTP)
def test_a_deviation_is_seen_over_http(name: str) -> None:
    assert told(name) != told()


def test_without_one_an_answer_is_the_same_alone_and_beside_others() -> None:
    with MockServer(WORLD) as server:
        assert told()[-len(TOGETHER) :] == [post(server.url, asked) for asked in TOGETHER]
