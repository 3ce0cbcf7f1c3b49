"""The jobs of the GitLab template, run as they stand in its file by the shell that its image has."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from filelock import FileLock

from mock_server.serving import MockServer

TEMPLATE = yaml.safe_load((Path(__file__).parent / "gitlab" / "contract.gitlab-ci.yml").read_text())
DEFAULTS = {name: one["value"] for name, one in TEMPLATE["variables"].items()}
Shell = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def job(shell: Shell, root: Path, once: Path) -> Iterator[Callable[..., Any]]:
    """Yield a function that runs a job's script in the folder that GitLab would have cloned into.

    One test has it at a time. The suite is installed in it by the first, and again by the others in little time.
    """
    folder = once / "clone"
    folder.mkdir(exist_ok=True)

    def run(name: str, **variables: str) -> tuple["subprocess.CompletedProcess[str]", Path]:
        given = {**DEFAULTS, "CONTRACT_PACKAGE": str(root), "PIP_CONSTRAINT": str(root / "ci" / "requirements.txt")}
        script = "\n".join(TEMPLATE[name]["script"])
        return shell(script, folder, {**given, **variables}, ("sh", "-e")), folder

    with FileLock(once / "clone.lock"):
        # What a test finds there is to be what its own jobs wrote.
        for written in ("contract-report", "public"):
            shutil.rmtree(folder / written, ignore_errors=True)
        yield run


def asked_of(server: MockServer) -> dict[str, str]:
    return {
        "CONTRACT_TARGET": server.url,
        "CONTRACT_ORGANIZATION_ID": server.world.organizations[0].id,
        "PIPEFY_TOKEN": server.world.callers[0].token,
        "CONTRACT_PROFILE": "quick",
        "CONTRACT_OPTIONS": "--only totals --seed 7",
    }


def test_a_broken_contract_fails_the_job_and_its_page_is_published(
    job: Callable[..., Any], deviating: MockServer
) -> None:
    done, folder = job("contract", **asked_of(deviating))
    assert done.returncode == 1, done.stdout + done.stderr
    assert (
        ElementTree.parse(folder / TEMPLATE["contract"]["artifacts"]["reports"]["junit"]).getroot().tag == "testsuites"
    )
    published, _ = job("pages")
    assert published.returncode == 0, published.stderr
    assert "<title>" in (folder / "public" / "index.html").read_text()
    report = json.loads((folder / "public" / "report.json").read_text())
    assert (report["verdict"], report["seed"]) == ("broken", 7)


def test_a_kept_contract_passes_the_job(job: Callable[..., Any], honest: MockServer) -> None:
    done, _ = job("contract", **asked_of(honest))
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_could_not_be_judged_is_a_warning(job: Callable[..., Any]) -> None:
    nowhere = {"CONTRACT_TARGET": "http://127.0.0.1:1/graphql", "CONTRACT_ORGANIZATION_ID": "1", "PIPEFY_TOKEN": "none"}
    done, _ = job("contract", **nowhere, CONTRACT_OPTIONS="--max-time 5s --only totals")
    assert done.returncode == TEMPLATE["contract"]["allow_failure"]["exit_codes"]
