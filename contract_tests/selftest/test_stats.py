"""The sibling query's figures as they are read."""

from typing import Any

import pytest

from contract_tests.stats import Bucket, stats
from contract_tests.verdict import Malformed

WINDOW = {"from": "2026-06-01T00:00:00Z", "to": "2026-06-30T23:59:59Z"}


def answer(history: object) -> dict[str, Any]:
    return {
        "tasksConsumed": {"usage": 1280, "limit": None},
        "activeFlows": 7,
        "filterDate": WINDOW,
        "history": history,
    }


def test_a_history_is_read_bucket_by_bucket() -> None:
    read = stats(answer({"nodes": [{"date": "2026-06-01", "usage": 120, "limit": None}]}))
    assert (read.keeps_history, read.history) == (True, (Bucket("2026-06-01", 120),))


def test_a_history_that_is_not_kept_is_not_one_without_buckets() -> None:
    assert stats(answer({"nodes": []})).keeps_history
    assert not stats(answer(None)).keeps_history


@pytest.mark.parametrize("history", ["none", {"nodes": None}, {"nodes": [None]}, {"nodes": [{"date": "2026-06-01"}]}])
def test_a_history_of_another_form_is_said_to_be_so(history: object) -> None:
    with pytest.raises(Malformed, match="history"):
        stats(answer(history))
