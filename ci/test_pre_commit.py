"""The pre-commit hook, by its own manifest: which files it takes, and what it says of them."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from pre_commit.clientlib import load_manifest

ROOT = Path(__file__).parent.parent
(HOOK,) = load_manifest(ROOT / ".pre-commit-hooks.yaml")


def hook(*files: str) -> "subprocess.CompletedProcess[str]":
    command, *arguments = shlex.split(HOOK["entry"])
    program = Path(sys.executable).parent / command
    return subprocess.run([program, *arguments, *files], capture_output=True, text=True, check=False)


def test_it_takes_worlds_and_no_other_files() -> None:
    names = ["fixtures/worlds/ties.json", "worlds/own.json", "fixtures/world.schema.json", "worlds.json", "worlds/a.py"]
    assert [name for name in names if re.search(HOOK["files"], name)] == names[:2]


def test_it_passes_the_worlds_of_this_project() -> None:
    found = [str(path) for path in ROOT.glob("**/worlds/*.json") if re.search(HOOK["files"], str(path))]
    assert found
    assert hook(*found).returncode == 0


@pytest.mark.parametrize("text", ["{}", "not JSON"])
def test_it_fails_for_a_file_that_holds_no_world(tmp_path: Path, text: str) -> None:
    file = tmp_path / "world.json"
    file.write_text(text)
    done = hook(str(file))
    assert (done.returncode, str(file) in done.stderr) == (1, True)


def test_this_project_uses_it_itself() -> None:
    configured = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    entries = [
        one["entry"] for repository in configured["repos"] for one in repository["hooks"] if one["id"] == "world"
    ]
    assert entries == [f".venv/bin/{HOOK['entry']}"]
