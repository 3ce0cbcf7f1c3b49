"""What each choice of a ruling on pages and cursors does."""

from __future__ import annotations

from typing import Any

import pytest

from mock_server.tests.asking import asking, outcome


@pytest.mark.parametrize(
    ("settings", "first", "size"),
    [
        ((), 1000, 50),
        ((), None, 50),
        (("page-cap=10",), 1000, 10),
        (("page-cap=10",), None, 10),
        (("page-cap=none",), 1000, 230),
        (("page-cap=33",), 1000, 33),
        (("page-cap=33", "page-default=7"), None, 7),
        (("page-cap=none", "page-default=cap"), None, 230),
        (("page-default=20",), None, 20),
        (("page-cap=100", "page-default=cap"), None, 100),
    ],
)
def test_a_page_is_clamped_to_the_cap_and_has_a_size_of_its_own(
    settings: tuple[str, ...], first: int | None, size: int
) -> None:
    assert len(asking("busy", *settings).details(first=first)["edges"]) == size


@pytest.mark.parametrize("sign", [("first-zero", 0), ("first-negative", -3)])
@pytest.mark.parametrize(
    ("choice", "got"),
    [
        ("no-edges", (0, True, 7)),
        ("nothing", (0, False, 7)),
        ("default-page", (7, False, 7)),
        ("refused", "INVALID_INPUT"),
    ],
)
def test_a_first_below_one_is_answered_by_ruling(sign: tuple[str, int], choice: str, got: object) -> None:
    name, first = sign
    assert outcome(asking("documented", f"{name}={choice}"), first=first) == got


@pytest.mark.parametrize("cursor", ["!!!", "abcd", "MA", "LTE", "MDE", "\ud800", "M Q", "9" * 5000])
@pytest.mark.parametrize(
    ("choice", "got"), [("refused", "INVALID_INPUT"), ("first-page", (2, True, 7)), ("empty", (0, False, 7))]
)
@pytest.mark.parametrize("style", ["offset", "opaque", "bound", "keyset"])
def test_a_cursor_that_was_never_given_is_answered_by_ruling(cursor: str, choice: str, got: object, style: str) -> None:
    asked = asking("documented", f"bad-cursor={choice}", f"cursor-style={style}")
    assert outcome(asked, first=2, after=cursor) == got


def test_a_cursor_stands_for_its_flow_in_other_orders_by_ruling() -> None:
    asked = asking("documented", "cursor-style=keyset")
    first = asked.details(first=2)
    after, flow = first["pageInfo"]["endCursor"], first["edges"][-1]["node"]
    for by in ("name", "status"):
        sort = {"by": by, "order": "asc"}
        whole = asked.walk(sort=sort)
        assert asked.walk(sort=sort, after=after) == whole[whole.index(flow) + 1 :]
    others = next(status for status in ("ENABLED", "DISABLED") if status != flow["status"])
    assert outcome(asked, after=after, status=others) == "INVALID_INPUT"


@pytest.mark.parametrize("other", [{"status": "ENABLED"}, {"search": "sync"}, {"sort": {"by": "name", "order": "asc"}}])
def test_a_cursor_is_bound_to_filters_and_sort_by_ruling(other: dict[str, Any]) -> None:
    asked = asking("documented", "cursor-style=bound")
    after = asked.details(first=2)["pageInfo"]["endCursor"]
    assert outcome(asked, first=2, after=after) == (2, True, 7)
    assert outcome(asked, first=2, after=after, sort={"by": "usage", "order": "desc"}) == (2, True, 7)
    assert outcome(asked, first=2, after=after, **other) == "INVALID_INPUT"


@pytest.mark.parametrize("after", ["Mg==", "Mg"])
def test_the_padding_of_a_cursor_does_not_matter(after: str) -> None:
    assert outcome(asking("documented"), first=3, after=after) == (3, True, 7)


def test_cursors_tell_nothing_by_ruling() -> None:
    assert asking("documented").details(first=1)["pageInfo"]["endCursor"] == "MQ"
    assert len(asking("documented", "cursor-style=opaque").details(first=1)["pageInfo"]["endCursor"]) > 8
