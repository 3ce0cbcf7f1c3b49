"""A browser at the endpoint finds GraphiQL with the documented question, ready to play."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import requests

from mock_server import worlds
from mock_server.serving import MockServer
from mock_server.tests.browsing import complaints, serve_from_npm
from mock_server.tests.posting import TOKEN, WORLD, administer

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def shown(server: MockServer, **headers: str) -> requests.Response:
    return requests.get(server.url, headers={**BROWSER, **headers}, timeout=10)


def test_pressing_play_answers_the_documented_question(browser: Browser, clients: Path) -> None:
    with MockServer(WORLD) as server:
        page = browser.new_page()
        wrong = complaints(page)
        serve_from_npm(page, clients)
        page.goto(server.url)
        page.get_by_role("button", name="Execute query").click()
        answer = page.locator(".result-window")
        answer.get_by_text('"totalTasks": 1280').wait_for()
        assert "Sync new leads to CRM" in answer.inner_text()
        page.get_by_role("button", name="Show Documentation Explorer").click()
        page.locator(".graphiql-plugin").get_by_text("Query", exact=True).click()
        page.locator(".graphiql-plugin").get_by_text("integrationsUsageDetails", exact=True).wait_for()
        page.close()
    assert wrong == []


def test_a_part_that_is_not_the_one_that_was_tried_is_not_run(browser: Browser, clients: Path) -> None:
    with MockServer(WORLD) as server:
        page = browser.new_page()
        serve_from_npm(page, clients)
        page.route(
            "**/graphiql.min.js",
            lambda route: route.fulfill(body="document.title = 'run'", headers={"Access-Control-Allow-Origin": "*"}),
        )
        page.goto(server.url)
        page.get_by_text("this page stays as it is").wait_for()
        assert page.title() != "run"
        page.close()


@pytest.mark.parametrize("headers", [TOKEN, {"Accept": "application/json"}, {"Accept": "*/*"}])
def test_who_has_a_token_or_takes_no_pages_is_answered_by_the_endpoint(
    server: MockServer, headers: dict[str, str]
) -> None:
    assert "text/html" not in shown(server, **headers).headers["Content-Type"]


def test_the_page_asks_about_the_world_that_is_served() -> None:
    with MockServer(WORLD) as server:
        administer(server, "PATCH", json={"world": "ties"})
        assert worlds.load("ties").organizations[0].uuid in shown(server).text


def test_under_a_name_that_is_not_this_machine_s_the_token_is_left_to_be_typed(server: MockServer) -> None:
    assert "super-admin-token" in shown(server).text
    assert "super-admin-token" not in shown(server, Host="attacker.example").text


def test_no_text_of_a_world_ends_the_script_that_it_stands_in(server: MockServer) -> None:
    found = re.search(r'id="example">(.*?)</script>', shown(server).text)
    assert found
    assert "query integrationsUsageDetails" in json.loads(found[1])["query"]
    assert "<" not in found[1]
