"""What a finding says: how to ask again, and what is a failure of the server at all."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from contract_tests.access import Access, Caller
from contract_tests.budget import Budget, CannotAsk
from contract_tests.client import Client
from contract_tests.memory import Memory
from contract_tests.questions import Question
from contract_tests.selftest.runs import TOKEN, command
from contract_tests.selftest.test_client import send, serving
from contract_tests.target import Target
from mock_server.serving import MockServer
from mock_server.worlds import load


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not here to send what is said")
def test_the_curl_line_asks_as_the_one_who_ought_not_to_be_told(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    with MockServer(load("ties"), deviations=("token-by-its-letters",)) as server:
        organization = server.world.organizations[0]
        arguments = ("--organization-id", organization.id, "--profile", "quick", "--only", "access.token-valid")
        command("run", "--target", server.url, *arguments, "--report-json", str(report))
        curl = json.loads(report.read_text())["clauses"][0]["finding"]["curl"]
        asked = [curl, curl.replace("$PIPEFY_TOKEN", "$PIPEFY_TOKEN-")]
        environment = {**os.environ, "PIPEFY_TOKEN": TOKEN}
        told, refused = (
            subprocess.run(("bash", "-c", line), env=environment, capture_output=True, text=True, check=True).stdout
            for line in asked
        )
    assert f'"Authorization: {Caller.REVERSED}"' in curl
    assert ("totalFlows" in told, "totalFlows" in refused) == (True, False)


def failure(answer: Callable[[BaseHTTPRequestHandler, int], None]) -> str | None:
    with serving(answer) as (url, _), closing(Client(Access(url, "a-token"), Budget(100, 60))) as client:
        target = Target(Memory(client), Access(url, "a-token"), "a-uuid")
        return target.failure(Question(search="<"))


def test_a_page_for_a_question_is_a_failure_where_the_simplest_is_answered() -> None:
    # Three times the page, and then the simplest question.
    said = failure(lambda handler, number: send(handler, 200, b"<html>") if number < 4 else send(handler))
    assert said == "HTTP 200 and no GraphQL response"


@pytest.mark.parametrize("status", [200, 302, 400, 413])
def test_a_page_for_everything_and_a_refusal_in_plain_text_are_no_failures(status: int) -> None:
    with pytest.raises(CannotAsk):
        failure(lambda handler, _: send(handler, status, b"no"))
