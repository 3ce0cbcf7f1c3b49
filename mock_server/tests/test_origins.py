"""A page that a real browser loaded from elsewhere asks the mock."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from mock_server.serving import MockServer
from mock_server.tests.posting import ASKED, TOKEN

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PAGE = """<!doctype html><p id="told">nothing</p><script>
const tell = (text) => { document.getElementById("told").textContent = text; };
fetch(%(url)s, { method: "POST", body: JSON.stringify(%(asked)s), headers: %(headers)s })
  .then(async (answer) => tell(`${answer.status} ${(await answer.json()).data.integrationsUsageDetails.totalFlows}`))
  .catch((trouble) => tell(`failed: ${trouble}`));
</script>"""


@pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium to ask as a page does")
def test_a_page_of_another_origin_sends_a_token_and_reads_the_answer(server: MockServer, tmp_path: Path) -> None:
    headers = {**TOKEN, "Content-Type": "application/json", "Mock-Latency": "1ms"}
    said = {"url": server.url, "asked": ASKED, "headers": headers}
    page = tmp_path / "page.html"
    page.write_text(PAGE % {name: json.dumps(value) for name, value in said.items()})
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", "--dump-dom")
    command = [str(CHROMIUM), *options, f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()]
    dumped = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    assert '<p id="told">200 7</p>' in dumped
