"""The contract on the terminal, a verdict on each line as it falls, then each finding."""

import os
import sys

from rich.console import Console
from rich.markup import escape
from rich.rule import Rule
from rich.status import Status
from rich.text import Text

from contract_tests import contract
from contract_tests.judgements import Judgement
from contract_tests.options import Options
from contract_tests.reports.report import NO_TEST, Report, binds
from contract_tests.reports.wording import MARKS, WARNING, asked, counted, replay, said, summary
from contract_tests.session import Session
from contract_tests.verdict import Verdict

STYLES = {
    Verdict.KEPT: "green",
    Verdict.BROKEN: "bold red",
    Verdict.INCONCLUSIVE: "yellow",
    Verdict.NOT_EXERCISED: "dim",
}
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
        for judgement in report.causes:
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
        mark, style = MARKS[judgement.verdict], STYLES[judgement.verdict]
        if judgement.verdict == Verdict.BROKEN and not binds(judgement.clause, strict=self._options.strict):
            mark, style = WARNING, "bold yellow"
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
        if again := replay(report.options, clause.id):
            self._console.print(f"or:         {again}", markup=False)
        if following := report.following(clause.id):
            self._console.print(f"From this follow: {', '.join(following)}", markup=False)
