"""No token is in any byte that a run leaves behind, whether it succeeds, finds something, cannot ask or crashes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mock_server.serving import MockServer
from mock_server.shipped import WORLDS
from mock_server.worlds import load

TOKEN, MEMBER = "canary-Zq7XvT4kLw9", "canary-member-Hf3RbN8sYd2"
# The suite sends these too, and nobody may learn the token from them.
TRACES = (TOKEN[:-1], TOKEN[::-1], MEMBER[:-1], MEMBER[::-1])
GITHUB = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "summary.md"}
CRASH = """
from contract_tests import session, __main__
def crash(*_, **__):
    import os
    raise RuntimeError("Authorization: Bearer " + os.environ["PIPEFY_TOKEN"])
session.words = crash
__main__.main()
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    told = json.loads((WORLDS / "documented.json").read_text())
    tokens = {"super-admin-token": TOKEN, "member-token": MEMBER}
    for caller in told["callers"]:
        caller["token"] = tokens.get(caller["token"], caller["token"])
    file = tmp_path_factory.mktemp("world") / "canary.json"
    file.write_text(json.dumps(told))
    return file


def leftovers(folder: Path, url: str, *program: str, expected: int) -> Iterator[tuple[str, str]]:
    """Run the suite with every report there is; yield what it wrote, by name."""
    arguments = ["run", "--target", url, "--organization-id", "301234567", "--profile", "quick", "--max-time", "60s"]
    arguments += ["--report-json", "report.json", "--report-junit", "report.xml", "--report-html", "report.html"]
    arguments += ["--report-markdown", "report.md", "--baseline", "baseline.json"]
    done = subprocess.run(
        [sys.executable, *program, *arguments, "--update-baseline"],
        cwd=folder,
        env={**os.environ, "PIPEFY_TOKEN": TOKEN, "CONTRACT_MEMBER_TOKEN": MEMBER, **GITHUB},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == expected, done.stdout + done.stderr
    yield "output", done.stdout
    yield "errors", done.stderr
    for file in folder.rglob("*"):
        if file.is_file():
            yield file.name, file.read_bytes().decode(errors="replace")


def shown(written: Iterator[tuple[str, str]]) -> list[str]:
    return [name for name, text in written if any(trace in text for trace in TRACES)]


@pytest.mark.parametrize(("deviations", "code"), [((), 0), (("page-only-totals",), 1)])
def test_a_run_does_not_show_the_tokens(world: Path, tmp_path: Path, deviations: tuple[str, ...], code: int) -> None:
    with MockServer(load(str(world)), deviations=deviations) as server:
        written = list(leftovers(tmp_path, server.url, "-m", "contract_tests", expected=code))
    assert any("Bearer $PIPEFY_TOKEN" in text for _, text in written) == bool(deviations)
    assert {file.name for file in tmp_path.iterdir()} == {
        "report.json",
        "report.md",
        "report.xml",
        "report.html",
        "summary.md",
        "baseline.json",
    }
    assert shown(iter(written)) == []


def test_a_run_that_cannot_ask_does_not_show_the_tokens(tmp_path: Path) -> None:
    url = "http://127.0.0.1:9/graphql"
    assert shown(leftovers(tmp_path, url, "-m", "contract_tests", expected=6)) == []


def test_a_crash_does_not_show_the_tokens(world: Path, tmp_path: Path) -> None:
    with MockServer(load(str(world))) as server:
        written = list(leftovers(tmp_path, server.url, "-c", CRASH, expected=3))
    assert any("Bearer $PIPEFY_TOKEN" in text for _, text in written)
    assert shown(iter(written)) == []
