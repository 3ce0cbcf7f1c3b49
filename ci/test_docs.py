"""Every command in `docs/` is run as it stands there, against the mock; the reference says what the code says."""

import os
import re
import runpy
import shlex
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import pytest
import requests
import yaml
from filelock import FileLock

from mock_server.serving import MockServer, bound

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(path.name for path in DOCS.glob("*.md"))
# Lists and checks end by themselves; everything else that these programs are told serves until it is ended.
SERVERS = ("mock-server", "gunicorn")
ENDING = ("worlds", "rulings", "deviations", "faults", "check")
# Stands in for a Docker engine: the files that a command names must be there, and nothing else is tried.
DOCKER = """#!/bin/sh
while [ $# -gt 0 ]; do
  if [ "$1" = --file ]; then test -f "$2" || exit 1; fi
  shift
done
"""


def commands(page: str) -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", (DOCS / page).read_text(), re.DOTALL)
    return [line for block in blocks for line in re.findall(r"^\$ (.*)$", block, re.MULTILINE)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that looks like the project's own, in which commands may write what they like."""
    for name in ("ci", "fixtures", "Makefile", "pyproject.toml"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "docker").write_text(DOCKER)
    (tmp_path / "bin" / "docker").chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)])
def test_the_commands_of_a_page_do_what_it_says(
    page: str, folder: Path, honest: MockServer, load_lock: FileLock
) -> None:
    with bound("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    variables = {
        "PATH": f"{folder / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "TARGET": honest.url,
        "PIPEFY_TOKEN": honest.world.callers[0].token,
        "CONTRACT_MEMBER_TOKEN": "member-token",
        "CONTRACT_FOREIGN_ORGANIZATION_UUID": honest.world.organizations[1].uuid,
    }
    foreign = ("GITHUB", "PYTEST_", "COV_", "CONTRACT")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(foreign)} | variables
    serving: subprocess.Popen[bytes] | None = None
    try:
        for command in commands(page):
            program, *rest = shlex.split(command)
            if program == "export":
                # What a user sets, the test has set to what the mock takes.
                assert rest[0].partition("=")[0] in variables
            elif program in SERVERS and not set(ENDING) & set(rest):
                end(serving)
                at = f"{command} --port {port}" if program == "mock-server" else command.replace(":4000", f":{port}")
                serving = subprocess.Popen(["bash", "-c", f"exec {at}"], cwd=folder, env=environment)
                wait_for(serving, f"http://127.0.0.1:{port}/graphql")
            else:
                told = command.replace("127.0.0.1:4000/", f"127.0.0.1:{port}/")
                with load_lock if program == "locust" else nullcontext():
                    done = subprocess.run(
                        ["bash", "-c", told], cwd=folder, env=environment, capture_output=True, check=False
                    )
                assert done.returncode == 0, f"{command}\n{(done.stdout + done.stderr).decode()}"
    finally:
        end(serving)


def wait_for(serving: "subprocess.Popen[bytes]", url: str) -> None:
    for _ in range(600):
        assert serving.poll() is None
        try:
            requests.options(url, timeout=20)
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"nothing answers at {url}")


def end(serving: "subprocess.Popen[bytes] | None") -> None:
    if serving is not None:
        serving.terminate()
        serving.wait(timeout=30)


def test_the_reference_is_what_the_code_says() -> None:
    written = runpy.run_path(str(ROOT / "ci" / "write_reference.py"))["reference"]()
    assert (DOCS / "reference.md").read_text() == written, "run: make reference"


@pytest.mark.parametrize("page", [*PAGES, "../README.md"])
def test_every_link_inside_the_project_leads_somewhere(page: str) -> None:
    shown = re.sub(r"```.*?```", "", (DOCS / page).read_text(), flags=re.DOTALL)
    targets = [target for target in re.findall(r"\]\(([^)#]+)", shown) if not target.startswith("http")]
    assert [target for target in targets if not ((DOCS / page).parent / target).exists()] == []


def test_the_pipelines_that_are_shown_obey_their_schemas_and_name_what_there_is(tmp_path: Path) -> None:
    workflow, gitlab = re.findall(r"```yaml\n(.*?)```", (DOCS / "pipeline.md").read_text(), re.DOTALL)
    for name, text, schema in (("w.yml", workflow, "github-workflows"), ("g.yml", gitlab, "gitlab-ci")):
        (tmp_path / name).write_text(text)
        check: list[str | Path] = [
            Path(sys.executable).parent / "check-jsonschema",
            "--builtin-schema",
            f"vendor.{schema}",
            tmp_path / name,
        ]
        assert subprocess.run(check, capture_output=True, check=False).returncode == 0
    inputs = yaml.safe_load((ROOT / "ci/github/action.yml").read_text())["inputs"]
    assert set(yaml.safe_load(workflow)["jobs"]["contract"]["steps"][1]["with"]) <= set(inputs)
    variables = yaml.safe_load((ROOT / "ci/gitlab/contract.gitlab-ci.yml").read_text())["variables"]
    assert set(yaml.safe_load(gitlab)["variables"]) <= set(variables)
