"""A page as a browser lays it out, for the tests of what people look at."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ABSENT = "there is no chromium to lay the page out"

# A window is never narrower than 500 pixels; a frame is. The page itself stays as it is: it runs no script.
FRAME = """<!doctype html><title></title><body style="margin: 0">
<script>
function measure(frame) {{
  const page = frame.contentDocument, root = page.documentElement
  const all = [...page.querySelectorAll("main *, header *")]
  const seen = all.filter(one => one.checkVisibility() && !one.closest(".unseen"))
  const right = one => Math.floor(one.getBoundingClientRect().right)
  const said = elements => elements.map(one => one.outerHTML.slice(0, 90))
  document.title = JSON.stringify({{
    width: root.clientWidth,
    scrolled: root.scrollWidth,
    beyond: said(seen.filter(one => right(one) > root.clientWidth)),
    spilt: said(seen.filter(one => one.closest(".page") && right(one) > right(one.closest(".page")))),
    small: said(seen.filter(one => parseFloat(getComputedStyle(one).fontSize) < 10)),
    background: getComputedStyle(page.body).backgroundColor,
    ink: getComputedStyle(page.body).color,
    pages: page.querySelectorAll(".walk .page").length,
    headline: page.querySelector("h1").innerText,
  }})
}}
</script>
<iframe style="border: 0" width="{width}" height="2000" onload="measure(this)" srcdoc="{page}"></iframe>"""


def laid_out(page: str, width: int, folder: Path, *, dark: bool = False) -> dict[str, Any]:
    """Return what a browser makes of a page in a frame so many pixels wide."""
    assert PROGRAM is not None  # noqa: S101  # whoever asks has looked
    file = folder / "page.html"
    file.write_text(FRAME.format(width=width, page=html.escape(page)), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1400,2000", "--virtual-time-budget=3000"]
    options += [f"--user-data-dir={folder / 'profile'}", f"--blink-settings=preferredColorScheme={0 if dark else 1}"]
    dumped = subprocess.run(  # noqa: S603  # our own page
        [PROGRAM, *options, "--dump-dom", file.as_uri()], capture_output=True, text=True, check=True, timeout=120
    ).stdout
    found = re.search(r"<title>(.*?)</title>", dumped, re.DOTALL)
    assert found is not None  # noqa: S101  # the measuring script writes the title
    measured: dict[str, Any] = json.loads(html.unescape(found[1]))
    return measured
