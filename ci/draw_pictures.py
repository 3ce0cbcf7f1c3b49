"""Draws `docs/pictures`: the terminal and the report of a run that finds a broken pager, and the console of the mock.

Run by `make pictures`; needs Chromium.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

from mock_server.generating import generate
from mock_server.serving import MockServer

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
DEVIATION = "cursor-inclusive"
COLUMNS, LINES = 130, 42
# As many as the console shows of the flows.
ROWS = 10
PAGE = """<body style="margin: 0; color: {foreground}; background: {background}">
<pre style="margin: 0; padding: 16px; font: 13px/1.45 monospace"><code style="font: inherit">{code}</code></pre>"""
# What a terminal shows and takes away again.
PASSING = re.compile(r"\s*[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] ")
COMMANDS = re.compile(r"\x1b\[(?:\?25[lh]|\d*[AKG])|\r")


def run(report: Path) -> str:
    """Judge a mock that deviates, write the report as a page, and return what the terminal was shown."""
    world = generate()
    with MockServer(world, deviations=(DEVIATION,)) as server:
        environment = {
            **os.environ,
            "PIPEFY_TOKEN": world.callers[0].token,
            "CONTRACT_MEMBER_TOKEN": world.callers[2].token,
            "CONTRACT_FOREIGN_ORGANIZATION_UUID": world.organizations[1].uuid,
            "FORCE_COLOR": "1",
            "COLUMNS": str(COLUMNS),
        }
        options = ["--target", server.url, "--organization-id", world.organizations[0].id, "--rate", "1000/s"]
        options += ["--profile", "quick", "--seed", "1", "--report-html", str(report)]
        command = [sys.executable, "-m", "contract_tests", "run", *options]
        told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout
    lines = (COMMANDS.sub("", line) for line in told.splitlines())
    return "\n".join(line for line in lines if not PASSING.match(Text.from_ansi(line).plain))


def terminal(told: str) -> str:
    """Return the end of what a terminal was shown, as a page."""
    console = Console(record=True, width=COLUMNS, file=StringIO())
    for line in told.strip().splitlines()[-LINES:]:
        console.print(Text.from_ansi(line), overflow="ellipsis", no_wrap=True, crop=True)
    return console.export_html(theme=SVG_EXPORT_THEME, code_format=PAGE, inline_styles=True)


def shoot(browser: Browser, address: str, name: str, width: int, height: int) -> None:
    """Write a picture of the top of a page."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    page.goto(address)
    if name == "console":
        # It asks for what it shows.
        expect(page.locator("#link")).to_have_text("connected")
        expect(page.locator("tbody tr")).to_have_count(ROWS)
    page.screenshot(path=FOLDER / f"{name}.png")
    page.close()


def main() -> None:
    """Draw all pictures."""
    program = shutil.which("chromium") or sys.exit("there is no chromium to draw with")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, MockServer(generate()) as server:
        report, shown = Path(folder) / "report.html", Path(folder) / "terminal.html"
        shown.write_text(terminal(run(report)), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        shoot(browser, shown.as_uri(), "terminal", 1_060, 820)
        shoot(browser, report.as_uri(), "report", 1_060, 1_240)
        shoot(browser, server.url.removesuffix("graphql"), "console", 1_360, 940)
        browser.close()


if __name__ == "__main__":
    main()
