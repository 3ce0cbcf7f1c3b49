"""What an error says, in whichever of the documented and the seen forms it came."""

from contract_tests.client import Reply


def message(error: object) -> str:
    """What an error says, in whichever of the known forms it came."""
    if isinstance(error, dict):
        for key in ("message", "detail", "title", "error_description", "error"):
            if isinstance(error.get(key), str):
                return str(error[key])
    return str(error)[:200]


def correlation_id(reply: Reply) -> str | None:
    """The identifier under which the API's own people find a request, where its errors carry one."""
    for error in reply.errors:
        places = (error, error.get("extensions"), error.get("details")) if isinstance(error, dict) else ()
        for place in places:
            if isinstance(place, dict) and isinstance(place.get("correlation_id"), str):
                return str(place["correlation_id"])
    return None
