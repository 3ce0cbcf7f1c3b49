"""Cursors and the pages they lead to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.choices import CursorStyle
from mock_server.refusals import InvalidInput
from mock_server.rulings import Rulings, ruled
from mock_server.usage import paging
from mock_server.usage.cursors import Cursors

STYLES = st.sampled_from(CursorStyle)


def cursors(style: CursorStyle, flows: str = "", seal: bytes = b"") -> Cursors:
    """Return the cursors of a set of flows with names of a letter; beyond its end all have one name."""
    return Cursors(style, len(flows), seal, lambda position: flows[position - 1 : position].encode().ljust(8, b"."))


@given(st.integers(1, 10**15), STYLES)
def test_a_cursor_leads_back_to_its_position(position: int, style: CursorStyle) -> None:
    assert cursors(style).position(cursors(style).at(position)) == position


@given(st.text(), STYLES)
def test_any_text_is_a_position_or_none(text: str, style: CursorStyle) -> None:
    position = cursors(style).position(text)
    assert position is None or cursors(style).at(position) == text.rstrip("=")


@given(st.integers(1, 10**15), st.binary(min_size=1))
def test_a_cursor_with_a_seal_is_none_under_another_or_under_none(position: int, seal: bytes) -> None:
    given = cursors(CursorStyle.BOUND, seal=seal).at(position)
    read = [cursors(CursorStyle.BOUND, seal=under).position(given) for under in (seal, seal + b"!", b"")]
    assert read == [position, None, None]


def test_a_cursor_that_names_its_flow_stands_for_it_in_another_set() -> None:
    given = cursors(CursorStyle.KEYSET, "abcd", b"by name").at(2)
    others = [cursors(CursorStyle.KEYSET, flows, b"by usage").position(given) for flows in ("dcba", "b", "dca", "")]
    assert others == [3, 1, None, None]
    # Its own set knows the place itself, whatever became of the flow.
    assert cursors(CursorStyle.KEYSET, "acd", b"by name").position(given) == 2


def test_a_cursor_is_the_position_from_one_in_base64_without_padding() -> None:
    given = [cursors(CursorStyle.OFFSET).at(position) for position in (1, 2, 5, 10)]
    assert given == ["MQ", "Mg", "NQ", "MTA"]


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_a_page_begins_after_its_cursor_and_never_after_the_end(position: int, length: int) -> None:
    asked = Cursors(CursorStyle.OFFSET, length, b"", lambda _: b"")
    assert paging.start(asked.at(position), Rulings(), asked) == min(position, length)


@pytest.mark.parametrize("after", [None, ""])
def test_no_cursor_is_the_beginning(after: str | None) -> None:
    assert paging.start(after, Rulings(), cursors(CursorStyle.OFFSET, "abcdefg")) == 0


@given(st.integers(1, 2**31 - 1), st.integers(0, 300))
def test_a_size_is_what_is_asked_for_up_to_the_cap(first: int, length: int) -> None:
    assert paging.size(first, length, Rulings()).limit == min(first, 50)


def test_without_a_cap_a_page_holds_everything() -> None:
    rulings = ruled(["page-cap=none", "page-default=cap"])
    assert paging.size(None, 1234, rulings).limit == 1234


def test_a_refused_size_is_named() -> None:
    with pytest.raises(InvalidInput, match="Invalid input: -1"):
        paging.size(-1, 7, ruled(["first-negative=refused"]))
