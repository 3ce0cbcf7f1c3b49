"""What is served is told and switched over HTTP."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from mock_server import worlds
from mock_server.deviations import DEVIATIONS
from mock_server.refusals import Misconfigured
from mock_server.rulings import RULINGS, ruled
from mock_server.serving import MockServer
from mock_server.tests.connecting import connected, read_until
from mock_server.tests.posting import TOKEN, WORLD, administer, post

PLAIN: dict[str, Any] = {
    "world": "documented",
    "live": None,
    "rulings": {},
    "deviations": [],
    "latency": None,
    "status": None,
    "error": None,
    "error-rate": None,
    "error-seed": None,
    "rate-limit": None,
}


def change(server: MockServer, **changes: Any) -> dict[str, Any]:
    answer = administer(server, "PATCH", json={name.replace("_", "-"): value for name, value in changes.items()})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["settings"]
    return found


def total(server: MockServer, **headers: str) -> Any:
    return post(server, headers={**TOKEN, **headers}).json()["data"]["integrationsUsageDetails"]["totalTasks"]


def test_what_is_served_and_what_there_is_to_choose_is_told_with_sentences(fresh: MockServer) -> None:
    told = administer(fresh, "GET").json()
    assert told["settings"] == PLAIN
    assert told["serves"]["endpoint"] == fresh.url
    assert told["serves"]["organizations"][0]["uuid"] == WORLD.organizations[0].uuid
    assert [caller["token"] for caller in told["serves"]["callers"]] == [caller.token for caller in WORLD.callers]
    choices = told["choices"]
    assert {one["name"] for one in choices["worlds"]} == set(worlds.names())
    assert [one["name"] for one in choices["rulings"]] == list(RULINGS)
    assert [one["name"] for one in choices["deviations"]] == list(DEVIATIONS)
    for kind in ("worlds", "rulings", "deviations", "faults"):
        assert all(one["sentence"] for one in choices[kind])


def test_the_example_is_answered_as_it_stands(fresh: MockServer) -> None:
    example = administer(fresh, "GET").json()["serves"]["example"]
    body = {name: example[name] for name in ("query", "variables")}
    answer = post(fresh, body, {"Authorization": f"Bearer {example['token']}"}).json()
    assert answer["data"]["integrationsUsageDetails"]["totalFlows"] == 7


def test_another_world_is_served_at_once(fresh: MockServer) -> None:
    assert total(fresh) == 1280
    assert change(fresh, world="empty")["world"] == "empty"
    assert total(fresh) == 0


def test_a_ruling_a_deviation_and_trouble_are_switched_beside_each_other(fresh: MockServer) -> None:
    change(fresh, rulings={"page-default": "10", "page-cap": "5"})
    change(fresh, deviations=["page-only-totals"])
    settings = change(fresh, latency="1..2ms", rate_limit="600/60s", error_rate=None)
    assert settings == {
        **PLAIN,
        "rulings": {"page-default": "10", "page-cap": "5"},
        "deviations": ["page-only-totals"],
        "latency": "1ms..2ms",
        "rate-limit": "600/60s",
    }
    assert total(fresh) < 1280
    assert len(post(fresh).json()["data"]["integrationsUsageDetails"]["edges"]) == 5
    assert change(fresh, rulings={"page-cap": None})["rulings"] == {"page-default": "10"}


def test_what_is_told_can_be_sent_back(fresh: MockServer) -> None:
    settings = change(
        fresh,
        latency="p50=5ms,p99=20ms",
        status="503",
        error="reset, partial-data",
        error_rate="0.02",
        error_seed=7,
        rate_limit="30/2s",
        rulings={"stats": "absent"},
    )
    assert administer(fresh, "PUT", json=settings).json()["settings"] == settings


def test_putting_and_deleting_begin_from_the_start() -> None:
    with MockServer(WORLD, ruled(["page-cap=10"])) as server:
        change(server, world="ties", deviations=["page-only-totals"], latency="1ms")
        assert administer(server, "PUT", json={"world": "empty"}).json()["settings"] == {
            **PLAIN,
            "world": "empty",
            "rulings": {"page-cap": "10"},
        }
        assert administer(server, "DELETE").json()["settings"] == {**PLAIN, "rulings": {"page-cap": "10"}}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"world": "tie"}, "unknown world 'tie'; did you mean ties"),
        ({"world": "../pyproject.json"}, "unknown world '../pyproject.json'"),
        ({"world": 3}, "world is a name, not 3"),
        ({"rulings": {"page-cup": "10"}}, "unknown ruling 'page-cup'; did you mean page-cap"),
        ({"rulings": {"page-cap": "few"}}, "unknown choice for page-cap 'few'"),
        ({"rulings": {"page-cup": None}}, "unknown ruling 'page-cup'"),
        ({"rulings": ["page-cap=10"]}, "rulings is an object"),
        ({"deviations": ["page-only-total"]}, "did you mean page-only-totals"),
        ({"deviations": "page-only-totals"}, "deviations is a list of names"),
        ({"latency": "soon"}, "is a time like 120ms"),
        ({"live": "often"}, "takes the time between two steps, like 3s or 150ms, not 'often'"),
        ({"live": True}, "live is the time between two steps, like 3s, not True"),
        ({"error": "partial-date"}, "unknown fault 'partial-date'; did you mean partial-data"),
        ({"error": ["reset"]}, "error is text, like 'partial-data', not ['reset']"),
        ({"status": "200"}, "is a status from 400 to 599"),
        ({"error-seed": "x"}, "is a whole number"),
        ({"rate-limit": 30}, "is requests in a time"),
        ({"latencies": "1ms"}, "unknown setting 'latencies'; did you mean latency?"),
        ([], "settings are a JSON object"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_changes_nothing(fresh: MockServer, changes: Any, sentence: str) -> None:
    for method in ("PATCH", "PUT"):
        answer = administer(fresh, method, json=changes)
        assert answer.status_code == 400
        assert sentence in answer.json()["errors"][0]["message"]
    if isinstance(changes, dict):
        administer(fresh, "PATCH", json={"rulings": {"stats": "absent"}, **changes})
    assert administer(fresh, "GET").json()["settings"] == PLAIN


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b"\xff", b" " * 2_000_000])
def test_a_body_that_is_no_json_is_refused_in_words(fresh: MockServer, body: bytes) -> None:
    answer = administer(fresh, "PATCH", data=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert "JSON object" in answer.json()["errors"][0]["message"]


def test_each_answer_is_of_one_setting_however_often_it_is_switched(fresh: MockServer) -> None:
    seen: set[tuple[int, int, int]] = set()
    done = threading.Event()

    def switch() -> None:
        for index in range(60):
            change(fresh, world=("documented", "empty", "one-flow")[index % 3])
        done.set()

    switching = threading.Thread(target=switch)
    switching.start()
    while not done.is_set():
        found = post(fresh).json()["data"]["integrationsUsageDetails"]
        seen.add((found["totalFlows"], found["totalTasks"], len(found["edges"])))
    switching.join()
    expected = set()
    for name in ("documented", "empty", "one-flow"):
        with MockServer(worlds.load(name)) as server:
            found = post(server).json()["data"]["integrationsUsageDetails"]
            expected.add((found["totalFlows"], found["totalTasks"], len(found["edges"])))
    assert seen <= expected
    assert len(seen) > 1


def test_changes_that_come_together_are_all_obeyed(fresh: MockServer) -> None:
    body = b'{"world": "ties"}'
    head = (
        "PATCH /_mock/settings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with connected(fresh) as connection:
        connection.sendall(head.encode() + body[:5])
        change(fresh, rulings={"page-cap": "5"})
        connection.sendall(body[5:])
        read_until(connection, b"\r\n\r\n")
    assert administer(fresh, "GET").json()["settings"] == {**PLAIN, "world": "ties", "rulings": {"page-cap": "5"}}


def test_a_world_that_goes_on_running_is_switched_too() -> None:
    with MockServer(worlds.load("busy"), live=0.01) as server:
        change(server, world="one-flow")
        at_first = total(server)
        for _ in range(200):
            if total(server) != at_first:
                break
        assert total(server) != at_first
        assert post(server).json()["data"]["integrationsUsageDetails"]["totalFlows"] < 10


def test_a_world_comes_to_life_and_is_as_at_first_afterwards(fresh: MockServer) -> None:
    at_first = total(fresh)
    assert change(fresh, live="1ms")["live"] == "1ms"
    deadline = time.monotonic() + 10
    while total(fresh) == at_first and time.monotonic() < deadline:
        pass
    assert total(fresh) != at_first
    assert total(fresh, **{"Mock-Ruling": "page-cap=5"}) != at_first
    assert change(fresh, live=None)["live"] is None
    assert {total(fresh) for _ in range(20)} == {at_first}
    assert total(fresh, **{"Mock-Ruling": "page-cap=5"}) == at_first


def test_what_lives_slowly_is_told_at_once_to_live_faster() -> None:
    with MockServer(WORLD, live=3600) as server:
        at_first = total(server)
        assert administer(server, "GET").json()["settings"]["live"] == "3600s"
        change(server, live="1ms")
        deadline = time.monotonic() + 10
        while total(server) == at_first and time.monotonic() < deadline:
            pass
        assert total(server) != at_first


def test_an_unknown_deviation_is_refused_at_the_start_as_ever() -> None:
    with pytest.raises(Misconfigured, match="unknown deviation"):
        MockServer(WORLD, deviations=["nothing"])
