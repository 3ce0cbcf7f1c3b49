"""Who is let at the settings and the journal."""

from __future__ import annotations

import pytest

from mock_server.serving import MockServer
from mock_server.tests.posting import WORLD, administer


def test_health_is_told_to_anybody(fresh: MockServer) -> None:
    answer = administer(fresh, "GET", "health", headers={"Host": "mock.example.com", "Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("headers", "sentence"),
    [
        ({"Host": "attacker.example"}, "Ask under localhost or 127.0.0.1, not under attacker.example"),
        ({"Host": "localhost.attacker.example"}, "Ask under localhost"),
        ({"Origin": "https://attacker.example"}, "another origin"),
        ({"Origin": "null"}, "another origin"),
        ({"Sec-Fetch-Site": "cross-site"}, "another origin"),
    ],
)
def test_a_page_from_elsewhere_is_not_admitted(fresh: MockServer, headers: dict[str, str], sentence: str) -> None:
    for method, path in (("GET", "settings"), ("PATCH", "settings"), ("DELETE", "journal"), ("GET", "journal/1")):
        answer = administer(fresh, method, path, headers=headers)
        assert answer.status_code == 403
        assert sentence in answer.json()["errors"][0]["message"]


def test_a_page_of_this_server_is_admitted(fresh: MockServer) -> None:
    origin = fresh.url.removesuffix("/graphql")
    assert administer(fresh, "DELETE", headers={"Origin": origin, "Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_with_a_key_it_is_the_key_that_admits() -> None:
    with MockServer(WORLD, admin_key="s3cret-ké") as server:
        for headers in ({}, {"Mock-Admin-Key": "wrong"}, {"Mock-Admin-Key": ""}):
            refused = administer(server, "GET", headers=headers)
            assert refused.status_code == 403
            assert "Mock-Admin-Key" in refused.text
            assert "s3cret" not in refused.text
        key = {"Mock-Admin-Key": "s3cret-ké".encode(), "Host": "mock.example.com", "Origin": "https://a.example"}
        admitted = administer(server, "GET", headers=key)
        assert admitted.status_code == 200
        assert "s3cret" not in admitted.text
