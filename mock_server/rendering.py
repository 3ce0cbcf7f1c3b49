"""Values of the arithmetic as the plain values that GraphQL serves, under the schema's names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from mock_server.choices import Instants

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mock_server.months import Window
    from mock_server.records import Organization
    from mock_server.usage.answering import Answer
    from mock_server.usage.flows import Flow
    from mock_server.usage.history import Bucket

Json = dict[str, Any]

# São Paulo, where the API comes from, keeps no summer time.
_LOCAL = timezone(timedelta(hours=-3))


def instant(moment: datetime, style: Instants = Instants.SECONDS) -> str:
    """Return an instant in RFC 3339."""
    match style:
        case Instants.SECONDS:
            return _in_utc(moment, "seconds")
        case Instants.FRACTIONS:
            return _in_utc(moment, "milliseconds")
        case Instants.OFFSET:
            return moment.astimezone(_LOCAL).isoformat(timespec="seconds")


def _in_utc(moment: datetime, timespec: str) -> str:
    return moment.astimezone(UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


def organization(found: Organization) -> Json:
    """Return an organization by both of its names."""
    return {"id": found.id, "uuid": found.uuid, "name": found.name}


def flow(row: Flow, style: Instants) -> Json:
    """Return one node."""
    return {
        "name": row.name,
        "project": {"name": row.project.name, "icon": row.project.icon, "color": row.project.color},
        "tasks": row.tasks,
        "runs": row.runs,
        "lastRunAt": None if row.last_run_at is None else instant(row.last_run_at, style),
        "status": row.status,
    }


def details(answer: Answer, style: Instants) -> Json:
    """Return the connection: totals, edges and what the page says about its neighbours."""
    page = answer.page
    nodes = [flow(row, style) for row in page.flows]
    return {
        "totalFlows": answer.totals.flows,
        "totalTasks": answer.totals.tasks,
        "edges": [{"cursor": cursor, "node": node} for cursor, node in zip(page.cursors, nodes, strict=True)],
        "nodes": nodes,
        "pageInfo": {
            "hasNextPage": page.has_next_page,
            "endCursor": page.end_cursor,
            "hasPreviousPage": page.has_previous_page,
            "startCursor": page.start_cursor,
        },
    }


def stats(buckets: Sequence[Bucket], active_flows: int, within: Window, limit: int | None) -> Json:
    """Return the sibling query's figures; its usage is the sum of its own buckets."""
    return {
        "tasksConsumed": {"usage": sum(bucket.usage for bucket in buckets), "limit": limit},
        "activeFlows": active_flows,
        "filterDate": {"from": f"{within.first}T00:00:00Z", "to": f"{within.last}T23:59:59Z"},
        "history": {"nodes": [{"date": bucket.date, "usage": bucket.usage, "limit": limit} for bucket in buckets]},
    }
