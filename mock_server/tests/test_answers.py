"""What is kept is given to nobody else, is not kept where it changes, and takes no more space than it may."""

from __future__ import annotations

import gc
import json
from typing import TYPE_CHECKING

import pytest
import requests

from mock_server import worlds
from mock_server.app import execution
from mock_server.bounded import Bounded
from mock_server.compiled.execution import CompiledExecution
from mock_server.compiled.operations import Operation
from mock_server.execution import Request
from mock_server.generating import generate
from mock_server.indexed import Indexed
from mock_server.living import Life
from mock_server.rulings import ruled
from mock_server.serving import MockServer
from mock_server.tests.asking import DETAILS, Asking
from mock_server.tests.posting import administer

if TYPE_CHECKING:
    from collections.abc import Iterator

WORLD = generate()
TOKEN = "super-admin-token"
VARIABLES = {"organizationUuid": WORLD.organizations[0].uuid, "period": "current_month", "first": 3}


@pytest.fixture(scope="module")
def server() -> Iterator[MockServer]:
    with MockServer(WORLD) as running:
        yield running


def post(
    server: MockServer, token: str = "super-admin-token", accept: str = "*/*", **more: object
) -> requests.Response:
    headers = {"Authorization": f"Bearer {token}", "Accept": accept, "Content-Type": "application/json"}
    body = json.dumps({"query": DETAILS, "variables": {**VARIABLES, **more}})
    return requests.post(server.url, data=body, headers=headers, timeout=10)


def test_the_same_request_gets_the_same_bytes_each_time(server: MockServer) -> None:
    assert len({post(server).content for _ in range(4)}) == 1


def test_what_was_answered_to_one_caller_is_not_told_to_another(server: MockServer) -> None:
    assert {post(server).status_code for _ in range(3)} == {200}
    assert "errors" in post(server, "member-token").json()
    assert post(server, "expired-token").status_code == 401
    assert post(server, "nobody").status_code == 401


def test_what_was_answered_in_one_media_type_is_not_told_in_another(server: MockServer) -> None:
    accepts = ("application/json", "application/graphql-response+json") * 3
    types = [post(server, accept=accept).headers["Content-Type"].partition(";")[0] for accept in accepts]
    assert types == list(accepts)


def test_an_error_has_an_id_of_its_own_each_time(server: MockServer) -> None:
    told = [post(server, after="!").json()["errors"][0]["extensions"]["correlation_id"] for _ in range(3)]
    assert len(set(told)) == 3


def test_a_server_that_deviates_or_lives_or_rules_otherwise_keeps_to_itself() -> None:
    others = (
        MockServer(WORLD, deviations=("tasks-as-text",)),
        MockServer(WORLD, ruled(["page-cap=5"])),
        MockServer(worlds.load("documented")),
    )
    with MockServer(WORLD) as honest:
        expected = [post(honest).content for _ in range(3)]
        for other in others:
            with other:
                first = 20 if other is others[1] else 3
                uuid = other.world.organizations[0].uuid
                assert post(other, first=first, organizationUuid=uuid).content != expected[0]
        assert post(honest).content == expected[0]


def test_a_world_that_moves_on_is_answered_about_at_once() -> None:
    asked = execution(WORLD)
    asking, life = Asking(asked), Life(WORLD)
    request = Request(DETAILS, VARIABLES)
    told = set()
    for _ in range(12):
        asked.resolvers.serve(life.step())
        encoded = asked.encoded(request, WORLD.callers[0])
        assert encoded is not None
        told.add(encoded)
        assert f'"totalTasks":{asking.details()["totalTasks"]}' in encoded.decode()
    assert len(told) > 1


def test_true_is_not_one() -> None:
    asked = execution(WORLD)
    query = DETAILS.replace("$first: Int", "$first: Int, $yes: Boolean!")
    query = query.replace("totalFlows", "totalFlows @include(if: $yes)")
    assert asked.encoded(Request(query, {**VARIABLES, "yes": True}), WORLD.callers[0]) is not None
    assert asked.encoded(Request(query, {**VARIABLES, "yes": 1}), WORLD.callers[0]) is None
    assert asked.encoded(Request(query, {**VARIABLES, "yes": True, "first": True}), WORLD.callers[0]) is None


