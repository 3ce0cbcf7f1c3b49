"""A run spread over pytest-xdist's workers: the part of each, and one report of all of them."""

from collections.abc import Sequence
from dataclasses import replace

from contract_tests import contract
from contract_tests.arguments import WrongUsage
from contract_tests.ledger import Ledger
from contract_tests.options import Options
from contract_tests.reports.report import NO_TEST, Report
from contract_tests.verdict import Verdict


def part(options: Options, workers: int, seed: int) -> Options:
    """Return the options of one worker: its part of the requests and of the rate, and the seed of all of them.

    Raises:
        WrongUsage: where several workers cannot keep what one promises.

    """
    if workers > 1 and options.profile_name == "live":
        raise WrongUsage("the live profile asks one request at a time: leave -n out, or name another profile")
    if options.max_requests < workers:
        raise WrongUsage(f"--max-requests {options.max_requests} cannot be shared by {workers} workers")
    return replace(
        options,
        seed=seed,
        max_requests=options.max_requests // workers,
        rate=None if options.rate is None else options.rate / workers,
    )


def together(options: Options, reports: Sequence[Report], lost: Sequence[str]) -> Report:
    """Return the report of the whole run from those of its workers; `lost` names the ones that left none.

    A clause's tests may have run in different workers: the worst verdict holds, as where one process runs them all.
    """
    ledger = Ledger(contract.clauses()[name] for name in options.selected)
    for report in reports:
        for judgement in report.judgements:
            if judgement.reason != NO_TEST:
                judgement.follows_from = None
                ledger.enter(judgement)
    interrupted = any(report.interrupted for report in reports)
    # Whoever has seen most stands for what all have seen of the target.
    first = max(reports, key=lambda report: (bool(report.observations), len(report.censuses)))
    started = min(report.started for report in reports)
    ended = max(report.started.timestamp() + report.seconds for report in reports)
    crashes = [crash for report in reports for crash in report.crashes]
    crashes += [f"the worker {name} of pytest-xdist died, and what it judged is not known" for name in lost]
    return replace(
        first,
        options=options,
        started=started,
        seconds=ended - started.timestamp(),
        requests=sum(report.requests for report in reports),
        judgements=tuple(ledger.settled(Verdict.NOT_EXERCISED, NO_TEST)),
        trouble=next((report.trouble for report in reports if report.trouble), None),
        interrupted=interrupted,
        crashes=tuple(crashes),
        timings=tuple(timing for report in reports for timing in report.timings),
    )
