"""What is asked: the documented operation about one made world, as text for wrk and as bodies."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

from mock_server import shipped

if TYPE_CHECKING:
    from mock_server.records import World

QUERY = shipped.schema_text("operations/integrationsUsageDetails.graphql")
FIRST = 20


def cursor(position: int) -> str:
    """Return the cursor of a position, as the API writes it."""
    return urlsafe_b64encode(str(position).encode()).rstrip(b"=").decode()


def body(world: World, **variables: object) -> bytes:
    """Return a request about the world's own organization."""
    own = {"organizationUuid": world.organizations[0].uuid, "period": "current_month", "first": FIRST}
    return json.dumps({"query": QUERY, "variables": {**own, **variables}}).encode()


def environment(world: World, load: str, seed: int) -> dict[str, str]:
    """Return what the script for wrk reads: some 300,000 different questions, drawn from a seed."""
    uuid = world.organizations[0].uuid
    letters = "abcdefghijklmnoprstuvwy"
    searches = [*letters, *(a + b for a in "aeiorst" for b in "aeilnort")]
    return {
        "LOAD": load,
        "SEED": str(seed),
        "TOKEN": world.callers[0].token,
        "HEAD": f'{{"query":{json.dumps(QUERY)},"variables":{{',
        "TAIL": "}}",
        "FIRST": f'"organizationUuid":"{uuid}","period":"current_month","first":{FIRST}',
        "SEARCHES": ",".join(searches),
        "CURSORS": ",".join(cursor(position) for position in range(1, len(world.organizations[0].flows))),
    }
