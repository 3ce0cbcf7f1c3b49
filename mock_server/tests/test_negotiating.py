"""Which media type and which compression a client gets."""

from __future__ import annotations

import pytest

from mock_server.negotiating import coding, media_type
from mock_server.serving import MockServer
from mock_server.tests.posting import JSON, RESPONSE_JSON, TOKEN, post

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (BROWSER, JSON),
        (JSON, JSON),
        (f"{JSON}; charset=utf-8", JSON),
        (RESPONSE_JSON, RESPONSE_JSON),
        (f"{RESPONSE_JSON}; charset=utf-8", RESPONSE_JSON),
        (RESPONSE_JSON.upper(), RESPONSE_JSON),
        (f"{RESPONSE_JSON}, {JSON}", RESPONSE_JSON),
        (f"{JSON}, {RESPONSE_JSON}", RESPONSE_JSON),
        (f"{RESPONSE_JSON},{JSON};q=0.9", RESPONSE_JSON),
        (f"{RESPONSE_JSON};q=0.5, {JSON}", JSON),
        (f"{RESPONSE_JSON};q=0, */*", JSON),
        (f"{RESPONSE_JSON}, */*;q=0.1", RESPONSE_JSON),
        ("text/html", None),
        (f"{JSON};q=0", None),
        ("*/*;q=0", None),
        (";;;", None),
    ],
)
def test_the_media_type_is_the_one_the_client_likes_best(accept: str, expected: str | None) -> None:
    assert media_type(accept) == expected


@pytest.mark.parametrize(
    ("accept_encoding", "expected"),
    [
        ("", None),
        ("identity", None),
        ("br", None),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("*", "gzip"),
        ("gzip, deflate, br", "gzip"),
        ("deflate", "deflate"),
        ("gzip;q=0.5, deflate", "deflate"),
        ("gzip;q=0, deflate;q=0", None),
        ("gzip;q=0, *", "deflate"),
    ],
)
def test_the_compression_is_the_one_the_client_likes_best(accept_encoding: str, expected: str | None) -> None:
    assert coding(accept_encoding) == expected


@pytest.mark.parametrize("accept", [JSON, RESPONSE_JSON])
def test_the_answer_says_its_media_type_and_what_it_depends_on(server: MockServer, accept: str) -> None:
    response = post(server, headers={**TOKEN, "Accept": accept})
    assert response.headers["Content-Type"] == f"{accept}; charset=utf-8"
    assert response.headers["Vary"] == "Accept, Accept-Encoding"


def test_a_client_that_reads_no_json_is_told_what_there_is(server: MockServer) -> None:
    response = post(server, headers={**TOKEN, "Accept": "text/html"})
    assert response.status_code == 406
    assert RESPONSE_JSON in response.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/graphql", "application/x-www-form-urlencoded", f"{JSON}; charset=utf-16"],
)
def test_another_body_than_json_in_utf_8_is_refused(server: MockServer, content_type: str) -> None:
    response = post(server, headers={**TOKEN, "Content-Type": content_type})
    assert response.status_code == 415
    assert response.json()["errors"][0]["message"].startswith("The body must be")


@pytest.mark.parametrize("accepted", ["gzip", "deflate"])
def test_a_compressed_answer_is_the_same_answer_in_fewer_bytes(server: MockServer, accepted: str) -> None:
    plain = post(server, headers={**TOKEN, "Accept-Encoding": "identity"})
    compressed = post(server, headers={**TOKEN, "Accept-Encoding": accepted})
    assert compressed.headers["Content-Encoding"] == accepted
    assert compressed.content == plain.content
    assert int(compressed.headers["Content-Length"]) < int(plain.headers["Content-Length"]) / 2


def test_a_short_answer_is_not_compressed(server: MockServer) -> None:
    assert "Content-Encoding" not in post(server, {"query": "{ __typename }"}).headers
