"""All faults by name."""

from __future__ import annotations

from mock_server.faults import bodies, connections, errors, statuses
from mock_server.faults.fault import Fault
from mock_server.refusals import unknown_name

FAULTS: dict[str, Fault] = {
    fault.name: fault for room in (connections, statuses, errors, bodies) for fault in room.FAULTS
}


def known(name: str) -> Fault:
    """Return the fault of that name; raise Misconfigured for one that is not known."""
    if name not in FAULTS:
        raise unknown_name("fault", name, FAULTS)
    return FAULTS[name]
