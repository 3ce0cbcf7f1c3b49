"""A real browser, driven as a person uses it, and what its network would bring it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright

from mock_server.console.graphiql import CDN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

    from mock_server.serving import MockServer

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Installed under these names, since other clients need other versions.
_FOLDERS = {"react@18.3.1": "react-18", "react-dom@18.3.1": "react-dom-18", "graphiql@4.1.2": "graphiql"}

# A machine that tests on every core takes its time.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser; skip where there is none."""
    if PROGRAM is None:
        pytest.skip("there is no chromium to look at a page with")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


def serve_from_npm(page: Page, clients: Path) -> None:
    """Let the page have from the installed packages what it asks the network of mirrors for."""

    def fulfil(route: Route) -> None:
        package, _, path = route.request.url.removeprefix(CDN).partition("/")
        file = clients / "node_modules" / _FOLDERS[package] / path
        route.fulfill(path=file, headers={"Access-Control-Allow-Origin": "*"})

    page.route(f"{CDN}**", fulfil)


def complaints(page: Page) -> list[str]:
    """Return a list to which the page's errors are added as they come."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    return found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page of a desk's screen, on which nothing may go wrong."""
    made = browser.new_page(viewport={"width": 1360, "height": 1000})
    wrong = complaints(made)
    yield made
    made.context.close()
    # A server that is served inside a test ends before the page, which looks for it again.
    assert [one for one in wrong if "ERR_CONNECTION_REFUSED" not in one] == []  # noqa: S101 - part of tests


def opened(page: Page, server: MockServer) -> Page:
    """Return the page with a server's console on it, linked."""
    page.goto(server.url.removesuffix("graphql"))
    expect(page.locator("#link")).to_have_text("connected")
    return page
