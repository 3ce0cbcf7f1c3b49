"""Runs of the suite against a mock of one's choosing, for the tests of the suite."""

import os
import subprocess
import sys

from contract_tests.options import Setting
from contract_tests.proving import options
from contract_tests.reports.report import Report
from contract_tests.running import run
from contract_tests.verdict import Verdict

TOKEN = "super-admin-token"  # noqa: S105  # the mock's own, which opens nothing


def command(
    *arguments: str, token: str | None = TOKEN, member_token: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line with tokens of its own, and with none of the environment's."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PIPEFY", "GITHUB"))}
    if token:
        environment["PIPEFY_TOKEN"] = token
    if member_token:
        environment["CONTRACT_MEMBER_TOKEN"] = member_token
    return subprocess.run(  # noqa: S603  # the project's own command
        [sys.executable, "-m", "contract_tests", *arguments],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


def judged(profile: str = "quick", world: str | None = None, rulings: tuple[str, ...] = ()) -> Report:
    """Judge the honest mock."""
    return run(options(profile, Setting(world=world, rulings=rulings)))


def of_verdict(report: Report, verdict: Verdict) -> list[str]:
    """Return the clauses on which a report says this."""
    return [one.clause for one in report.judgements if one.verdict == verdict]
