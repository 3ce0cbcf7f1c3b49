"""Trouble on the way to a server, on request: latency, statuses, errors, bodies and connections that break, a limit.

Knows HTTP, and of GraphQL only the form of a response: what a request asks is none of its business.
"""

from mock_server.faults.known import FAULTS, known
from mock_server.faults.latencies import Between, Latency, LogNormal, latency
from mock_server.faults.settings import Faults, error_rate, rate_limit, status
from mock_server.faults.trouble import ASKING, Trouble

__all__ = [
    "ASKING",
    "FAULTS",
    "Between",
    "Faults",
    "Latency",
    "LogNormal",
    "Trouble",
    "error_rate",
    "known",
    "latency",
    "rate_limit",
    "status",
]
