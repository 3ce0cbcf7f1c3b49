"""The report where GitHub Actions runs it: annotations on the job, and a summary of the step in Markdown."""

import re
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from contract_tests import contract
from contract_tests.judgements import Finding, Judgement
from contract_tests.reports.report import NO_TEST, Report
from contract_tests.reports.wording import asked, badge, replay, said, summary

# GitHub takes a summary of 1 MiB a step and drops a longer one whole.
LARGEST_SUMMARY = 900_000
# It takes a comment of 65,536 characters.
LARGEST_COMMENT = 60_000
LINES = 6
COLUMNS = ("kept", "broken", "warning", "inconclusive", "not-exercised")


@contextmanager
def shielded(environment: Mapping[str, str]) -> Iterator[None]:
    """Keep what a run prints meanwhile from being taken for commands to the runner: a target's texts are anybody's."""
    if not _runs_here(environment):
        yield
        return
    word = secrets.token_hex(16)
    print(f"::stop-commands::{word}", flush=True)
    try:
        yield
    finally:
        print(f"::{word}::", flush=True)


def publish(report: Report, environment: Mapping[str, str]) -> None:
    """Annotate the job and add to its summary, where GitHub Actions runs this."""
    if not _runs_here(environment):
        return
    for annotation in annotations(report):
        print(annotation, flush=True)
    path = environment.get("GITHUB_STEP_SUMMARY")
    if path:
        try:
            with Path(path).open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(markdown(report))
        except OSError as error:
            print(_command("warning", "contract-tests", f"the summary cannot be written: {error.strerror}"), flush=True)


def annotations(report: Report) -> list[str]:
    """Return a workflow command for each cause: an error for what fails the job, else a warning or a notice."""
    commands = []
    for judgement in report.causes:
        level = "error" if report.binds(judgement) else "warning"
        commands.append(_command(level, f"{judgement.clause} is broken", "\n".join(_told(judgement))))
    for reason, clauses in _by_reason(report.unjudged):
        level = "warning" if report.options.allow_inconclusive else "error"
        commands.append(_command(level, f"{clauses} inconclusive", reason))
    for reason, clauses in _by_reason([one for one in report.unexercised if one.reason != NO_TEST]):
        level = "error" if report.options.require_exercised else "notice"
        commands.append(_command(level, f"{clauses} not exercised", reason))
    if report.interrupted or report.crashes:
        what = "the run was interrupted" if report.interrupted else "an error of the suite, please report it"
        commands.append(_command("error", "contract-tests", "\n".join((what, *report.crashes))))
    return [*commands, _command("notice", f"{contract.DETAILS}: {report.verdict}", summary(report))]


def markdown(report: Report, largest: int = LARGEST_SUMMARY) -> str:
    """Return the report as Markdown in which nothing that a target says is markup.

    What does not fit into so many bytes is left out, and counted.
    """
    parts = [
        f"## {badge(report, None).mark} {contract.DETAILS}: {report.verdict}\n\n{inert(summary(report))}\n",
        f"Judged: {inert(report.target)}\n",
        _families(report),
    ]
    left = list(report.causes)
    size = sum(len(part.encode(errors="backslashreplace")) for part in parts)
    while left:
        part = _finding(report, left[0])
        size += len(part.encode(errors="backslashreplace"))
        if size > largest:
            parts.append(f"… and {len(left)} more, for which there is no room here.\n")
            break
        parts.append(part)
        left.pop(0)
    reasons = [f"- {clauses} inconclusive: {inert(reason)}" for reason, clauses in _by_reason(report.unjudged)]
    return "\n".join([*parts, *reasons, ""])


def inert(text: str) -> str:
    """Return a text on one line in which no letter means anything to Markdown, HTML or GitHub."""
    return re.sub(r"[&<>\\`*_\[\]|~@:#$!]", lambda match: f"&#{ord(match[0])};", " ".join(text.split()))


def fenced(text: str, language: str = "text") -> str:
    """Return a text as a block of code that it cannot end by itself."""
    runs = re.findall(r"`+", text)
    fence = "`" * max(3, *(len(run) + 1 for run in runs), 3)
    return f"{fence}{language}\n{text}\n{fence}\n"


def _runs_here(environment: Mapping[str, str]) -> bool:
    return environment.get("GITHUB_ACTIONS") == "true"


def _command(level: str, title: str, message: str) -> str:
    """A workflow command: what would end a property or the line is written as GitHub reads it back."""
    data = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    name = title.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace(":", "%3A").replace(",", "%2C")
    return f"::{level} title={name}::{data}"


def _told(judgement: Judgement) -> list[str]:
    clause, finding = contract.clauses()[judgement.clause], judgement.finding
    return [clause.sentence, *(_lines(finding) if finding else [judgement.reason])]


def _lines(finding: Finding) -> list[str]:
    """What was asked, what differs, and where the API's own people find it."""
    lines = [f"asked: {asked(finding.question)}"]
    for name, value in (("expected", finding.expected), ("got", finding.got)):
        # Of rows, those that differ say more than all of them.
        if not isinstance(value, list | dict):
            lines.append(f"{name}: {said(value)}")
    lines += [f"difference: {difference}" for difference in finding.difference[:LINES]]
    if len(finding.difference) > LINES:
        lines.append(f"… and {len(finding.difference) - LINES} more")
    return [*lines, f"correlation id: {finding.correlation_id}"] if finding.correlation_id else lines


def _by_reason(judgements: Sequence[Judgement]) -> Iterator[tuple[str, str]]:
    """The reasons, each with the clauses it is the reason for: a target that is away is said once."""
    found: dict[str, list[str]] = {}
    for judgement in judgements:
        if judgement.follows_from is None:
            found.setdefault(judgement.reason, []).append(judgement.clause)
    for reason, clauses in found.items():
        named = ", ".join(clauses[:3]) + (f" and {len(clauses) - 3} more" if len(clauses) > 3 else "")
        yield reason, f"{named} {'is' if len(clauses) == 1 else 'are'}"


def _families(report: Report) -> str:
    """A table of how many clauses of each family came out how."""
    heads = "✓ kept", "✗ broken", "! warning", "? inconclusive", "- not exercised"
    rows = [f"| family | {' | '.join(heads)} |", "|---|" + "--:|" * len(heads)]
    families = contract.clauses()
    for name, group in groupby(report.judgements, lambda one: families[one.clause].family):
        counts = Counter(badge(report, judgement).name for judgement in group)
        rows.append(f"| {name} | " + " | ".join(str(counts[column] or "") for column in COLUMNS) + " |")
    return "\n".join([*rows, ""])


def _finding(report: Report, judgement: Judgement) -> str:
    clause, finding = contract.clauses()[judgement.clause], judgement.finding
    said_badge = badge(report, judgement)
    parts = [
        f"### {said_badge.mark} {clause.id}: {said_badge.word}\n",
        f"{clause.sentence}  \n{clause.strength.value}: {clause.source}\n",
        fenced("\n".join(_lines(finding) if finding else [judgement.reason])),
    ]
    if finding:
        again = replay(report.options, clause.id)
        parts.append(fenced("\n".join([finding.curl, *([again] if again else [])]), "sh"))
    following = report.following(clause.id)
    if following:
        parts.append(f"From this follow: {', '.join(following)}.\n")
    return "\n".join(parts)
