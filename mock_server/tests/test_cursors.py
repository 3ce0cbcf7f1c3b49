"""Cursors and the pages they lead to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.choices import CursorStyle
from mock_server.refusals import InvalidInput
from mock_server.rulings import Rulings, ruled
from mock_server.usage import cursors, paging

STYLES = st.sampled_from(CursorStyle)


@given(st.integers(1, 10**15), STYLES)
def test_a_cursor_leads_back_to_its_position(position: int, style: CursorStyle) -> None:
    assert cursors.position(cursors.cursor(position, style), style) == position


@given(st.text(), STYLES)
def test_any_text_is_a_position_or_none(text: str, style: CursorStyle) -> None:
    position = cursors.position(text, style)
    assert position is None or cursors.cursor(position, style) == text.rstrip("=")


@given(st.integers(1, 10**15), st.binary(min_size=1))
def test_a_cursor_with_a_seal_is_none_under_another_or_under_none(position: int, seal: bytes) -> None:
    given = cursors.cursor(position, CursorStyle.BOUND, seal)
    read = [cursors.position(given, CursorStyle.BOUND, under) for under in (seal, seal + b"!", b"")]
    assert read == [position, None, None]


def test_a_cursor_is_the_position_from_one_in_base64_without_padding() -> None:
    given = [cursors.cursor(position, CursorStyle.OFFSET) for position in (1, 2, 5, 10)]
    assert given == ["MQ", "Mg", "NQ", "MTA"]


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_a_page_begins_after_its_cursor_and_never_after_the_end(position: int, length: int) -> None:
    after = cursors.cursor(position, CursorStyle.OFFSET)
    assert paging.start(after, length, Rulings()) == min(position, length)


@pytest.mark.parametrize("after", [None, ""])
def test_no_cursor_is_the_beginning(after: str | None) -> None:
    assert paging.start(after, 7, Rulings()) == 0


@given(st.integers(1, 2**31 - 1), st.integers(0, 300))
def test_a_size_is_what_is_asked_for_up_to_the_cap(first: int, length: int) -> None:
    assert paging.size(first, length, Rulings()).limit == min(first, 50)


def test_without_a_cap_a_page_holds_everything() -> None:
    rulings = ruled(["page-cap=none", "page-default=cap"])
    assert paging.size(None, 1234, rulings).limit == 1234


def test_a_refused_size_is_named() -> None:
    with pytest.raises(InvalidInput, match="Invalid input: -1"):
        paging.size(-1, 7, ruled(["first-negative=refused"]))
