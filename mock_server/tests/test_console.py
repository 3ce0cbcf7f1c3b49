"""The console in a real browser: what is shown, switched and followed on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import requests
from playwright.sync_api import expect

from mock_server import faults, worlds
from mock_server.rulings import ruled
from mock_server.serving import MockServer
from mock_server.tests.browsing import opened
from mock_server.tests.posting import ASKED, TOKEN, VARIABLES, WORLD, administer, post

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def settings(server: MockServer) -> Any:
    return administer(server, "GET").json()["settings"]


def names(page: Page) -> list[str]:
    cells = page.locator("#table tbody td:first-child")
    return list(cells.evaluate_all("all => all.map(one => one.firstChild.textContent)"))


def test_it_tells_where_about_what_and_as_whom_to_ask_and_copies_it(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    with MockServer(WORLD) as server:
        opened(page, server)
        copied = {
            "the endpoint": server.url,
            "the UUID": WORLD.organizations[0].uuid,
            "the token": WORLD.callers[0].token,
            "the documented query": ASKED["query"],
        }
        for about, text in copied.items():
            page.get_by_role("button", name=f"Copy {about}").first.click()
            assert page.evaluate("navigator.clipboard.readText()") == text
        expect(page.locator("#tokens")).to_contain_text("Member")


def test_everything_it_shows_comes_from_its_own_server(page: Page) -> None:
    with MockServer(WORLD) as server:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        opened(page, server)
        origin = server.url.removesuffix("graphql")
        assert [url for url in asked if not url.startswith((origin, "data:"))] == []


def test_flows_are_paged_sorted_and_filtered_by_the_endpoint(page: Page, busy: MockServer) -> None:
    opened(page, busy)
    expect(page.locator("#totals")).to_contain_text("flows")
    first = names(page)
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#page")).to_have_text(re.compile("Page 2 of "))
    second = names(page)
    assert len(first) == len(second) == 10
    page.get_by_role("button", name="Previous").click()
    expect(page.locator("#page")).to_have_text(re.compile("Page 1 of "))
    assert names(page) == first
    page.get_by_role("columnheader", name="Name").get_by_role("button").click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Name")
    page.locator("input[name=search]").fill("an")
    page.locator("#filters input[name=status]").fill("DISABLED")
    page.locator("select[name=first]").select_option("20")
    asked = {"search": "an", "status": "DISABLED", "first": 20, "sort": {"by": "name", "order": "asc"}}
    uuid = busy.world.organizations[0].uuid
    expected = post(busy, {**ASKED, "variables": {**VARIABLES, "organizationUuid": uuid, **asked}}).json()["data"]
    edges = expected["integrationsUsageDetails"]["edges"]
    expect(page.locator("#totals")).to_contain_text(f"{expected['integrationsUsageDetails']['totalFlows']} flows")
    expect(page.locator("#table tbody tr")).to_have_count(20)
    assert names(page) == [edge["node"]["name"] for edge in edges]


def test_usage_is_drawn_in_proportion(page: Page) -> None:
    with MockServer(WORLD) as server:
        opened(page, server)
        expect(page.locator("#table tbody tr")).to_have_count(7)
        widths = page.locator(".bar i").evaluate_all("all => all.map(one => parseFloat(one.style.width))")
        tasks = [540, 310]
        assert widths[0] == 100
        assert widths[1] == pytest.approx(100 * tasks[1] / tasks[0], abs=0.01)
        points = page.locator("#history .line").get_attribute("points") or ""
        assert len(points.split()) == page.locator("#history .day").count() > 1
        expect(page.locator("#history svg")).to_have_accessible_name(re.compile("^From 2026-06-01 to .*; most on "))


def test_world_rulings_deviations_and_trouble_are_switched(page: Page, busy: MockServer) -> None:
    opened(page, busy)
    page.locator("#world").select_option("ties")
    expect(page.locator("#totals")).to_contain_text("60 flows")
    expect(page.locator("#world-sentence")).to_have_text(worlds.load("ties").sentence)
    page.locator("#rulings summary").click()
    page.get_by_label("page-cap").select_option("5")
    expect(page.locator("#table tbody tr")).to_have_count(5)
    expect(page.locator("#rulings .count")).to_have_text("1 changed")
    page.locator("#deviations summary").click()
    page.locator("#find-deviation").fill("page-only-totals")
    page.locator("#deviations").get_by_role("checkbox", name="page-only-totals").check()
    expect(page.locator("#totals")).to_contain_text("5 flows")
    page.get_by_label("Latency").fill("1..3ms")
    page.get_by_label("Latency").press("Enter")
    expect(page.locator("#table[aria-busy]")).to_have_count(0)
    assert settings(busy)["latency"] == "1ms..3ms"
    assert settings(busy)["rulings"] == {"page-cap": "5"}
    assert settings(busy)["deviations"] == ["page-only-totals"]
    page.get_by_role("button", name="As at the start").click()
    expect(page.locator("#totals")).to_contain_text("230 flows")
    assert settings(busy)["world"] == "busy"
    expect(page.get_by_label("Latency")).to_have_value("")


def test_a_ruling_that_is_no_listed_choice_is_shown_as_it_is(browser: Browser) -> None:
    with MockServer(WORLD, ruled(["page-cap=33", "denied-code=GONE"])) as server:
        page = opened(browser.new_page(), server)
        page.locator("#rulings summary").click()
        expect(page.locator('#rulings select[name="page-cap"]')).to_have_value("33")
        expect(page.locator('#rulings select[name="denied-code"]')).to_have_value("GONE")
        page.context.close()


def test_trouble_that_cannot_be_is_told_where_it_was_typed(browser: Browser) -> None:
    with MockServer(WORLD) as server:
        page = opened(browser.new_page(), server)
        page.get_by_label("Rate limit").fill("often")
        page.get_by_label("Rate limit").press("Enter")
        expect(page.locator("#says-rate-limit")).to_contain_text("is requests in a time, like 30/s")
        expect(page.get_by_label("Rate limit")).to_have_attribute("aria-invalid", "true")
        page.get_by_label("Rate limit").fill("600/s")
        page.get_by_label("Rate limit").press("Enter")
        expect(page.get_by_label("Rate limit")).to_have_attribute("aria-invalid", "false")
        page.context.close()


def test_who_may_not_see_usage_is_shown_what_they_are_told(browser: Browser) -> None:
    with MockServer(WORLD) as server:
        page = opened(browser.new_page(), server)
        page.get_by_role("radio", name="Member").check()
        expect(page.locator("#none")).to_have_text("Permission denied")
        page.get_by_role("radio", name="expired").check()
        expect(page.locator("#none")).to_have_text("401: Unauthorized")
        page.context.close()


def test_answers_that_do_not_come_are_told_in_words(browser: Browser) -> None:
    with MockServer(WORLD, faults=faults.Faults(error_rate=1.0, hang=0.01)) as server:
        page = opened(browser.new_page(), server)
        expect(page.locator("#none")).to_have_text(re.compile("No answer came|and no JSON"))
        page.context.close()


def test_what_an_application_asks_comes_at_once_and_opens(page: Page) -> None:
    with MockServer(WORLD) as server:
        opened(page, server)
        entries = page.locator("#entries tbody tr")
        expect(page.locator("#quiet")).to_be_visible()
        post(server, {**ASKED, "variables": {**VARIABLES, "search": "<img src=x onerror=alert(1)>"}})
        post(server, {"query": "query Other { __typename }"}, headers={})
        expect(entries).to_have_count(2)
        expect(entries.first).to_contain_text("Other")
        expect(entries.first).to_contain_text("401")
        page.locator("#find-entry").fill("onerror")
        expect(entries).to_have_count(1)
        entries.first.click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text('"totalFlows": 0')
        expect(dialog).to_contain_text("<img src=x onerror=alert(1)>")
        expect(dialog).to_contain_text('curl -sS -H "Authorization: Bearer $TOKEN"')
        page.get_by_role("button", name="Close").click()
        page.locator("#find-entry").fill("")
        page.get_by_label("Show this page too").check()
        expect(page.locator("#entries")).to_contain_text("ConsoleFlows")
        page.get_by_role("button", name="Clear").click()
        expect(entries).to_have_count(0)


def test_flows_that_go_on_running_are_seen_to(page: Page) -> None:
    with MockServer(WORLD, live=0.05) as server:
        opened(page, server)
        expect(page.locator("#totals")).to_contain_text("tasks")
        at_first = page.locator("#totals").inner_text()
        expect(page.locator("#totals")).not_to_have_text(at_first, timeout=15_000)


def test_a_world_is_brought_to_life_and_to_rest(page: Page, fresh: MockServer) -> None:
    opened(page, fresh)
    expect(page.locator("#totals")).to_contain_text("tasks")
    at_first = page.locator("#totals").inner_text()
    page.get_by_label("live").fill("50ms")
    page.get_by_label("live").press("Enter")
    expect(page.locator("#totals")).not_to_have_text(at_first, timeout=15_000)
    page.get_by_label("live").fill("")
    page.get_by_label("live").press("Enter")
    expect(page.locator("#totals")).to_have_text(at_first, timeout=15_000)


def test_a_page_that_was_open_goes_on_with_the_server_that_comes_after(browser: Browser) -> None:
    page = browser.new_page()
    with MockServer(WORLD) as server:
        opened(page, server)
        port = int(server.url.rsplit(":", 1)[1].removesuffix("/graphql"))
    expect(page.locator("#link")).to_have_text("not reached")
    with MockServer(worlds.load("ties"), port=port) as server:
        expect(page.locator("#link")).to_have_text("connected", timeout=15_000)
        expect(page.locator("#totals")).to_contain_text("60 flows")
        post(server, {"query": "query Afterwards { __typename }"})
        expect(page.locator("#entries")).to_contain_text("Afterwards")
        page.context.close()


def test_it_asks_for_the_key_where_there_is_one(browser: Browser) -> None:
    with MockServer(WORLD, admin_key="s3cret-ké") as server:
        page = browser.new_page()
        page.goto(server.url.removesuffix("graphql"))
        for key in ("wrong", "s3cret-ké"):
            expect(page.get_by_role("dialog")).to_contain_text("Send the key of this server")
            page.get_by_label("Key").fill(key)
            page.get_by_label("Key").press("Enter")
        expect(page.locator("#link")).to_have_text("connected")
        expect(page.locator("#totals")).to_contain_text("7 flows")
        page.context.close()


def test_the_page_itself_tells_no_token() -> None:
    with MockServer(WORLD) as server:
        text = requests.get(server.url.removesuffix("graphql"), timeout=10).text
    assert TOKEN["Authorization"].split()[1] not in text
