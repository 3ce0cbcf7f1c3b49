"""A request chooses by its headers what its answer comes from."""

from __future__ import annotations

from typing import Any

import pytest

from mock_server import faults
from mock_server.serving import MockServer
from mock_server.tests.posting import ASKED, TOKEN, VARIABLES, WORLD, post


def details(server: MockServer, **chosen: str) -> Any:
    headers = {f"Mock-{name.capitalize()}": value for name, value in chosen.items()}
    return post(server, headers={**TOKEN, **headers}).json()["data"]["integrationsUsageDetails"]


def test_one_request_is_answered_from_another_world(server: MockServer) -> None:
    assert details(server, world="one-flow")["totalFlows"] == 1
    assert details(server, world="empty")["totalFlows"] == 0
    assert details(server)["totalFlows"] == 7


def test_one_request_is_answered_under_other_rulings(server: MockServer) -> None:
    found = details(server, ruling="page-cap=5, cursor-style = opaque")
    assert len(found["edges"]) == 5
    assert found["pageInfo"]["endCursor"] != "NQ"
    assert len(details(server)["edges"]) == 7


def test_one_request_is_answered_with_a_deviation(server: MockServer) -> None:
    broken = details(server, deviation="page-only-totals", ruling="page-cap=5", world="documented")
    assert broken["totalFlows"] == 5
    assert details(server)["totalFlows"] == 7


def test_an_empty_header_takes_deviations_away() -> None:
    with MockServer(WORLD, deviations=["page-only-totals"]) as server:
        assert details(server, ruling="page-cap=5")["totalFlows"] == 5
        assert details(server, ruling="page-cap=5", deviation="")["totalFlows"] == 7


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("Mock-World", "one-flo", "unknown world 'one-flo'; did you mean one-flow"),
        ("Mock-World", "/etc/passwd.json", "unknown world"),
        ("mock-wolrd", "ties", "unknown header 'Mock-Wolrd'; did you mean Mock-World"),
        ("Mock-Ruling", "page-cap", "a ruling is NAME=CHOICE, not 'page-cap'"),
        ("Mock-Ruling", "page-kap=5", "did you mean page-cap"),
        ("Mock-Ruling", "page-cap=six", "unknown choice for page-cap 'six'"),
        ("Mock-Deviation", "page-only-totals, page-only-total", "did you mean page-only-totals"),
    ],
)
def test_an_unknown_name_gets_400_and_the_near_ones(server: MockServer, name: str, value: str, sentence: str) -> None:
    answer = post(server, headers={**TOKEN, name: value})
    assert answer.status_code == 400
    assert sentence in answer.json()["errors"][0]["message"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_chosen_setting_stays_for_those_who_choose_it_again(server: MockServer) -> None:
    # A deviation that remembers shows only where it is one server that is asked twice.
    chosen = {**TOKEN, "Mock-Deviation": "remembered-without-search"}
    for search in ("nothing like it", "sync"):
        found = post(server, {**ASKED, "variables": {**VARIABLES, "search": search}}, chosen).json()["data"]
        assert found["integrationsUsageDetails"]["totalFlows"] == 0


def test_many_settings_are_chosen_in_turn(server: MockServer) -> None:
    caps = ("5", "10", "25", "50", "100", "none")
    for _ in range(2):
        for cap in caps:
            for kind in ("offset", "opaque"):
                for world in ("documented", "one-flow"):
                    found = details(server, ruling=f"page-cap={cap},cursor-style={kind}", world=world)
                    assert len(found["edges"]) == (1 if world == "one-flow" else min(7, 5 if cap == "5" else 7))


def test_a_limit_of_the_rate_counts_what_is_chosen_as_well() -> None:
    with MockServer(WORLD, faults=faults.Faults(rate_limit=(2, 60.0))) as server:
        statuses = [
            post(server, headers={**TOKEN, "Mock-World": world}).status_code for world in ("empty", "ties", "empty")
        ]
        assert statuses == [200, 200, 429]


def test_a_moving_world_is_the_same_under_other_rulings() -> None:
    with MockServer(WORLD, live=0.02) as server:
        for _ in range(100):
            if details(server)["totalTasks"] != 1280:
                break
        assert details(server, ruling="cursor-style=opaque")["totalTasks"] > 1280
        assert details(server, world="one-flow")["totalFlows"] == 1
