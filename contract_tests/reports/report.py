"""A run's outcome as a value: every clause's judgement, the verdict on the whole, the exit code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version

from contract_tests import contract
from contract_tests.census import Census
from contract_tests.judgements import Judgement
from contract_tests.messages import Timing
from contract_tests.observing import Change, changes
from contract_tests.options import Options
from contract_tests.session import Session
from contract_tests.verdict import Verdict

NO_TEST = "no test of this clause ran"
KEPT, BROKEN, INTERRUPTED, INTERNAL, WRONG_USAGE, INCONCLUSIVE = 0, 1, 2, 3, 4, 6
# What the command line exits with, and what that means.
EXIT_CODES = {
    KEPT: "every binding clause is kept, or could not be exercised",
    BROKEN: "a clause is broken",
    INTERRUPTED: "interrupted; what was judged is reported",
    INTERNAL: "an error of the suite",
    WRONG_USAGE: "wrong usage or configuration, said in one line",
    INCONCLUSIVE: "nothing is broken, and a binding clause is inconclusive",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found. `seconds` counts from its first question, `timings` has each answer's."""

    options: Options
    target: str
    started: datetime
    seconds: float
    requests: int
    judgements: tuple[Judgement, ...]
    trouble: str | None
    interrupted: bool
    crashes: tuple[str, ...] = ()
    observations: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    organization_uuid: str = ""
    censuses: tuple[Census, ...] = ()
    timings: tuple[Timing, ...] = ()

    @property
    def violations(self) -> list[Judgement]:
        """The broken clauses that bind; expected ones bind where strictness is asked for."""
        return [one for one in self.judgements if one.verdict == Verdict.BROKEN and self.binds(one)]

    @property
    def warnings(self) -> list[Judgement]:
        """The broken clauses that do not bind."""
        return [one for one in self.judgements if one.verdict == Verdict.BROKEN and not self.binds(one)]

    @property
    def unjudged(self) -> list[Judgement]:
        """The binding clauses that could not be judged."""
        return [one for one in self.judgements if one.verdict == Verdict.INCONCLUSIVE and self.binds(one)]

    @property
    def unexercised(self) -> list[Judgement]:
        """The binding clauses that the data cannot show."""
        return [one for one in self.judgements if one.verdict == Verdict.NOT_EXERCISED and self.binds(one)]

    @property
    def causes(self) -> list[Judgement]:
        """The broken clauses that follow from no other."""
        return [one for one in self.judgements if one.verdict == Verdict.BROKEN and one.follows_from is None]

    def following(self, clause: str) -> list[str]:
        """The clauses whose verdict follows from this one."""
        return [one.clause for one in self.judgements if one.follows_from == clause]

    @property
    def verdict(self) -> Verdict:
        if self.violations:
            return Verdict.BROKEN
        return Verdict.INCONCLUSIVE if self.unjudged or self.interrupted else Verdict.KEPT

    @property
    def exit_code(self) -> int:
        if self.interrupted:
            return INTERRUPTED
        if self.violations:
            return BROKEN
        if self.crashes:
            return INTERNAL
        if self.unjudged and not self.options.allow_inconclusive:
            return INCONCLUSIVE
        if self.unexercised and self.options.require_exercised:
            return INCONCLUSIVE
        return KEPT

    def binds(self, judgement: Judgement) -> bool:
        """Whether breaking the clause is a violation in this run, and not a warning."""
        return binds(judgement.clause, strict=self.options.strict)


def binds(clause: str, *, strict: bool) -> bool:
    """Whether breaking a clause is a violation: expected clauses bind where strictness is asked for."""
    strength = contract.clauses()[clause].strength
    return strength.binds or (strict and strength == contract.Strength.EXPECTED)


def report(session: Session, *, interrupted: bool) -> Report:
    """Close the books of a run."""
    if interrupted:
        otherwise, reason = Verdict.INCONCLUSIVE, "the run was interrupted before this clause"
    else:
        otherwise, reason = Verdict.NOT_EXERCISED, NO_TEST
    started = datetime.fromtimestamp(session.started, UTC)
    return Report(
        options=session.options,
        target=session.url or "",
        started=started,
        seconds=(datetime.now(UTC) - started).total_seconds(),
        requests=session.requests,
        judgements=tuple(session.ledger.settled(otherwise, reason)),
        trouble=session.trouble,
        interrupted=interrupted,
        crashes=tuple(session.crashes),
        observations=session.observations,
        changes=changes(session.baseline, session.observations),
        organization_uuid=session.target.organization_uuid if session.target else "",
        censuses=session.words.censuses if session.words else (),
        timings=tuple(session.timings),
    )


def suite_version() -> str:
    """The version of the suite that is installed."""
    return version("integrations-usage-contract")
