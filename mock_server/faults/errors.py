"""GraphQL errors in place of an answer, or beside a part of it: the API's messages and codes in its shapes.

https://developers.pipefy.com/reference/status-and-error-handling
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from aiohttp import web

from mock_server.faults.bodies import plain
from mock_server.faults.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp.typedefs import Handler

    from mock_server.faults.fault import Act
    from mock_server.rendering import Json

    Edit = Callable[[Json], Json]

# What may be null by the schema, so that a client that trusts it can read the rest.
_NULLABLE = ("lastRunAt", "icon", "color", "limit")


def _rewriting(edit: Edit) -> Act:
    """Return what edits each answer with data; what is refused for a reason of its own stays so."""

    async def act(request: web.Request, handler: Handler, seconds: float) -> web.StreamResponse:  # noqa: ARG001 - every fault is given the same
        honest = await handler(request)
        if isinstance(honest, web.Response) and honest.content_type.endswith("json"):
            body = plain(honest)
            response = json.loads(body)
            if isinstance(response.get("data"), dict):
                body = json.dumps(edit(response), separators=(",", ":")).encode()
            honest.body = body
        return honest

    return act


def _error(message: str, code: str | None, path: list[str | int] | None = None) -> Json:
    error: Json = {"message": message}
    if path is not None:
        error["path"] = path
    extensions = {"code": code} if code else {}
    return {**error, "extensions": {**extensions, "correlation_id": uuid4().hex}}


def _fields(response: Json) -> list[str]:
    """Return the keys of the query's own fields that were answered; those of introspection are never null."""
    return [key for key, value in response["data"].items() if isinstance(value, dict) and not key.startswith("__")]


def _in_place_of_data(message: str, code: str | None) -> Edit:
    def edit(response: Json) -> Json:
        fields = _fields(response)
        errors = [_error(message, code, [key]) for key in fields] or [_error(message, code)]
        return {"errors": errors, "data": {**response["data"], **dict.fromkeys(fields)} if fields else None}

    return edit


def _no_data(response: Json) -> Json:  # noqa: ARG001 - every fault is given the same
    return {"errors": [_error("Internal server error", None)]}


def _single(response: Json) -> Json:  # noqa: ARG001 - every fault is given the same
    # https://developers.pipefy.com/reference/how-to-handle-errors
    details = {"code": "RESOURCE_NOT_FOUND", "correlation_id": uuid4().hex}
    return {"error": {"message": "Resource not found", "details": details}}


def _partial(response: Json) -> Json:
    data = response["data"]
    path: list[str | int] = _nullable(data, []) or [*_fields(response)[-1:]]
    holder: Any = data
    for step in path[:-1]:
        holder = holder[step]
    if path:
        holder[path[-1]] = None
    return {"errors": [_error("Permission denied", "PERMISSION_DENIED", path or None)], "data": data}


def _beside(response: Json) -> Json:
    fields = _fields(response)
    path: list[str | int] | None = [fields[0]] if fields else None
    return {"errors": [_error("Something went wrong", None, path)], "data": response["data"]}


def _nullable(value: Any, path: list[str | int]) -> list[str | int]:
    """Return the path to the first value that is not null, may be, and stands under its own name, or no step."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        if key in _NULLABLE and inner is not None:
            return [*path, key]
        if found := _nullable(inner, [*path, key]):
            return found
    return []


_CODES = {
    "permission-denied": ("Permission denied", "PERMISSION_DENIED"),
    "not-found": ("Couldn't find Organization with uuid bogus", "RESOURCE_NOT_FOUND"),
    "invalid-role": ("Invalid role", "INVALID_ROLE"),
    "invalid-input": ('Invalid input: "bogus"', "INVALID_INPUT"),
    "usage-limit-exceeded": ("Usage limit exceeded", "USAGE_LIMIT_EXCEEDED"),
    "feature-not-allowed": ("iPaaS is disabled for your organization", "FEATURE_NOT_ALLOWED_BY_ORGANIZATION_PLAN"),
}

FAULTS = (
    *(
        Fault(
            name,
            f"200 with the code {code}, and null in place of each field.",
            _rewriting(_in_place_of_data(said, code)),
        )
        for name, (said, code) in _CODES.items()
    ),
    Fault(
        "query-timeout",
        "200 with the error of a query that takes too long, and null in place of each field.",
        _rewriting(_in_place_of_data("Timeout on Query.integrationsUsageDetails", None)),
    ),
    Fault("internal-error", "200 with an error and no data at all.", _rewriting(_no_data)),
    Fault("single-error", "200 with one `error`, the documentation's other shape.", _rewriting(_single)),
    Fault(
        "partial-data", "The data with an error beside them and null in one place that allows it.", _rewriting(_partial)
    ),
    Fault("error-beside-data", "The data whole, and an error beside them.", _rewriting(_beside)),
)
