"""How a server fails over a question that it should answer or refuse."""

from __future__ import annotations

from mock_server.refusals import Refusal


class Failed(Exception):
    """Raised in place of an answer; a client reads no more of it than this."""

    def __init__(self) -> None:
        super().__init__("Internal server error")


class TimedOut(Refusal):
    """Raised in place of an answer that was given up."""

    code = "INTERNAL"

    def __init__(self) -> None:
        super().__init__("Upstream timeout")
