"""What tests of several modules need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mock_server.serving import MockServer
from mock_server.tests.browsing import browser
from mock_server.tests.node import clients
from mock_server.tests.posting import WORLD

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["browser", "clients"]


@pytest.fixture(scope="module")
def server() -> Iterator[MockServer]:
    """Serve the documented world, without deviations or faults."""
    with MockServer(WORLD) as running:
        yield running
