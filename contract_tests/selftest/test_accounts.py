"""A service account's tokens: asked for once, again before they run out and when they are refused; never shown."""

import json
import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import trustme

from contract_tests.access import AUTHORITIES, Access
from contract_tests.accounts import NoToken, ServiceAccount
from contract_tests.budget import Budget
from contract_tests.client import Client, Unanswered
from contract_tests.messages import Request
from contract_tests.options import Setting
from contract_tests.proving import options
from contract_tests.reports.as_json import as_json
from contract_tests.running import run
from contract_tests.selftest.runs import of_verdict
from contract_tests.verdict import Verdict
from mock_server.faults import Between, Faults
from mock_server.generating import generate
from mock_server.serving import MockServer

ASKED = Request("{ __typename }", {})
SECRET = "canary-secret-Wq4ZbT8nLx"


class Service(ThreadingHTTPServer):
    """Gives tokens for a time, and takes only the last of them."""

    def __init__(self, life: float | None = None, uses: int = 1_000) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.life, self.uses = life, uses
        self.given: list[str] = []
        self.left = 0
        self.url = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/oauth/token":
            self.answer(*self.token({name: value[0] for name, value in parse_qs(body.decode()).items()}))
        elif self.headers["Authorization"] != f"Bearer {self.server.given[-1]}" or not self.server.left:
            self.answer(401, {"errors": [{"message": "Unauthorized"}]})
        else:
            self.server.left -= 1
            self.answer(200, {"data": {"__typename": "Query"}})

    def token(self, given: dict[str, str]) -> tuple[int, dict[str, object]]:
        if (given["client_id"], given["client_secret"]) != ("an-account", SECRET):
            return 401, {"error": "invalid_client", "error_description": "Client authentication failed"}
        self.server.given.append(f"canary-token-{len(self.server.given)}")
        self.server.left = self.server.uses
        token: dict[str, object] = {"access_token": self.server.given[-1], "token_type": "Bearer"}
        return 200, token if self.server.life is None else {**token, "expires_in": self.server.life}

    def answer(self, status: int, body: dict[str, object]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(server: Service) -> Iterator[Service]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def client(service: Service, secret: str = SECRET) -> Client:
    account = ServiceAccount(service.url, "an-account", secret)
    return Client(Access(f"{service.url}/graphql", "", "1", account=account), Budget(100, 60))


def test_one_token_serves_many_requests() -> None:
    with serving(Service()) as service:
        asking = client(service)
        assert [asking.send(ASKED).status for _ in range(5)] == [200] * 5
        assert len(service.given) == 1
        asking.close()


def test_a_refused_token_is_followed_by_another_one() -> None:
    with serving(Service(uses=2)) as service:
        asking = client(service)
        assert [asking.send(ASKED).status for _ in range(7)] == [200] * 7
        assert len(service.given) == 4
        asking.close()


def test_a_token_that_runs_out_is_replaced_before_it_is_refused() -> None:
    with serving(Service(life=0.000_001)) as service:
        asking = client(service)
        assert [asking.send(ASKED).status for _ in range(3)] == [200] * 3
        # Each sending looks at the token twice: to use it, and to know which was used.
        assert asking.budget.spent == 3
        asking.close()


def test_a_refused_account_is_one_sentence_without_its_secret() -> None:
    with serving(Service()) as service:
        asking = client(service, secret="canary-wrong-secret")
        with pytest.raises(NoToken, match="refuses the service account") as refused:
            asking.send(ASKED)
        assert "canary" not in str(refused.value)
        asking.close()


def test_a_token_endpoint_that_is_not_there_is_one_sentence() -> None:
    account = ServiceAccount("http://127.0.0.1:9", "an-account", SECRET)
    with pytest.raises(NoToken, match="no token is to be had"):
        _ = account.token


def test_the_secret_and_every_token_are_redacted() -> None:
    with serving(Service(uses=1)) as service:
        asking = client(service)
        for _ in range(3):
            asking.send(ASKED)
        shown = asking._access.redacted(" ".join([SECRET, *service.given]))
        assert "canary" not in shown
        asking.close()


def test_a_run_that_outlives_its_tokens_finishes_and_shows_none_of_them() -> None:
    world = generate()
    # On a fast machine, too, the run takes several lifetimes.
    with MockServer(world, token_lifetime=1, faults=Faults(latency=Between(0.003, 0.005))) as server:
        known = world.service_accounts[0]
        account = ServiceAccount(server.url.removesuffix("/graphql"), known.client_id, known.client_secret)
        own = world.organizations[0]
        access = Access(server.url, "", own.id, member_token=world.callers[2].token, account=account)
        report = run(options("quick", Setting(), access=access))
    assert of_verdict(report, Verdict.BROKEN) + of_verdict(report, Verdict.INCONCLUSIVE) == []
    assert len(account.secrets) > 4
    assert [token for token in account.secrets if token in json.dumps(as_json(report))] == []


@pytest.mark.parametrize(
    ("environment", "target", "said"),
    [
        ({}, "https://api.pipefy.com/graphql", "no token: set PIPEFY_TOKEN in the environment, or PIPEFY_SERVICE"),
        (
            {"PIPEFY_SERVICE_ACCOUNT_CLIENT_ID": "an-account"},
            "https://api.pipefy.com/graphql",
            "half a service account: PIPEFY_SERVICE_ACCOUNT_CLIENT_SECRET is not set",
        ),
        ({"PIPEFY_TOKEN": "a-token"}, "http://api.pipefy.com/graphql", "would send the token over plain http"),
        (
            {
                "PIPEFY_SERVICE_ACCOUNT_CLIENT_ID": "an-account",
                "PIPEFY_SERVICE_ACCOUNT_CLIENT_SECRET": SECRET,
                "PIPEFY_BASE_URL": "http://app.pipefy.com",
            },
            "https://api.pipefy.com/graphql",
            "PIPEFY_BASE_URL would send the token over plain http",
        ),
    ],
    ids=["nothing", "half an account", "plain http", "plain http for tokens"],
)
def test_what_is_wrong_with_the_credentials_is_said_in_a_line(
    environment: dict[str, str], target: str, said: str
) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PIPEFY")}
    done = subprocess.run(
        [sys.executable, "-m", "contract_tests", "run", "--target", target, "--organization-id", "1"],
        env=clean | environment,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr.count("\n")) == (4, 1)
    assert said in done.stderr
    assert SECRET not in done.stderr


def test_https_where_none_is_spoken_is_said_to_be_that() -> None:
    service = Service()
    with serving(service):
        client = Client(Access(f"{service.url.replace('http', 'https', 1)}/graphql", "a-token", "1"), Budget(100, 60))
        with pytest.raises(Unanswered, match=r"no https is spoken at .*; is it http there\?"):
            client.send(ASKED)
        client.close()


@pytest.mark.parametrize("variable", AUTHORITIES)
def test_a_certificate_is_verified_against_the_authorities_of_the_usual_variables(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in AUTHORITIES:
        monkeypatch.delenv(other, raising=False)
    authority, authorities = trustme.CA(), tmp_path / "authorities.pem"
    authority.cert_pem.write_to_path(authorities)
    service = Service()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    service.socket = context.wrap_socket(service.socket, server_side=True)
    service.url = service.url.replace("http", "https", 1)
    with serving(service):
        service.given, service.left = ["a-token"], 10
        access = Access(f"{service.url}/graphql", "a-token", "1")
        strange = Client(access, Budget(100, 60))
        with pytest.raises(Unanswered, match="is not trusted"):
            strange.send(ASKED)
        monkeypatch.setenv(variable, str(authorities))
        known = Client(access, Budget(100, 60))
        assert known.send(ASKED).status == 200
        assert (strange.budget.spent, known.budget.spent) == (1, 1)
        strange.close()
        known.close()
