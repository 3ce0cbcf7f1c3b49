"""The console looked at: on any screen, in both schemes, without a mouse, and by who sees badly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from mock_server import worlds
from mock_server.generating import generate
from mock_server.serving import MockServer
from mock_server.tests.browsing import opened
from mock_server.tests.posting import ASKED, VARIABLES, administer, post

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

SHIFT = """() => new Promise((done) => {
  const moved = [];
  new PerformanceObserver((list) => {
    const unasked = list.getEntries().filter((one) => !one.hadRecentInput);
    moved.push(...unasked.flatMap((one) => one.sources.map(({ node }) => node?.outerHTML ?? "?")));
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(moved), 300);
})"""

AXE = (
    """axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))"""
)


def test_it_is_used_without_a_mouse(page: Page, busy: MockServer) -> None:
    opened(page, busy)
    expect(page.locator("#totals")).to_contain_text("flows")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the flows")).to_be_focused()
    page.get_by_role("columnheader", name="Status").get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort]")).to_have_text("Status")
    post(busy)
    opener = page.locator("#entries tbody button").first
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()


def test_nothing_moves_while_it_fills_and_changes(page: Page, busy: MockServer) -> None:
    opened(page, busy)
    expect(page.locator("#totals")).to_contain_text("flows")
    for path in ("settings", "journal"):
        administer(busy, "GET", path)
    administer(busy, "PATCH", json={"world": "one-flow"})
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("#totals")).to_contain_text("1 flow")
    post(busy)
    expect(page.locator("#entries tbody tr")).to_have_count(1)
    assert page.evaluate(SHIFT) == []


@pytest.mark.parametrize("width", [360, 390, 768, 1024, 1360, 1920])
def test_it_fits_a_screen_of_any_width(browser: Browser, width: int) -> None:
    with MockServer(worlds.load("awkward-names")) as server:
        page = opened(browser.new_page(viewport={"width": width, "height": 844}), server)
        expect(page.locator("#table tbody tr")).to_have_count(10)
        post(server, {**ASKED, "variables": {**VARIABLES, "search": "x" * 300}})
        expect(page.locator("#entries tbody tr")).to_have_count(1)
        for summary in page.locator("summary").all():
            summary.click()
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1360])
def test_axe_finds_nothing_that_keeps_somebody_out(browser: Browser, clients: Path, scheme: Any, width: int) -> None:
    with MockServer(generate()) as server:
        page = opened(browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 900}), server)
        post(server)
        post(server, headers={})
        expect(page.locator("#entries tbody tr")).to_have_count(2)
        for summary in page.locator("summary").all():
            summary.click()
        page.add_script_tag(content=(clients / "node_modules" / "axe-core" / "axe.min.js").read_text())
        found = page.evaluate(AXE)
        page.locator("#entries tbody button").first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert found + page.evaluate(AXE) == []
        page.context.close()


def test_light_and_dark_are_two(browser: Browser, server: MockServer) -> None:
    papers = set()
    for scheme in ("light", "dark"):
        page = opened(browser.new_page(color_scheme=scheme), server)
        papers.add(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
        page.context.close()
    assert len(papers) == 2
