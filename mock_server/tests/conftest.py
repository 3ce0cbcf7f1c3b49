"""What tests of several modules need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mock_server import worlds
from mock_server.serving import MockServer
from mock_server.tests.browsing import browser, page
from mock_server.tests.node import clients
from mock_server.tests.posting import WORLD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_server.records import World

__all__ = ["browser", "clients", "page"]


@pytest.fixture(scope="session")
def served() -> World:
    """Return what is served: the documented world, where a folder has none of its own."""
    return WORLD


@pytest.fixture(scope="module")
def server(served: World) -> Iterator[MockServer]:
    """Serve it without deviations or faults."""
    with MockServer(served) as running:
        yield running


@pytest.fixture
def fresh(served: World) -> Iterator[MockServer]:
    """Serve it to one test, which may change what is served."""
    with MockServer(served) as running:
        yield running


@pytest.fixture
def busy() -> Iterator[MockServer]:
    """Serve a world of many flows to one test, which may change what is served."""
    with MockServer(worlds.load("busy")) as running:
        yield running
