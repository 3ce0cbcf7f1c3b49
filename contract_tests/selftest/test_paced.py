"""A run at a pace: what only requests in flight together show is shown all the same, or said not to be judged."""

from dataclasses import replace

import pytest

from contract_tests.judgements import Judgement
from contract_tests.options import Setting
from contract_tests.proving import options
from contract_tests.questions import LAST_MONTH
from contract_tests.running import run
from contract_tests.verdict import Verdict

# Whole runs: what they reach, a test of its own looks at, and tracing would double their time.
pytestmark = pytest.mark.no_cover


def concurrent(rate: float, *deviations: str) -> Judgement:
    live = options("live", Setting(deviations=deviations), ("consistency.concurrent",))
    (judgement,) = run(replace(live, rate=rate, periods=(LAST_MONTH,))).judgements
    return judgement


@pytest.mark.parametrize("deviation", ["request-of-another", "totals-of-another"])
def test_answers_that_are_swapped_are_found_at_five_requests_a_second(deviation: str) -> None:
    assert concurrent(5, deviation).verdict == Verdict.BROKEN


def test_a_rate_of_less_than_two_a_second_leaves_requests_in_flight_together_unjudged() -> None:
    judgement = concurrent(1.9)
    assert judgement.verdict == Verdict.INCONCLUSIVE
    assert "the rate lets no two requests be in flight at once" in str(judgement.reason)
