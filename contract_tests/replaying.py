"""The findings of a report asked again: fixed, still broken, or could not ask."""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from contract_tests import contract
from contract_tests.arguments import WrongUsage, near_misses
from contract_tests.judgements import Judgement
from contract_tests.options import Options, add_options, checked
from contract_tests.profiles import PROFILES
from contract_tests.questions import PERIODS
from contract_tests.recalling import Recorded
from contract_tests.reports.report import BROKEN, INCONCLUSIVE, INTERRUPTED, KEPT, NO_TEST
from contract_tests.reports.wording import asked
from contract_tests.reports.written import no_report, written
from contract_tests.running import run
from contract_tests.verdict import Verdict


class Outcome(StrEnum):
    """What became of a finding."""

    FIXED = "fixed"
    STILL_BROKEN = "still broken"
    COULD_NOT_ASK = "could not ask"


@dataclass(frozen=True, slots=True)
class Written:
    """What of a report is needed to ask again: `target` is None for the embedded mock."""

    path: str
    target: str | None
    organization_id: str | None
    organization_uuid: str | None
    profile: str
    seed: int
    periods: tuple[str, ...]
    findings: dict[str, Recorded]


def command(path: str, clause: str | None, given: argparse.Namespace) -> int:
    """Ask again what a report found, of one clause or of all, and print what became of each.

    Raises:
        WrongUsage: where there is no such report, or no such finding in it.

    """
    found = read(path)
    if clause is not None and clause not in found.findings:
        known = near_misses(clause, found.findings) or f"; it has {', '.join(found.findings) or 'no finding'}"
        raise WrongUsage(f"the report {path} has no finding of {clause!r}{known}")
    names = [clause] if clause is not None else list(found.findings)
    if not names:
        print(f"The report {path} has no finding.")
        return KEPT
    gone = [name for name in names if name not in contract.clauses()]
    options = _options(found, [name for name in names if name not in gone], given)
    whom = options.target or "the embedded mock"
    print(f"Asking {whom} again, {_count(len(names), 'finding')} of {path}", flush=True)
    judgements = {name: Judgement(name, Verdict.INCONCLUSIVE, "the contract has no such clause") for name in gone}
    requests = 0
    interrupted = False
    if options.only:
        report = run(options)
        judgements |= {judgement.clause: judgement for judgement in report.judgements}
        requests, interrupted = report.requests, report.interrupted
    for name in names:
        for line in _lines(judgements[name], found.findings[name]):
            print(line)
    counts = Counter(_outcome(judgements[name]) for name in names)
    print(", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome) + f"; {_count(requests, 'request')}")
    if interrupted:
        return INTERRUPTED
    return BROKEN if counts[Outcome.STILL_BROKEN] else INCONCLUSIVE if counts[Outcome.COULD_NOT_ASK] else KEPT


def read(path: str) -> Written:
    """Read a report.

    Raises:
        WrongUsage: where the file cannot be read or is no report.

    """
    report = written(path)
    try:
        organization = report.get("organization") or {}
        return Written(
            path=path,
            target=None if report.get("embedded") else str(report["target"]),
            organization_id=_text(organization.get("id")),
            organization_uuid=_text(organization.get("uuid")),
            profile=report["profile"] if report["profile"] in PROFILES else "ci",
            seed=int(report["seed"]),
            periods=tuple(period for period in report.get("periods", PERIODS) if period in PERIODS) or PERIODS,
            findings=dict(_findings(report["clauses"])),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        raise no_report(path) from None


def _text(value: object) -> str | None:
    return str(value) if value else None


def _findings(clauses: Iterable[dict[str, Any]]) -> Iterator[tuple[str, Recorded]]:
    for clause in clauses:
        finding = clause["finding"]
        if finding is not None:
            yield str(clause["id"]), Recorded(str(finding.get("test", "")), dict(finding["question"]))


def _options(report: Written, names: list[str], given: argparse.Namespace) -> Options:
    """The options of a run that asks for these findings only, of the report's target unless another one is named."""
    parser = argparse.ArgumentParser()
    add_options(parser.add_argument)
    namespace = parser.parse_args(["--profile", report.profile, "--seed", str(report.seed)])
    vars(namespace).update(vars(given))
    namespace.only, namespace.period = names, report.periods
    namespace.target = given.target or report.target
    if namespace.target and not (given.organization_id or given.organization_uuid):
        namespace.organization_id = report.organization_id
        namespace.organization_uuid = None if report.organization_id else report.organization_uuid
    return replace(checked(namespace), recorded={name: report.findings[name] for name in names})


def _outcome(judgement: Judgement) -> Outcome:
    match judgement.verdict:
        case Verdict.KEPT:
            return Outcome.FIXED
        case Verdict.BROKEN:
            return Outcome.STILL_BROKEN
        case _:
            return Outcome.COULD_NOT_ASK


def _lines(judgement: Judgement, recorded: Recorded) -> Iterator[str]:
    """Say what became of a finding, and on what that rests."""
    outcome = _outcome(judgement)
    yield f"{outcome:<15}{judgement.clause}  {asked(dict(recorded.values))}"
    indent = " " * 15
    if outcome == Outcome.COULD_NOT_ASK:
        gone = judgement.reason == NO_TEST
        yield f"{indent}{'the test that found it is no longer there' if gone else judgement.reason}"
    if judgement.finding is not None:
        for difference in judgement.finding.difference:
            yield f"{indent}{difference}"
        if judgement.finding.correlation_id:
            yield f"{indent}correlation id: {judgement.finding.correlation_id}"
    for note in judgement.notes:
        yield f"{indent}note: {note}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
