"""The image of the mock, as far as it can be tried without Docker: linted, its parts run as they stand."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from dockerfile_parse import DockerfileParser

from mock_server.serving import bound

DOCKER = Path(__file__).parent / "docker"
PROGRAMS = Path(sys.executable).parent
STEPS = DockerfileParser(fileobj=BytesIO((DOCKER / "Dockerfile").read_bytes())).structure
COMPOSE = yaml.safe_load((DOCKER / "compose.yaml").read_text())


def values(instruction: str) -> list[str]:
    return [step["value"] for step in STEPS if step["instruction"] == instruction]


def test_hadolint_has_nothing_to_say() -> None:
    done = subprocess.run([PROGRAMS / "hadolint", DOCKER / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_every_base_is_pinned_by_its_tag_and_the_same() -> None:
    bases = [value.partition(" ")[0] for value in values("FROM")]
    assert len(set(bases)) == 1
    assert bases[0].partition(":")[2].startswith("3.")


def test_it_runs_as_a_numbered_user_that_is_not_root() -> None:
    instructions = [step["instruction"] for step in STEPS]
    last = len(instructions) - 1 - instructions[::-1].index("FROM")
    (user,) = values("USER")
    assert int(user.partition(":")[0]) > 0
    assert instructions.index("USER", last) < instructions.index("ENTRYPOINT")


def test_the_project_is_installed_and_not_linked() -> None:
    (install,) = values("RUN")
    assert "pip install" in install
    assert not {"-e", "--editable"} & set(install.split())


def test_what_is_copied_is_all_that_the_wheel_needs(root: Path, tmp_path: Path) -> None:
    ignored = [
        line for line in (DOCKER / "Dockerfile.dockerignore").read_text().splitlines() if not line.startswith("#")
    ]
    left_out = [pattern.removeprefix("**/") for pattern in ignored if pattern.startswith("**/")]
    assert ignored[0] == "*"
    for copied in values("COPY")[:-1]:
        *sources, target = copied.split()
        for source in sources:
            assert f"!{source.rstrip('/')}" in ignored
            if (root / source).is_dir():
                shutil.copytree(root / source, tmp_path / target, ignore=shutil.ignore_patterns(*left_out))
            else:
                (tmp_path / target).mkdir(exist_ok=True)
                shutil.copy(root / source, tmp_path / target)
    build: list[str | Path] = [sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path / "dist", tmp_path]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").iterdir()
    names = zipfile.ZipFile(wheel).namelist()
    assert "mock_server/_data/fixtures/worlds/ties.json" in names
    assert [name for name in names if any(fnmatch(part, each) for part in Path(name).parts for each in left_out)] == []


@contextmanager
def entered(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", dict[str, str]]]:
    """Run the image's entry point, with the environment of the image on a port that is free."""
    with bound("127.0.0.1", 0) as free:
        port = str(free.getsockname()[1])
    environment = {**os.environ, "PATH": f"{PROGRAMS}:{os.environ['PATH']}", "PORT": port}
    (entry,) = values("ENTRYPOINT")
    command = [*json.loads(entry), *arguments]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process, environment
        finally:
            process.kill()


def healthy(environment: dict[str, str]) -> bool:
    (check,) = values("HEALTHCHECK")
    command = json.loads(check.partition("CMD ")[2])
    return subprocess.run(command, env=environment, capture_output=True, check=False, timeout=10).returncode == 0


def became_healthy(environment: dict[str, str]) -> bool:
    deadline = time.monotonic() + 30
    while not (found := healthy(environment)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return found


def test_the_entry_point_serves_what_compose_asks_for_and_its_health_shows() -> None:
    with entered("--world", "documented") as (_, environment):
        assert became_healthy(environment)
    assert COMPOSE["services"]["mock"]["command"] == ["--world", "${MOCK_WORLD:-documented}"]


def test_trouble_on_request_is_not_illness() -> None:
    with entered("--rate-limit", "1/60s") as (_, environment):
        assert became_healthy(environment)
        assert healthy(environment)


def test_a_mock_that_is_away_is_ill() -> None:
    with bound("127.0.0.1", 0) as free:
        port = str(free.getsockname()[1])
    assert not healthy({**os.environ, "PORT": port})


def test_the_entry_point_hands_the_signal_on_and_ends_with_0() -> None:
    with entered() as (process, environment):
        assert became_healthy(environment)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def test_compose_takes_from_the_container_what_it_does_not_need() -> None:
    mock: dict[str, Any] = COMPOSE["services"]["mock"]
    assert (mock["read_only"], mock["cap_drop"]) == (True, ["ALL"])
    assert (DOCKER / mock["build"]["context"] / mock["build"]["dockerfile"]).resolve() == DOCKER / "Dockerfile"
    (port,) = mock["ports"]
    assert port.startswith("127.0.0.1:")
