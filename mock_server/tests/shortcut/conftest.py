"""What is served, and who tells which way the answers took."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mock_server.shortcut import Shortcut
from mock_server.tests.shortcut.talking import WORLD

if TYPE_CHECKING:
    from mock_server.records import World
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


@pytest.fixture(scope="session")
def served() -> World:
    """Return the world of these tests, which has several pages."""
    return WORLD
