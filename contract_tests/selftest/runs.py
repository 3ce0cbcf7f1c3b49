"""Runs of the suite against a mock of one's choosing, for the tests of the suite."""

from contract_tests.options import Setting
from contract_tests.proving import options
from contract_tests.reports.report import Report
from contract_tests.running import run
from contract_tests.verdict import Verdict


def judged(profile: str = "quick", world: str | None = None, rulings: tuple[str, ...] = ()) -> Report:
    """Judge the honest mock."""
    return run(options(profile, Setting(world=world, rulings=rulings)))


def of_verdict(report: Report, verdict: Verdict) -> list[str]:
    """Return the clauses on which a report says this."""
    return [one.clause for one in report.judgements if one.verdict == verdict]
