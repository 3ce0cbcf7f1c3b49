import pytest

from contract_tests.instants import is_instant


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-16T17:49:02Z",
        "2026-06-16T17:49:02.123456789Z",
        "2026-06-16T14:49:02-03:00",
        "2026-06-16t17:49:02z",
        "2026-06-16T17:49Z",
        "20260616T174902Z",
        "2026-06-16T17:49:02+0000",
        "2016-12-31T23:59:60Z",
        "2024-02-29T00:00:00Z",
    ],
)
def test_this_is_an_instant(text: str) -> None:
    assert is_instant(text)


@pytest.mark.parametrize(
    "value",
    [
        "2026-06-16T17:49:02",
        "2026-06-16",
        "2026-06-16 17:49:02 UTC",
        "16/06/2026 17:49",
        "2026-02-30T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-06-16T25:00:00Z",
        "Tue, 16 Jun 2026 17:49:02 GMT",
        "",
        1781632142,
        ["2026-06-16T17:49:02Z"],
    ],
)
def test_this_is_none(value: object) -> None:
    assert not is_instant(value)
