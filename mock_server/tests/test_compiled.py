"""A compiled operation answers as graphql-core does, byte for byte, and leaves to it what has errors."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mock_server import worlds
from mock_server.app import execution
from mock_server.execution import Execution, Request
from mock_server.generating import generate
from mock_server.indexed import Indexed
from mock_server.resolvers import Resolvers
from mock_server.rulings import RULINGS, ruled
from mock_server.tests.asking import DETAILS, STATS
from mock_server.tests.documents import requests
from mock_server.tests.unusual import FRAGMENTS

if TYPE_CHECKING:
    from mock_server.records import Caller, World

NAMES = ("awkward-names", "documented", "empty", "nulls", "statuses", "twins")
WORLDS = {"made": generate(44), **{name: worlds.load(name) for name in NAMES}}
CHOICES = [None, *(f"{name}={choice}" for name, ruling in RULINGS.items() for choice in ruling.choices)]
# Under these a refusal is null without an error; like one with an error it is graphql-core's to answer.
REFUSING_BY_NULL = ("denial=null", "unknown-organization=null")
SENT = [Request(query, {"organizationUuid": None, "period": "last_month"}) for query in (DETAILS, STATS, FRAGMENTS)]


def stepwise(compiled: Execution) -> Execution:
    """Return an execution that takes every step of the arithmetic, and that graphql-core runs."""
    fast = compiled.resolvers
    assert isinstance(fast, Indexed)
    return Execution(Resolvers(fast.world, fast.rulings, fast.usage))


def told(asked: Execution, request: Request, caller: Caller) -> bytes:
    response = json.dumps(asked.respond(request, caller), separators=(",", ":"))
    return re.sub(r'"correlation_id":"\w+"', "", response).encode()


# Tracing each of its steps takes fifteen times as long as the steps; what covers a part is a test of that part.
@pytest.mark.no_cover
@given(st.data())
# A document that fails is short enough to be read, and shrinking one takes minutes.
@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_both_ways_give_the_same_bytes_and_the_same_errors(data: st.DataObject) -> None:
    world = WORLDS[data.draw(st.sampled_from(list(WORLDS)))]
    setting = data.draw(st.sampled_from(CHOICES))
    compiled = execution(world, ruled([setting] if setting else []))
    reference = stepwise(compiled)
    for _ in range(4):
        request = data.draw(requests(world))
        caller = data.draw(st.sampled_from((*world.callers[:1], *world.callers)))
        expected = told(reference, request, caller)
        # Asked again, an answer is made of what was kept from the first time.
        for _ in range(2):
            encoded = compiled.encoded(request, caller)
            assert encoded in (expected, None)
            assert told(compiled, request, caller) == expected
        refused = b'"errors"' in expected or (setting in REFUSING_BY_NULL and b":null" in expected)
        assert encoded is not None or refused or _is_odd(request)


def _is_odd(request: Request) -> bool:
    # What is right and graphql-core's alone: introspection, values that it converts, a null that nothing depends on.
    values = request.variables or {}
    return (
        "__schema" in request.query
        or values["yes"] is None
        or any(isinstance(value, float) for value in values.values())
    )


@pytest.mark.parametrize("query", [DETAILS, STATS, FRAGMENTS])
@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
def test_what_clients_send_is_compiled(world: World, query: str) -> None:
    variables = {"organizationUuid": world.organizations[0].uuid, "period": "last_month"}
    assert execution(world).encoded(Request(query, variables), world.callers[0]) is not None
