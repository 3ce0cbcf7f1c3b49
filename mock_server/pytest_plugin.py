"""The pytest plugin: a fixture that starts mocks. Imports nothing of them until a test asks for one."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_server.mocking import UsageMocks


@pytest.fixture
def usage_mock() -> Iterator[UsageMocks]:
    """Start a mock of the API on a free port: `usage_mock(world="ties", deviations=["page-only-totals"])`."""
    from mock_server.mocking import UsageMocks

    with ExitStack() as stack:
        yield UsageMocks(stack)
