"""What the words of an error are taken for."""

from typing import Any

import pytest

from contract_tests.replies import limit

LIMITED: list[dict[str, Any]] = [
    {"message": "Query has complexity of 60000, which exceeds max complexity of 50000"},
    {"message": "Timeout on Query.integrationsUsageDetails"},
    {"message": "The query timed out", "extensions": {"code": "TIMEOUT"}},
    {"message": "Query cost is too high", "extensions": {"code": "INTERNAL_SERVER_ERROR"}},
]
OTHERWISE: list[dict[str, Any]] = [
    {"message": "Upstream timeout", "extensions": {"code": "INTERNAL"}},
    {"message": "canceling statement due to statement timeout", "extensions": {"code": "INTERNAL_SERVER_ERROR"}},
    {"message": "Permission denied", "extensions": {"code": "PERMISSION_DENIED"}},
]


@pytest.mark.parametrize("error", LIMITED, ids=str)
def test_a_server_that_bounds_what_it_is_asked_is_heard(error: dict[str, Any]) -> None:
    assert limit(error) == error["message"]


@pytest.mark.parametrize("error", OTHERWISE, ids=str)
def test_a_fault_inside_and_a_denial_are_no_limit(error: dict[str, Any]) -> None:
    assert limit(error) is None
