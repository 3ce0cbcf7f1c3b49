"""A server of flows by the dozen, and who tells which way its answers took."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mock_server.serving import MockServer
from mock_server.shortcut import Shortcut
from mock_server.tests.shortcut.talking import WORLD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_server.shortcut.heads import Head


@pytest.fixture(autouse=True)
def taken(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Tell, of each request whose head is known, whether it was answered the short way."""
    found: list[bool] = []
    usual = Shortcut.answer

    def answer(self: Shortcut, head: Head, body: bytes) -> bytes | None:
        answered = usual(self, head, body)
        found.append(answered is not None)
        return answered

    monkeypatch.setattr(Shortcut, "answer", answer)
    return found


@pytest.fixture(scope="module")
def server() -> Iterator[MockServer]:
    """Serve the world of these tests."""
    with MockServer(WORLD) as running:
        yield running


@pytest.fixture
def fresh() -> Iterator[MockServer]:
    """Serve it to one test, which may change what is served."""
    with MockServer(WORLD) as running:
        yield running
