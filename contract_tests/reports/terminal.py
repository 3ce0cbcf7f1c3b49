"""The contract on the terminal, a verdict on each line as it falls, then each finding."""

import os
import shlex
import sys
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.rule import Rule
from rich.status import Status
from rich.text import Text

from contract_tests import contract
from contract_tests.options import Options
from contract_tests.reports.report import NO_TEST, Report, binds
from contract_tests.session import Session
from contract_tests.verdict import Evidence, Judgement, Verdict

MARKS = {
    Verdict.KEPT: ("✓", "green"),
    Verdict.BROKEN: ("✗", "bold red"),
    Verdict.INCONCLUSIVE: ("?", "yellow"),
    Verdict.NOT_EXERCISED: ("-", "dim"),
}
WARNING = ("!", "bold yellow")
WIDTH = max(map(len, contract.clauses()))


class _Lines(Console):
    """Goes quiet where nobody reads any more, as behind `head`: the run and its reports go on."""

    def on_broken_pipe(self) -> None:
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Terminal:
    """Listens to a run. On a terminal a line at the bottom says what is being asked; elsewhere there are lines only."""

    def __init__(self, options: Options, console: Console | None = None) -> None:
        self._console = console or _Lines(highlight=False, soft_wrap=True)
        self._options = options
        self._printed: set[str] = set()
        self._status: Status | None = None
        self._family = ""
        self._trouble: str | None = None
        self._console.print(
            f"Judging {escape(options.target or 'the embedded mock')} "
            f"with profile {options.profile_name}, seed {options.seed}"
        )

    def opened(self, session: Session) -> None:
        """Say what the target has, or why it cannot be judged."""
        self._trouble = session.trouble
        if session.trouble or session.words is None:
            self._console.print(f"[yellow]The target cannot be judged:[/] {escape(session.trouble or 'no answer')}")
            return
        taken = [f"{len(census.flows)} flows in {census.period}" for census in session.words.censuses]
        self._console.print(f"It has {', '.join(taken) or 'no census that two walks agree on'}.")
        if self._console.is_terminal:
            self._status = self._console.status("")
            self._status.start()

    def judging(self, session: Session, clause: str) -> None:
        """Show what is being judged."""
        if self._status:
            self._status.update(f"{clause} [dim]({session.requests} requests)[/]")

    def judged(self, session: Session, judgement: Judgement) -> None:
        """Print the clause's line, after those that have no test."""
        del session
        for name in self._options.selected[: self._options.selected.index(judgement.clause)]:
            self._line(Judgement(name, Verdict.NOT_EXERCISED, NO_TEST))
        self._line(judgement)

    def close(self) -> None:
        """Take the moving line away."""
        if self._status:
            self._status.stop()

    def conclude(self, report: Report) -> None:
        """Print what is left of the contract, each finding, and the verdict on the whole."""
        self.close()
        for judgement in report.judgements:
            self._line(judgement)
        for judgement in report.judgements:
            if judgement.verdict == Verdict.BROKEN and judgement.follows_from is None:
                self._finding(report, judgement)
        if report.changes:
            self._console.print("\nObserved otherwise than in the baseline:", style="bold")
        for change in report.changes:
            self._console.print(f"  {change}", markup=False)
        for crash in report.crashes:
            self._console.print(f"\nAn error of the suite, please report it:\n{crash}", markup=False, style="red")
        self._console.print()
        self._console.print(summary(report), style="bold")

    def _line(self, judgement: Judgement) -> None:
        if judgement.clause in self._printed:
            return
        self._printed.add(judgement.clause)
        clause = contract.clauses()[judgement.clause]
        if clause.family != self._family:
            self._family = clause.family
            self._console.print(f"\n[bold]{clause.family}[/]")
        mark, style = MARKS[judgement.verdict]
        if judgement.verdict == Verdict.BROKEN and not binds(judgement.clause, strict=self._options.strict):
            mark, style = WARNING
        line = Text.assemble((f"{mark} {clause.id:<{WIDTH}}  ", style), clause.sentence)
        evidence = counted(judgement.evidence)
        if judgement.verdict in (Verdict.INCONCLUSIVE, Verdict.NOT_EXERCISED):
            # What stands in every clause's way has been said once, above.
            reason = "" if judgement.reason == self._trouble else f": {judgement.reason}"
            line.append(f"  {judgement.verdict}{reason}", style)
        elif evidence:
            line.append(f"  {evidence}", "dim")
        for note in judgement.notes:
            line.append(f"\n    note: {note}", "yellow")
        self._console.print(line)

    def _finding(self, report: Report, judgement: Judgement) -> None:
        clause, finding = contract.clauses()[judgement.clause], judgement.finding
        self._console.print()
        warning = "" if report.binds(judgement) else ", which is a warning: no documentation promises it"
        self._console.print(Rule(f"{clause.id} is broken{warning}", style="red", align="left"))
        self._console.print(f"{clause.sentence}\n[dim]{clause.strength.value}: {clause.source}[/]", markup=True)
        if finding is None:
            self._console.print(judgement.reason, markup=False)
            return
        rows = [("asked", asked(finding.question)), ("expected", finding.expected), ("got", finding.got)]
        for name, value in rows:
            self._console.print(f"{name + ':':<12}{value if isinstance(value, str) else said(value)}", markup=False)
        for place, line in enumerate(finding.difference):
            self._console.print(f"{'difference:' if place == 0 else '':<12}{line}", markup=False)
        if finding.correlation_id:
            self._console.print(f"correlation id: {finding.correlation_id}", markup=False)
        self._console.print(f"ask again:  {finding.curl}", markup=False)
        following = [one.clause for one in report.judgements if one.follows_from == clause.id]
        if following:
            self._console.print(f"From this follow: {', '.join(following)}", markup=False)


def summary(report: Report) -> str:
    """Say in one sentence how the whole went."""
    counts = {verdict: sum(one.verdict == verdict for one in report.judgements) for verdict in Verdict}
    said_counts = ", ".join(f"{count} {verdict.value}" for verdict, count in counts.items() if count)
    ending = "interrupted: " if report.interrupted else ""
    following = sum(one.verdict == Verdict.BROKEN and one.follows_from is not None for one in report.judgements)
    warned = f", of the broken {following} follow from others" if following else ""
    warned += f", {len(report.warnings)} only warn" if report.warnings else ""
    warned += f"; {report.trouble}" if report.trouble else ""
    return (
        f"{ending}{report.verdict.value}: {said_counts}{warned}; {report.requests} requests in {report.seconds:.1f} s, "
        f"seed {report.options.seed}"
    )


def asked(question: dict[str, Any]) -> str:
    """Say a question's arguments, absent ones left out."""
    given = {name: value for name, value in question.items() if value is not None}
    return ", ".join(
        f"{name} {shlex.quote(value) if isinstance(value, str) else value}" for name, value in given.items()
    )


def counted(evidence: Evidence) -> str:
    """Say on how much a verdict rests."""
    counts = (("questions", evidence.questions), ("walks", evidence.walks), ("requests", evidence.requests))
    return ", ".join(f"{count} {name}" for name, count in counts if count)


def said(value: Any) -> str:
    """Write a JSON value on one line of bearable length."""
    text = str(value)
    return text if len(text) <= 400 else text[:400] + " …"
