"""Client credentials for a token, over HTTP, and what the token is good for."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import jwt
import pytest
import requests

from mock_server import worlds
from mock_server.generating import generate
from mock_server.records import Role, ServiceAccount
from mock_server.refusals import Misconfigured
from mock_server.serving import MockServer
from mock_server.tests.connecting import connected, read_until
from mock_server.tests.posting import ASKED, post
from mock_server.tokens import issued, lifetime

if TYPE_CHECKING:
    from collections.abc import Iterator

OWN = ("301234567",)
ADMIN = ServiceAccount("an id", "a:secret/ß", Role.ADMIN, OWN, 300)
MEMBER = ServiceAccount("member", "secret", Role.NORMAL, OWN)
STRANGER = ServiceAccount("stranger", "secret", Role.SUPER_ADMIN, ("301765432",))
WORLD = replace(worlds.load("documented"), service_accounts=(ADMIN, MEMBER, STRANGER))
GRANT = {"grant_type": "client_credentials"}


def credentials(account: ServiceAccount) -> dict[str, str]:
    return {**GRANT, "client_id": account.client_id, "client_secret": account.client_secret}


@pytest.fixture(scope="module")
def server() -> Iterator[MockServer]:
    with MockServer(WORLD) as running:
        yield running


def asking(server: MockServer, **how: Any) -> requests.Response:
    return requests.post(server.url.replace("/graphql", "/oauth/token"), timeout=10, **how)


def details(server: MockServer, token: str) -> requests.Response:
    return post(server, headers={"Authorization": f"Bearer {token}"})


WAYS: dict[str, dict[str, Any]] = {
    "JSON": {"json": credentials(ADMIN)},
    "a form": {"data": credentials(ADMIN)},
    "HTTP Basic": {"data": GRANT, "auth": ("an+id", "a%3Asecret%2F%C3%9F")},
}


@pytest.mark.parametrize("way", WAYS)
def test_credentials_are_sent_in_any_of_three_ways(server: MockServer, way: str) -> None:
    told = asking(server, **WAYS[way])
    assert told.status_code == 200
    assert (told.json()["token_type"], told.json()["expires_in"]) == ("Bearer", 300)
    assert told.headers["Cache-Control"] == "no-store"
    assert details(server, told.json()["access_token"]).json()["data"]["integrationsUsageDetails"]["totalFlows"] == 7


def test_each_token_is_another_one(server: MockServer) -> None:
    assert len({asking(server, json=credentials(ADMIN)).json()["access_token"] for _ in range(3)}) == 3


@pytest.mark.parametrize("account", [MEMBER, STRANGER], ids=lambda account: account.client_id)
def test_a_token_carries_its_accounts_role_and_organizations(server: MockServer, account: ServiceAccount) -> None:
    told = details(server, asking(server, json=credentials(account)).json()["access_token"]).json()
    assert told["data"] == {"integrationsUsageDetails": None}
    assert told["errors"][0]["extensions"]["code"] == "PERMISSION_DENIED"


WRONG: dict[str, tuple[dict[str, Any], int, str]] = {
    "a wrong secret": ({"json": {**credentials(ADMIN), "client_secret": "x"}}, 401, "invalid_client"),
    "an unknown client": ({"json": {**credentials(ADMIN), "client_id": "x"}}, 401, "invalid_client"),
    "no secret": ({"json": {**GRANT, "client_id": "an id"}}, 401, "invalid_client"),
    "a secret that is no text": ({"json": {**credentials(ADMIN), "client_secret": 7}}, 401, "invalid_client"),
    "a wrong secret by Basic": ({"data": GRANT, "auth": ("an+id", "x")}, 401, "invalid_client"),
    "a header that is not Basic": ({"data": GRANT, "headers": {"Authorization": "Bearer x"}}, 401, "invalid_client"),
    "both ways at once": ({"data": credentials(ADMIN), "auth": ("an+id", "x")}, 400, "invalid_request"),
    "no grant type": ({"json": {}}, 400, "invalid_request"),
    "another grant type": ({"json": {"grant_type": "password"}}, 400, "unsupported_grant_type"),
    "a parameter twice": ({"data": [*GRANT.items(), *GRANT.items()]}, 400, "invalid_request"),
    "no JSON": ({"data": b"{", "headers": {"Content-Type": "application/json"}}, 400, "invalid_request"),
    "text": ({"data": b"x", "headers": {"Content-Type": "text/plain"}}, 400, "invalid_request"),
    "a hundred fields": ({"data": {f"f{n}": "1" for n in range(100)}}, 400, "invalid_request"),
    "no UTF-8": (
        {"data": b"\xff=\xff", "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
        400,
        "invalid_request",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_gets_no_token_is_told_why(server: MockServer, wrong: str) -> None:
    how, status, name = WRONG[wrong]
    told = asking(server, **how)
    assert (told.status_code, told.json()["error"]) == (status, name)
    assert told.json().keys() == {"error", "error_description"}
    assert ("WWW-Authenticate" in told.headers) == (status == 401)


def test_who_tries_basic_is_challenged_to_it(server: MockServer) -> None:
    assert asking(server, data=GRANT, auth=("x", "y")).headers["WWW-Authenticate"].startswith("Basic ")


def test_a_token_is_had_by_post_alone_and_from_a_page_too(server: MockServer) -> None:
    url = server.url.replace("/graphql", "/oauth/token")
    told = requests.get(url, timeout=10)
    assert (told.status_code, told.headers["Allow"]) == (405, "POST, OPTIONS")
    asked = requests.options(url, headers={"Access-Control-Request-Headers": "authorization"}, timeout=10)
    assert (asked.status_code, asked.headers["Access-Control-Allow-Headers"]) == (204, "authorization")


def test_a_token_is_refused_once_its_time_is_over() -> None:
    with MockServer(WORLD, token_lifetime=1) as server:
        told = asking(server, json=credentials(ADMIN)).json()
        assert told["expires_in"] == 1
        assert details(server, told["access_token"]).status_code == 200
        time.sleep(1.05)
        refused = details(server, told["access_token"])
        assert refused.status_code == 401
        assert refused.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'
        assert details(server, asking(server, json=credentials(ADMIN)).json()["access_token"]).status_code == 200


def test_a_token_is_good_in_another_process_of_the_same_world() -> None:
    with MockServer(WORLD) as one, MockServer(WORLD) as other:
        assert details(other, asking(one, json=credentials(ADMIN)).json()["access_token"]).status_code == 200


NOT_ISSUED = {
    "with another secret": issued(replace(ADMIN, client_secret="x"), 60),
    "to nobody known": issued(replace(ADMIN, client_id="x"), 60),
    "by nobody": jwt.encode({"sub": ADMIN.client_id, "exp": 2**40}, "", "none"),
    "in part": issued(ADMIN, 60)[:-2],
    "as three parts of nothing": "a.b.c",
}


@pytest.mark.parametrize("how", NOT_ISSUED)
def test_a_token_that_was_not_issued_is_refused(server: MockServer, how: str) -> None:
    assert details(server, NOT_ISSUED[how]).status_code == 401


def test_a_token_endpoint_fails_where_a_request_asks_for_it(server: MockServer) -> None:
    assert asking(server, json=credentials(ADMIN), headers={"Mock-Status": "503"}).status_code == 503


def test_a_body_that_does_not_come_is_not_waited_for(server: MockServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mock_server.reading.PATIENCE", 0.1)
    head = b"POST /oauth/token HTTP/1.1\r\nHost: mock\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n"
    with connected(server) as connection:
        connection.sendall(head)
        assert b" 408 " in read_until(connection, b"never")


@pytest.mark.parametrize("name", [None, *worlds.names()])
def test_every_world_has_an_account_that_sees_usage(name: str | None) -> None:
    world = worlds.load(name) if name else generate()
    (account,) = world.service_accounts
    with MockServer(world) as server:
        token = asking(server, json=credentials(account)).json()["access_token"]
        body = {**ASKED, "variables": {**ASKED["variables"], "organizationUuid": world.organizations[0].uuid}}
        assert "errors" not in post(server, body, {"Authorization": f"Bearer {token}"}).json()


def test_a_lifetime_is_read() -> None:
    assert (lifetime("2s"), lifetime("3000ms")) == (2, 3)


@pytest.mark.parametrize("text", ["", "0s", "1500ms", "5", "5m"])
def test_a_lifetime_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Misconfigured, match="--token-lifetime"):
        lifetime(text)