def test_a_variable_may_place_a_page_and_be_searched_for_too() -> None:
    asked = execution(worlds.load("documented"))
    query = """query($uuid: ID!, $text: String) {
      a: integrationsUsageDetails(organizationUuid: $uuid, period: current_month, after: $text) { edges { cursor } }
      b: integrationsUsageDetails(organizationUuid: $uuid, period: current_month, search: $text) { totalFlows }
    }"""
    world = asked.resolvers.world
    for text in ("Mg", "Mw", None, "Mg"):
        request = Request(query, {"uuid": world.organizations[0].uuid, "text": text})
        data = asked.respond(request, world.callers[0])["data"]
        first = data["a"]["edges"][0]["cursor"]
        encoded = asked.encoded(request, world.callers[0])
        assert encoded is not None
        assert f'"cursor":"{first}"'.encode() in encoded
        assert first == {"Mg": "Mw", "Mw": "NA", None: "MQ"}[text]


def test_a_bounded_space_forgets_what_nobody_asks_for() -> None:
    kept: Bounded[str] = Bounded(100_000)
    kept.put("often", "value", 100)
    for number in range(10_000):
        kept.put(number, "x", 100)
        assert kept.get("often") == "value"
    assert len(kept) < 200
    assert kept.get(0) is None
    kept.put("huge", "x", 60_000)
    assert kept.get("huge") is None


def test_a_flood_of_documents_and_values_is_not_kept() -> None:
    asked = execution(WORLD)
    assert isinstance(asked, CompiledExecution)
    assert isinstance(asked.resolvers, Indexed)
    before = operations()
    for number in range(300):
        padded = DETAILS + "#" * 4000 + str(number)
        assert asked.encoded(Request(padded, {**VARIABLES, "search": "x" * number}), WORLD.callers[0])
    assert len(asked._operations) < 300
    # Nor do the answers that are kept hold what they were made by.
    assert operations() - before < 300


def operations() -> int:
    """Return how many compiled operations there are in this process."""
    gc.collect()
    return sum(isinstance(found, Operation) for found in gc.get_objects())


def test_what_is_kept_is_compressed_for_those_alone_who_ask_for_it(server: MockServer) -> None:
    codings = ("gzip", "identity", "deflate") * 3
    answers = [compressed(server, coding) for coding in codings]
    assert [answer.headers.get("Content-Encoding", "identity") for answer in answers] == list(codings)
    assert len({answer.content for answer in answers}) == 1
    assert {answer.headers["Vary"] for answer in answers} == {"Accept, Accept-Encoding"}
    assert {answer.headers["Access-Control-Allow-Origin"] for answer in answers} == {"*"}


def compressed(server: MockServer, coding: str) -> requests.Response:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json", "Accept-Encoding": coding}
    body = json.dumps({"query": DETAILS, "variables": {**VARIABLES, "first": 20}})
    return requests.post(server.url, data=body, headers=headers, timeout=10)


def test_what_is_kept_is_of_the_world_that_is_served() -> None:
    with MockServer(WORLD) as server:
        expected = [post(server).json() for _ in range(3)][-1]
        for world, same in (("documented", False), (WORLD.name, True)):
            assert administer(server, "PATCH", json={"world": world}).ok
            assert (post(server).json() == expected) is same
        assert administer(server, "PATCH", json={"deviations": ["tasks-as-text"]}).ok
        assert post(server).json() != expected


def test_the_journal_notes_what_is_answered_from_what_is_kept() -> None:
    with MockServer(WORLD) as server:
        answers = [post(server) for _ in range(4)]
        entries = [entry for _, entry in server.journal.since()]
        assert [entry.answer for entry in entries] == [answer.content for answer in answers]
        assert {entry.role for entry in entries} == {"super_admin"}


def test_a_query_that_asks_for_too_much_is_refused_each_time_and_a_smaller_one_answered() -> None:
    with MockServer(WORLD, ruled(["query-cost=as-asked"])) as server:
        for _ in range(3):
            assert "complexity" in post(server, first=6_000).json()["errors"][0]["message"]
            assert "data" in post(server, first=20).json()
