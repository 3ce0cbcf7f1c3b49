"""The documentation's sample, value for value, over HTTP."""

from __future__ import annotations

import json

import requests

from mock_server import shipped, worlds
from mock_server.serving import MockServer


def test_the_documented_world_answers_the_documented_response_to_first_one() -> None:
    world = worlds.load("documented")
    with MockServer(world=world) as server:
        response = requests.post(
            server.url,
            json={
                "query": shipped.schema_text("operations/integrationsUsageDetails.graphql"),
                "variables": {"organizationUuid": world.organizations[0].uuid, "period": "current_month", "first": 1},
            },
            headers={"Authorization": f"Bearer {world.callers[0].token}"},
            timeout=10,
        )
    documented = shipped.schema_text("operations/integrationsUsageDetails.response.json")
    assert json.dumps(response.json()) == json.dumps(json.loads(documented))
