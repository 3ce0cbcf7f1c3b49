"""Every pipeline file obeys its published schema, and no shell in one has what ShellCheck warns of."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PROGRAMS = Path(sys.executable).parent
SCHEMAS = {
    "ci/github/action.yml": ["vendor.github-actions"],
    ".github/workflows/contract.yml": ["vendor.github-workflows"],
    "ci/gitlab/contract.gitlab-ci.yml": ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"],
    "ci/docker/compose.yaml": ["vendor.compose-spec"],
}


def scripts() -> Iterator[tuple[str, str]]:
    """Yield every shell script that stands in a pipeline file, with its shell."""
    action = yaml.safe_load((ROOT / "ci/github/action.yml").read_text())
    workflow = yaml.safe_load((ROOT / ".github/workflows/contract.yml").read_text())
    jobs = [step for job in workflow["jobs"].values() for step in job["steps"]]
    for step in (*action["runs"]["steps"], *jobs):
        if "run" in step:
            yield "bash", step["run"]
    for job in yaml.safe_load((ROOT / "ci/gitlab/contract.gitlab-ci.yml").read_text()).values():
        if "script" in job:
            yield "sh", "\n".join(job["script"])


@pytest.mark.parametrize("file", SCHEMAS)
def test_it_obeys_its_schema(file: str) -> None:
    command: list[str | Path] = [PROGRAMS / "check-jsonschema", "--builtin-schema", *SCHEMAS[file], ROOT / file]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_workflow_is_held_against_a_schema() -> None:
    found = [*(ROOT / ".github" / "workflows").iterdir(), *ROOT.glob("ci/*/*.y*ml")]
    assert {str(path.relative_to(ROOT)) for path in found} == set(SCHEMAS)


@pytest.mark.parametrize(("shell", "script"), list(scripts()))
def test_shellcheck_has_nothing_to_say(shell: str, script: str) -> None:
    command: list[str | Path] = [PROGRAMS / "shellcheck", "--shell", shell, "-"]
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_script_takes_a_value_that_it_could_be_ended_by() -> None:
    assert [script for _, script in scripts() if "${{" in script] == []


def test_every_job_of_our_own_may_do_only_what_it_says() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/contract.yml").read_text())
    assert workflow["permissions"] == {"contents": "read"}
    assert all(job["timeout-minutes"] <= 90 for job in workflow["jobs"].values())
