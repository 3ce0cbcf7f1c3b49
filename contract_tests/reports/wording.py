"""What every form of the report says in the same words: the whole, a question, the evidence, a long value."""

import shlex
from dataclasses import dataclass
from typing import Any

from contract_tests.judgements import Judgement
from contract_tests.options import Options
from contract_tests.reports.report import Report
from contract_tests.verdict import Evidence, Verdict

MARKS = {Verdict.KEPT: "✓", Verdict.BROKEN: "✗", Verdict.INCONCLUSIVE: "?", Verdict.NOT_EXERCISED: "-"}
WARNING = "!"
WORDS = {
    Verdict.KEPT: "kept",
    Verdict.BROKEN: "broken",
    Verdict.INCONCLUSIVE: "inconclusive",
    Verdict.NOT_EXERCISED: "not exercised",
}


@dataclass(frozen=True, slots=True)
class Badge:
    """A verdict as a mark, a word, and a name for its colour."""

    mark: str
    word: str
    name: str


def badge(report: Report, judgement: Judgement | None) -> Badge:
    """Return the verdict on a clause, or on the whole, as it is shown."""
    verdict = report.verdict if judgement is None else judgement.verdict
    if judgement is not None and verdict == Verdict.BROKEN and not report.binds(judgement):
        return Badge(WARNING, "broken, a warning", "warning")
    return Badge(MARKS[verdict], WORDS[verdict], verdict.value)


def summary(report: Report) -> str:
    """Say in one sentence how the whole went."""
    counts = {verdict: sum(one.verdict == verdict for one in report.judgements) for verdict in Verdict}
    said_counts = ", ".join(
        f"{count} {WORDS[verdict]}{_of_broken(report) if verdict == Verdict.BROKEN else ''}"
        for verdict, count in counts.items()
        if count
    )
    ending = "interrupted: " if report.interrupted else ""
    besides = f"; {report.trouble}" if report.trouble else ""
    if report.changes:
        besides += f"; {len(report.changes)} observed otherwise than in the baseline"
    requests = f"{report.requests} request{'' if report.requests == 1 else 's'} in {report.seconds:.1f} s"
    return f"{ending}{report.verdict.value}: {said_counts}{besides}; {requests}, seed {report.options.seed}"


def _of_broken(report: Report) -> str:
    """Say how many of the broken clauses follow from others, and how many are but warnings."""
    following = sum(one.verdict == Verdict.BROKEN and one.follows_from is not None for one in report.judgements)
    counts = ((following, "following from others"), (len(report.warnings), "only a warning"))
    told = ", ".join(f"{count} {what}" for count, what in counts if count)
    return f" ({told})" if told else ""


def asked(question: dict[str, Any]) -> str:
    """Say a question's arguments, absent ones left out."""
    given = {name: value for name, value in question.items() if value is not None}
    return ", ".join(
        f"{name} {shlex.quote(value) if isinstance(value, str) else value}" for name, value in given.items()
    )


def counted(evidence: Evidence) -> str:
    """Say on how much a verdict rests."""
    counts = (("questions", evidence.questions), ("walks", evidence.walks), ("requests", evidence.requests))
    return ", ".join(f"{count} {name if count > 1 else name[:-1]}" for name, count in counts if count)


def said(value: Any) -> str:
    """Write a JSON value on one line of bearable length."""
    text = str(value)
    return text if len(text) <= 400 else text[:400] + " …"


def replay(options: Options, clause: str) -> str | None:
    """The command that asks a finding's question again, where a report is written that it can be read from."""
    if options.report_json is None:
        return None
    return f"contract-tests replay {shlex.quote(options.report_json)} {clause}"
