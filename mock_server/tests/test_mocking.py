"""The fixture `usage_mock`, as the tests of an application use it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import requests

from mock_server import worlds
from mock_server.asked import asked
from mock_server.faults import Faults
from mock_server.refusals import Misconfigured
from mock_server.serving import MockServer
from mock_server.tests.asking import DETAILS, STATS

if TYPE_CHECKING:
    from pathlib import Path

    from mock_server.mocking import UsageMock, UsageMocks

pytest_plugins = ["pytester"]
FIELD = "integrationsUsageDetails"


def ask(mock: UsageMock, query: str = DETAILS, **variables: Any) -> requests.Response:
    given = {"organizationUuid": mock.organization.uuid, "period": "current_month", **variables}
    return requests.post(mock.url, json={"query": query, "variables": given}, headers=mock.headers, timeout=10)


def test_a_mock_serves_the_world_and_the_deviations_it_is_given(usage_mock: UsageMocks) -> None:
    honest, wrong = usage_mock(world="documented"), usage_mock("documented", deviations=["page-only-totals"])
    totals = [ask(mock, first=2).json()["data"][FIELD]["totalFlows"] for mock in (honest, wrong)]
    assert totals == [7, 2]


def test_a_mock_serves_a_file_under_rulings(usage_mock: UsageMocks, tmp_path: Path) -> None:
    from mock_server.writing import written

    file = tmp_path / "own.json"
    file.write_text(written(worlds.load("busy")), encoding="utf-8")
    mock = usage_mock(file, rulings=["page-cap=10"])
    assert len(ask(mock, first=50).json()["data"][FIELD]["edges"]) == 10


def test_a_mock_reads_texts_as_the_command_line_does(usage_mock: UsageMocks) -> None:
    mock = usage_mock("ties", rulings={"page-cap": "5"}, deviations="tasks-as-text", now="2025-03-09", live="50ms")
    page = ask(mock, first=50).json()["data"][FIELD]
    assert (len(page["edges"]), type(page["edges"][0]["node"]["tasks"])) == (5, str)
    assert mock.world.now.year == 2025


@pytest.mark.parametrize("faults", [["forbidden"], "forbidden", Faults(status=403)])
def test_a_mock_fails_as_it_is_told(usage_mock: UsageMocks, faults: Any) -> None:
    assert ask(usage_mock("one-flow", faults=faults)).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"world": "tie"},
        {"rulings": ["x"]},
        {"rulings": {"page-cap": "x"}},
        {"deviations": ["x"]},
        {"faults": ["x"]},
        {"now": "soon"},
        {"live": "fast"},
        {"token_lifetime": "long"},
        {"deviation": ["page-only-totals"]},
    ],
    ids=str,
)
def test_what_there_is_not_is_refused_in_words(usage_mock: UsageMocks, wrong: dict[str, Any]) -> None:
    with pytest.raises(Misconfigured):
        usage_mock(**wrong)


def test_a_mock_says_what_was_asked_and_what_came_of_it(usage_mock: UsageMocks) -> None:
    mock = usage_mock("one-flow")
    ask(mock, status="ENABLED")
    with pytest.raises(requests.ConnectionError):
        requests.get(mock.url, params={"query": "{ __typename }"}, headers={"Mock-Error": "reset"}, timeout=10)
    mock.assert_asked("__typename")
    assert [(found.operation, found.fields, found.status) for found in mock.requests] == [
        (FIELD, (FIELD,), 200),
        (None, ("__typename",), None),
    ]
    assert dict(mock.requests[0].variables or {})["status"] == "ENABLED"


def test_what_was_asked_is_asserted(usage_mock: UsageMocks) -> None:
    mock = usage_mock("one-flow")
    mock.assert_asked(times=0)
    ask(mock, first=5)
    ask(mock, STATS)
    mock.assert_asked(FIELD)
    mock.assert_asked(operation="integrationsUsageStats", times=1)
    mock.assert_asked(variables={"period": "current_month"}, times=2)
    mock.assert_asked(FIELD, variables={"first": 5}, times=1)


def test_what_was_not_asked_is_told_beside_what_was(usage_mock: UsageMocks) -> None:
    mock = usage_mock("one-flow")
    ask(mock, first=5)
    with pytest.raises(AssertionError, match=rf'asked 0 times, not once or more.*\n  {FIELD} \({FIELD}\).*"first": 5'):
        mock.assert_asked(FIELD, variables={"first": 6})
    with pytest.raises(AssertionError, match="asked 1 times, not 0"):
        mock.assert_asked(FIELD, times=0)


@pytest.mark.parametrize(
    ("target", "body"), [("/graphql", b"{"), ("/graphql", b"[]"), ("/graphql", b"[" * 10**5), ("/graphql?query={", b"")]
)
def test_what_is_no_request_is_noted_as_one_about_nothing(target: str, body: bytes) -> None:
    assert asked(target, body, 400).fields == ()


def test_a_role_has_a_token_and_one_that_is_none_has_none(usage_mock: UsageMocks) -> None:
    mock = usage_mock("one-flow")
    assert (mock.token, mock.token_of("normal")) == ("super-admin-token", "member-token")
    with pytest.raises(LookupError, match="no token of the role company_guest"):
        mock.token_of("company_guest")


def test_a_project_that_installs_this_has_the_fixture(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import urllib.request

        def test_an_application(usage_mock):
            mock = usage_mock(world="ties")
            asked = urllib.request.Request(mock.url, b'{"query": "{ __typename }"}', mock.headers)
            asked.add_header("Content-Type", "application/json")
            assert urllib.request.urlopen(asked).status == 200
            mock.assert_asked("__typename", times=1)

        def test_one_that_fails(usage_mock):
            usage_mock().assert_asked("integrationsUsageDetails")
        """
    )
    told = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    told.assert_outcomes(passed=1, failed=1)
    told.stdout.fnmatch_lines(["E*AssertionError: asked 0 times, not once or more; asked was: nothing"])


def test_the_plugin_costs_nothing_until_a_mock_is_asked_for() -> None:
    code = "import sys, mock_server.pytest_plugin; print({'aiohttp', 'graphql', 'faker'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert told.stdout == "set()\n"


def test_a_server_is_an_async_context_manager_too() -> None:
    async def status() -> int:
        async with MockServer(worlds.load("one-flow")) as server:
            # Who asks may block: the server has a loop of its own.
            return requests.post(server.url, json={}, timeout=10).status_code

    assert asyncio.run(status()) == 401
