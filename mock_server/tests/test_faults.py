import json
import time
import urllib.error
import urllib.request
from collections import Counter

import pytest

from mock_server.faults import Faults, error_rate, latency, rate_limit
from mock_server.generating import generate
from mock_server.refusals import Misconfigured
from mock_server.serving import MockServer


def outcome(server: MockServer) -> str:
    """Say what becomes of one request: its status, or what cut it off."""
    request = urllib.request.Request(
        server.url,
        json.dumps({"query": "{ __typename }"}).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {server.world.callers[0].token}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return str(response.status)
    except urllib.error.HTTPError as error:
        waits = error.headers.get("Retry-After")
        error.close()
        return f"{error.code}, Retry-After {waits}" if waits else str(error.code)
    except OSError:
        return "reset"


def outcomes(faults: Faults, requests: int) -> Counter[str]:
    with MockServer(generate(flows=3), faults=faults) as server:
        return Counter(outcome(server) for _ in range(requests))


def test_without_faults_every_request_is_answered() -> None:
    assert outcomes(Faults(), 5) == {"200": 5}


def test_a_share_of_the_requests_fails_in_several_ways_and_in_the_same_ones_again() -> None:
    first = outcomes(Faults(error_rate=0.5), 60)
    assert 15 < first["200"] < 45
    assert {"reset", "502", "503", "504"} <= set(first)
    assert outcomes(Faults(error_rate=0.5), 60) == first


def test_what_comes_beyond_the_limit_is_told_to_wait() -> None:
    assert outcomes(Faults(rate_limit=(5, 30.0)), 8) == {"200": 5, "429, Retry-After 30": 3}


def test_latency_delays_each_answer() -> None:
    began = time.monotonic()
    assert outcomes(Faults(latency=(0.05, 0.06)), 4) == {"200": 4}
    assert time.monotonic() - began >= 0.2


def test_options_are_read() -> None:
    assert latency("120ms") == (0.12, 0.12)
    assert latency("50..400ms") == (0.05, 0.4)
    assert latency("1s") == (1.0, 1.0)
    assert error_rate("0.02") == 0.02
    assert rate_limit("30/s") == (30, 1.0)
    assert rate_limit("60/10s") == (60, 10.0)


@pytest.mark.parametrize("text", ["", "fast", "120", "-1ms", "400..50ms", "1m"])
def test_a_latency_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Misconfigured, match="--latency"):
        latency(text)


@pytest.mark.parametrize("text", ["", "2", "-0.1", "2%", "nan"])
def test_an_error_rate_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Misconfigured, match="--error-rate"):
        error_rate(text)


@pytest.mark.parametrize("text", ["", "30", "0/s", "30/0s", "30/m", "s/30"])
def test_a_rate_limit_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Misconfigured, match="--rate-limit"):
        rate_limit(text)
