import gc
import json
import logging
import time
import urllib.error
import urllib.request
from collections import Counter
from random import Random

import pytest

from mock_server.faults import Between, Faults, LogNormal, error_rate, latency, rate_limit, status
from mock_server.generating import generate
from mock_server.refusals import Misconfigured
from mock_server.serving import MockServer


def outcome(server: MockServer, patience: float = 10.0) -> str:
    """Say what becomes of one request: its status, or what cut it off."""
    request = urllib.request.Request(
        server.url,
        json.dumps({"query": "{ __typename }"}).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {server.world.callers[0].token}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=patience) as response:
            return str(response.status)
    except urllib.error.HTTPError as error:
        waits = error.headers.get("Retry-After")
        error.close()
        return f"{error.code}, Retry-After {waits}" if waits else str(error.code)
    except TimeoutError:
        return "no answer"
    except OSError:
        return "reset"


def outcomes(faults: Faults, requests: int) -> Counter[str]:
    with MockServer(generate(flows=3), faults=faults) as server:
        return Counter(outcome(server) for _ in range(requests))


def test_without_faults_every_request_is_answered() -> None:
    assert outcomes(Faults(), 5) == {"200": 5}


def test_a_share_of_the_requests_fails_in_several_ways_and_in_the_same_ones_again() -> None:
    faults = Faults(error_rate=0.5, hang=0.05)
    first = outcomes(faults, 60)
    assert 15 < first["200"] < 45
    assert {"reset", "502", "503", "504"} <= set(first)
    assert outcomes(faults, 60) == first


def test_another_seed_fails_other_requests() -> None:
    def failed(seed: int) -> list[str]:
        with MockServer(generate(flows=3), faults=Faults(error_rate=0.5, errors=("forbidden",), seed=seed)) as server:
            return [outcome(server) for _ in range(20)]

    assert set(failed(1)) == {"200", "403"}
    assert failed(1) == failed(1) != failed(2)


def test_errors_by_name_and_a_status_are_for_every_request_without_a_share() -> None:
    assert outcomes(Faults(errors=("bad-gateway", "forbidden")), 20).keys() == {"502", "403"}
    assert outcomes(Faults(status=503), 5) == {"503": 5}


def test_now_and_then_a_request_hangs_and_is_reset_in_the_end() -> None:
    with MockServer(generate(flows=3), faults=Faults(error_rate=1.0, hang=0.3)) as server:
        times = []
        for _ in range(40):
            began = time.monotonic()
            assert outcome(server) != "200"
            times.append(time.monotonic() - began)
    hung = [seconds for seconds in times if seconds >= 0.3]
    assert 0 < len(hung) < 12
    assert max(hung) < 2


@pytest.mark.parametrize("faults", [Faults(error_rate=1.0, hang=60), Faults(latency=Between(60, 60))])
def test_who_goes_away_before_the_answer_leaves_nothing_to_wait_for(
    faults: Faults, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        with MockServer(generate(flows=3), faults=faults) as server:
            assert "no answer" in [outcome(server, patience=0.1) for _ in range(20 if faults.error_rate else 2)]
            began = time.monotonic()
        ended = time.monotonic()
        gc.collect()
    assert ended - began < 2
    assert caplog.records == []


def test_what_comes_beyond_the_limit_is_told_to_wait() -> None:
    assert outcomes(Faults(rate_limit=(5, 30.0)), 8) == {"200": 5, "429, Retry-After 30": 3}


def test_who_waits_as_long_as_told_is_answered() -> None:
    with MockServer(generate(flows=3), faults=Faults(rate_limit=(2, 1.2))) as server:
        began = time.monotonic()
        assert [outcome(server), outcome(server)] == ["200", "200"]
        time.sleep(max(0.0, 0.4 + began - time.monotonic()))
        # What is left of the 1.2 seconds is told, and not all of it.
        assert outcome(server) == "429, Retry-After 1"
        time.sleep(1)
        assert outcome(server) == "200"


def test_latency_delays_each_answer() -> None:
    began = time.monotonic()
    assert outcomes(Faults(latency=Between(0.05, 0.06)), 4) == {"200": 4}
    assert time.monotonic() - began >= 0.2


def test_options_are_read() -> None:
    assert latency("120ms") == Between(0.12, 0.12)
    assert latency("50..400ms") == Between(0.05, 0.4)
    assert latency("50ms..2s") == Between(0.05, 2.0)
    assert latency("1s") == Between(1.0, 1.0)
    assert latency("p50=120ms,p99=2s") == LogNormal(0.12, 2.0)
    assert status("503") == 503
    assert error_rate("0.02") == 0.02
    assert rate_limit("30/s") == (30, 1.0)
    assert rate_limit("60/10s") == (60, 10.0)


@pytest.mark.parametrize(
    "text", ["", "fast", "120", "-1ms", "400..50ms", "1m", "9999999s", "٣s", "p50=2s,p99=1s", "p50=0s,p99=1s", "p50=1s"]
)
def test_a_latency_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Misconfigured, match="--latency"):
        latency(text)


@pytest.mark.parametrize("text", ["120ms", "0ms", "50ms..400ms", "0.5ms..2s", "p50=120ms,p99=2s"])
def test_a_latency_is_written_as_it_is_read(text: str) -> None:
    assert str(latency(text)) == text


def test_half_of_the_latencies_are_below_the_one_and_nearly_all_below_the_other() -> None:
    random = Random(1)
    drawn = [LogNormal(0.1, 2.0).drawn(random) for _ in range(10_000)]
    assert 0.48 < sum(seconds < 0.1 for seconds in drawn) / len(drawn) < 0.52
    assert 0.985 < sum(seconds < 2.0 for seconds in drawn) / len(drawn) < 0.995


@pytest.mark.parametrize("text", ["", "200", "399", "600", "5xx", "٥٠٣"])
def test_a_status_that_is_no_trouble_is_refused(text: str) -> None:
    with pytest.raises(Misconfigured, match="--status"):
        status(text)


@pytest.mark.parametrize("text", ["", "2", "-0.1", "2%", "nan"])
def test_an_error_rate_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Misconfigured, match="--error-rate"):
        error_rate(text)


@pytest.mark.parametrize("text", ["", "30", "0/s", "30/0s", "30/00s", "30/m", "s/30", "9999999/s"])
def test_a_rate_limit_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Misconfigured, match="--rate-limit"):
        rate_limit(text)
