"""What the words of an error are taken for."""

from typing import Any

import pytest

from contract_tests.messages import Reply
from contract_tests.replies import failure, limit

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


@pytest.mark.parametrize(
    "said",
    [
        "Internal server error",
        "Unexpected error.",
        "integer division or modulo by zero",
        "divided by 0",
        "ZeroDivisionError: division by zero",
        "comparison of Project with Project failed",
        "undefined method `name' for nil:NilClass",
        "'NoneType' object is not subscriptable",
        "Cannot read properties of undefined (reading 'name')",
        "flows.sort is not a function",
        "Invalid array length",
        "PG::InvalidRowCountInLimitClause: ERROR:  LIMIT must not be negative",
        "(psycopg2.errors.DataError) A string literal cannot contain NUL (0x00) characters.",
        "'latin-1' codec can't encode characters in position 0-3: ordinal not in range(256)",
        "runtime error: index out of range [-1]",
        "Incorrect string value: '\\xF0\\x9F\\xA6\\x84' for column 'name' at row 1",
        "'order'",
    ],
)
def test_what_only_a_crash_says_is_a_failure_of_the_server(said: str) -> None:
    assert failure(Reply(200, {"data": None, "errors": [{"message": said}]})) == said


@pytest.mark.parametrize(
    "said",
    [
        'Invalid input: "bm9uc2Vuc2U"',
        "first must be greater than 0",
        "`first` may not be negative",
        "invalid literal for int() with base 10: '!!'",
        "Invalid cursor: division by zero",
        "Incorrect padding",
        "Search must not contain null bytes",
        "status is not included in the list",
        'Variable "$first" of type "Int" is not defined',
        "Cannot query field 'nodes' on type 'FlowConnection'",
        "Couldn't find Organization with 'id'=999",
        "'first' must be positive",
        "undefined",
    ],
)
def test_a_refusal_is_no_failure_of_the_server(said: str) -> None:
    errors = [{"message": said, "extensions": {"code": "INTERNAL_SERVER_ERROR"}}]
    assert failure(Reply(200, {"data": None, "errors": errors})) is None
