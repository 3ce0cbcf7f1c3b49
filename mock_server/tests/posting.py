"""Requests put to a server over HTTP, as the tests of HTTP put them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import requests

from mock_server import worlds
from mock_server.tests.asking import DETAILS

if TYPE_CHECKING:
    from mock_server.serving import MockServer

WORLD = worlds.load("documented")
TOKEN = {"Authorization": "Bearer super-admin-token"}
VARIABLES = {"organizationUuid": WORLD.organizations[0].uuid, "period": "current_month"}
ASKED: dict[str, Any] = {"query": DETAILS, "variables": VARIABLES}
JSON = "application/json"
RESPONSE_JSON = "application/graphql-response+json"


def post(server: MockServer, body: Any = ASKED, headers: dict[str, str] | None = None) -> requests.Response:
    """Post a body, or a value as JSON; with the headers, and with a good token unless these are given."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = {"Content-Type": JSON, **(TOKEN if headers is None else headers)}
    return requests.post(server.url, data=data, headers=sent, timeout=10)


def get(server: MockServer, headers: dict[str, str] | None = None, **parameters: Any) -> requests.Response:
    """Ask by GET, values other than text as JSON."""
    given = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
    return requests.get(server.url, params=given, headers={**TOKEN, **(headers or {})}, timeout=10)


def administer(server: MockServer, method: str, path: str = "settings", **more: Any) -> requests.Response:
    """Ask for the mock's own settings, or its journal or health."""
    return requests.request(method, server.url.replace("/graphql", f"/_mock/{path}"), timeout=10, **more)
