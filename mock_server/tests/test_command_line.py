"""The command line, run as a person runs it."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest
import requests

from mock_server import shipped, worlds
from mock_server.__main__ import main
from mock_server.deviations import DEVIATIONS
from mock_server.faults import FAULTS
from mock_server.rulings import RULINGS
from mock_server.serving import bound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMAND = [sys.executable, "-m", "mock_server"]


@contextmanager
def started(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    process = subprocess.Popen(
        [*COMMAND, "--port", "0", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout
        lines: list[str] = []
        while not (lines and lines[-1].startswith("curl")):
            lines.append(process.stdout.readline().rstrip("\n"))
            assert process.poll() is None
        try:
            yield process, lines
        finally:
            process.send_signal(signal.SIGTERM)


@pytest.mark.skipif(shutil.which("curl") is None, reason="the line is for curl")
def test_the_line_that_is_printed_can_be_pasted() -> None:
    with started("--world", "documented") as (_, lines):
        pasted = subprocess.run(["sh", "-c", lines[-1]], capture_output=True, check=True, timeout=20)
    answer = json.loads(pasted.stdout)["data"]["integrationsUsageDetails"]
    assert (answer["totalFlows"], answer["totalTasks"], len(answer["edges"])) == (7, 1280, 7)


def test_the_start_tells_where_what_and_as_whom_to_ask() -> None:
    with started("--world", "documented") as (_, lines):
        pass
    told = "\n".join(lines)
    world = worlds.load("documented")
    assert re.search(r"^endpoint +http://127\.0\.0\.1:[1-9]\d*/graphql$", told, re.MULTILINE)
    for organization in world.organizations:
        assert f"{organization.id}  {organization.uuid}  {organization.name}" in told
    for token in ("super-admin-token  Super Admin", "admin-token  Admin", "member-token  Member"):
        assert token in told
    assert "expired-token  Super Admin, expired" in told


def test_the_start_tells_what_trouble_there_is_and_whether_flows_run() -> None:
    errors = ("--error", "reset", "--error", "forbidden", "--error-rate", "0.1")
    with started("--flows", "3", "--latency", "1..5ms", *errors, "--rate-limit", "30/s", "--live") as (_, lines):
        pass
    modes = [line.split(maxsplit=1)[1] for line in lines if line.startswith("mode ")]
    assert modes == ["latency 1..5ms", "error reset, forbidden", "error rate 0.1", "rate limit 30/s", "live 3s"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_quietly(number: signal.Signals) -> None:
    with started("--flows", "3") as (process, _):
        process.send_signal(number)
        assert process.wait(timeout=20) == 0
        assert process.stderr
        assert process.stderr.read() == ""


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl asks")
def test_a_request_in_flight_is_answered_before_the_end() -> None:
    with started("--world", "documented", "--latency", "2s") as (process, lines):
        asked = subprocess.Popen(["sh", "-c", lines[-1]], stdout=subprocess.PIPE)
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        answer, _ = asked.communicate(timeout=20)
        assert process.wait(timeout=10) == 0
    assert json.loads(answer)["data"]["integrationsUsageDetails"]["totalFlows"] == 7


WRONG = [
    (["--world", "documentd"], "unknown world 'documentd'; did you mean documented?"),
    (["--world", "/nowhere/none.json"], "/nowhere/none.json: No such file or directory"),
    (["--deviation", "page-only-total"], "unknown deviation 'page-only-total'; did you mean page-only-totals"),
    (["--deviation", "zzz"], "unknown deviation 'zzz'; none of the"),
    (["--ruling", "page-cap"], "a ruling is NAME=CHOICE, not 'page-cap'"),
    (["--ruling", "pagecap=5"], "unknown ruling 'pagecap'; did you mean page-cap"),
    (["--ruling", "page-cap=few"], "unknown choice for page-cap 'few'; there are: 5, 10"),
    (
        ["--ruling", "page-cap=0"],
        "unknown choice for page-cap '0'; did you mean 50 or 10 or 100? (any number from 1 to 9999 will do",
    ),
    (
        ["--ruling", "denied-code=bad code"],
        "unknown choice for denied-code 'bad code'; there are: PERMISSION_DENIED, none (any code of up to 64 letters",
    ),
    (["--now", "tomorrow"], "--now is an instant like 2026-06-30T12:00:00Z, or today, not 'tomorrow'"),
    (["--locale", "pt_BX"], "unknown locale 'pt_BX'; did you mean pt_BR"),
    (["--flows", "-1"], "a world has no -1 flows"),
    (["--world", "ties", "--seed", "3"], "--seed makes a world, and --world names one that is there"),
    (["--latency", "fast"], "--latency is a time like 120ms, two like 50..400ms, or p50=120ms,p99=2s, not 'fast'"),
    (["--status", "200"], "--status is a status from 400 to 599, not '200'"),
    (["--error", "rest"], "unknown fault 'rest'; did you mean reset"),
    (["--error-rate", "2%"], "--error-rate is a share of the requests like 0.02, not '2%'"),
    (["--rate-limit", ""], "--rate-limit is requests in a time, like 30/s or 60/10s, not ''"),
    (["--live", "often"], "--live takes the time between two steps, like 3s or 150ms, not 'often'"),
    (["--watch"], "--watch is for a world of your own: --world FILE"),
    (["--watch", "--world", "ties"], "--watch is for a world of your own: --world FILE"),
    (["--token-lifetime", "5m"], "--token-lifetime is a time of whole seconds like 2s or 300s, not '5m'"),
    (["--host", "203.0.113.7"], "cannot listen on port 4000 of 203.0.113.7"),
]


@pytest.mark.parametrize(("arguments", "line"), WRONG)
def test_bad_input_is_one_line_and_exit_code_2(
    arguments: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith(f"mock-server: {line}")
    assert output.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--port", "70000"], ["--port", "x"], ["--bogus"], ["bogus"], ["--flows", "x"]])
def test_an_option_that_cannot_be_read_is_one_line_and_exit_code_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_port_in_use_is_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    with bound("127.0.0.1", 0) as taken:
        assert main(["--port", str(taken.getsockname()[1])]) == 2
    assert re.fullmatch(r"mock-server: port \d+ of 127.0.0.1 is in use; .*\n", capsys.readouterr().err)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("worlds", worlds.names()),
        ("rulings", tuple(RULINGS)),
        ("deviations", tuple(DEVIATIONS)),
        ("faults", tuple(FAULTS)),
    ],
)
def test_what_there_is_to_choose_is_listed(
    kind: str, names: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([kind]) == 0
    listed = capsys.readouterr().out
    assert all(re.search(rf"^{re.escape(name)}\b", listed, re.MULTILINE) for name in names)


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"mock-server {version('integrations-usage-contract')}\n")


def test_a_list_whose_reader_leaves_is_no_trouble() -> None:
    ended = subprocess.run(
        f"{sys.executable} -m mock_server deviations | head -1", shell=True, capture_output=True, check=True, text=True
    )
    assert (ended.stdout.count("\n"), ended.stderr) == (1, "")


def test_beyond_this_machine_settings_take_a_key_that_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def answered(lines: list[str], **headers: str) -> requests.Response:
        url = lines[0].split()[1].replace("/graphql", "/_mock/settings")
        return requests.get(url, headers={name.replace("_", "-"): value for name, value in headers.items()}, timeout=10)

    everywhere = ("--host", "0.0.0.0", "--world", "documented")
    monkeypatch.delenv("MOCK_ADMIN_KEY", raising=False)
    with started(*everywhere) as (_, lines):
        refused = answered(lines)
    assert refused.status_code == 403
    assert "set MOCK_ADMIN_KEY in its environment" in refused.json()["errors"][0]["message"]
    monkeypatch.setenv("MOCK_ADMIN_KEY", "c4n4ry")
    with started(*everywhere) as (_, lines):
        assert answered(lines).status_code == 403
        admitted = answered(lines, Mock_Admin_Key="c4n4ry")
    assert admitted.status_code == 200
    assert "c4n4ry" not in admitted.text + "".join(lines)


def test_every_world_that_ships_is_found_sound(capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(path) for path in shipped.WORLDS.glob("*.json")]
    assert main(["check", *files]) == 0
    assert [line.partition(": a world")[0] for line in capsys.readouterr().out.splitlines()] == files


def test_each_file_that_holds_no_world_is_one_line_and_exit_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = json.loads((shipped.WORLDS / "documented.json").read_text())
    late = {**written, "now": "2020-01-01T00:00:00Z"}
    texts = {"late": json.dumps(late), "open": json.dumps({**written, "x": 1}), "deep": "[" * 100_000, "text": "world"}
    for name, text in texts.items():
        (tmp_path / f"{name}.json").write_text(text)
    assert main(["check", *(str(tmp_path / f"{name}.json") for name in texts), "/nowhere.json"]) == 1
    said = capsys.readouterr().err.splitlines()
    wrong = [line.partition(": ")[2].removeprefix(f"{tmp_path}/") for line in said]
    assert [re.split("[(:]", line)[0] for line in wrong] == [
        "late.json",
        "open.json",
        "deep.json",
        "text.json",
        "/nowhere.json",
    ]
    assert "is after the world's now" in wrong[0]
    assert "nested too deeply" in wrong[2]


def test_a_check_without_a_file_is_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["check"])
    assert (ended.value.code, capsys.readouterr().err.count("\n")) == (2, 1)
