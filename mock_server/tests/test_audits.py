from pathlib import Path

from mock_server import worlds
from mock_server.serving import MockServer
from mock_server.tests.node import run


def test_every_audit_of_graphql_over_http_passes(clients: Path) -> None:
    world = worlds.load("documented")
    with MockServer(world) as server:
        audits = run(clients, "audits.mjs", server.url, world.callers[0].token)
    assert [audit for audit in audits if audit["status"] != "ok"] == []
    # MUST, SHOULD and MAY alike; a release with fewer of them is looked at before it is taken.
    assert len(audits) >= 61
