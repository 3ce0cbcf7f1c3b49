"""The report as JSON, in the form that other tools read."""

from dataclasses import asdict
from typing import Any

from contract_tests import contract
from contract_tests.differing import plain
from contract_tests.judgements import Finding, Judgement
from contract_tests.reports.report import Report, suite_version


def as_json(report: Report) -> dict[str, Any]:
    """Return the report as JSON values."""
    return {
        "contract": contract.DETAILS,
        "version": suite_version(),
        "target": report.target,
        "started": report.started.isoformat(timespec="seconds"),
        "seconds": round(report.seconds, 3),
        "seed": report.options.seed,
        "profile": report.options.profile_name,
        "requests": report.requests,
        "verdict": report.verdict.value,
        "clauses": [_clause(judgement) for judgement in report.judgements],
        "observations": dict(report.observations),
        "changes": [asdict(change) for change in report.changes],
        "embedded": report.options.access is None,
        "organization": _organization(report),
        "periods": list(report.options.periods),
    }


def _clause(judgement: Judgement) -> dict[str, Any]:
    clause, finding = contract.clauses()[judgement.clause], judgement.finding
    return {
        "id": clause.id,
        "sentence": clause.sentence,
        "source": clause.source,
        "strength": clause.strength.value,
        "verdict": judgement.verdict.value,
        "reason": judgement.reason,
        "notes": list(judgement.notes),
        "follows_from": judgement.follows_from,
        "evidence": asdict(judgement.evidence),
        "finding": None if finding is None else _finding(finding),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "question": plain(finding.question),
        "expected": finding.expected,
        "got": finding.got,
        "difference": [str(difference) for difference in finding.difference],
        "curl": finding.curl,
        "correlation_id": finding.correlation_id,
        "test": finding.test,
    }


def _organization(report: Report) -> dict[str, str | None]:
    access = report.options.access
    return {"id": access.organization_id if access else None, "uuid": report.organization_uuid or None}
