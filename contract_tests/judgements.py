"""What was concluded on a clause, as values: the verdict, the evidence, and the finding where it is broken."""

from dataclasses import dataclass, field
from typing import Any

from contract_tests.differing import Difference
from contract_tests.retracing import Trace
from contract_tests.verdict import Evidence, Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken clause made usable: the smallest question, both answers, and how to ask it again.

    `test` names the test that found it; `trace` has the pages that the question brought, where it is one to the
    details query.
    """

    question: dict[str, Any]
    expected: Any
    got: Any
    difference: tuple[Difference, ...]
    curl: str
    correlation_id: str | None = None
    test: str = ""
    trace: Trace | None = None


@dataclass(slots=True)
class Judgement:
    """The verdict on one clause, why, and on what evidence."""

    clause: str
    verdict: Verdict
    reason: str = ""
    evidence: Evidence = field(default_factory=Evidence)
    finding: Finding | None = None
    follows_from: str | None = None
    notes: tuple[str, ...] = ()
