"""The report as one page to read: no script, no request to anywhere, every text escaped."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from contract_tests import contract
from contract_tests.answers import Flow
from contract_tests.contract import Clause
from contract_tests.differing import Kind, said
from contract_tests.judgements import Finding, Judgement
from contract_tests.reports import pictures
from contract_tests.reports.report import Report, suite_version
from contract_tests.reports.walks import Drawing, drawing
from contract_tests.reports.wording import Badge, badge, counted, replay, summary
from contract_tests.verdict import Verdict

HERE = Path(__file__).parent
# Characters that a browser drops, or that hide what stands beside them, are shown by their numbers.
CONTROLS = (*range(9), 11, *range(14, 32), 127)
INVISIBLE = (0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
HIDDEN = {code: f"\\x{code:02x}" for code in CONTROLS} | {code: f"\\u{code:04x}" for code in INVISIBLE}
LONGEST = 6000


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause with all that is said of it."""

    clause: Clause
    judgement: Judgement
    badge: Badge
    evidence: str
    reason: str
    following: list[str]
    finding: Finding | None
    drawing: Drawing | None
    replay: str | None


@dataclass(frozen=True, slots=True)
class Family:
    """The clauses of one family, and how they went in all."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def worst(self) -> Badge:
        """The verdict that a reader must not miss."""
        gravity = ("broken", "warning", "inconclusive", "not-exercised", "kept")
        return min((entry.badge for entry in self.entries), key=lambda badge: gravity.index(badge.name))

    @property
    def counts(self) -> str:
        counts = Counter(entry.badge.word for entry in self.entries)
        return ", ".join(f"{count} {word}" for word, count in counts.items())


def as_html(report: Report) -> str:
    """Return the report as an HTML document."""
    entries = [_entry(report, judgement) for judgement in report.judgements]
    broken = [entry for entry in entries if entry.judgement.verdict == Verdict.BROKEN]
    return (
        _environment()
        .get_template("page.html")
        .render(
            report=report,
            badge=badge(report, None),
            summary=summary(report),
            version=suite_version(),
            field=contract.DETAILS,
            period_data=list(_period_data(report)),
            families=[
                Family(name, tuple(group)) for name, group in groupby(entries, lambda entry: entry.clause.family)
            ],
            causes=[entry for entry in broken if entry.judgement.follows_from is None],
            consequences=[entry for entry in broken if entry.judgement.follows_from is not None],
            picture=pictures.picture(report.timings),
            pictures=pictures,
            kinds=Kind,
            css=Markup((HERE / "page.css").read_text(encoding="utf-8")),  # noqa: S704  # our own file
        )
    )


def _entry(report: Report, judgement: Judgement) -> Entry:
    finding = judgement.finding if judgement.verdict == Verdict.BROKEN else None
    unjudged = judgement.verdict in (Verdict.INCONCLUSIVE, Verdict.NOT_EXERCISED) and judgement.reason != report.trouble
    trace = finding.trace if finding else None
    return Entry(
        clause=contract.clauses()[judgement.clause],
        judgement=judgement,
        badge=badge(report, judgement),
        evidence=counted(judgement.evidence),
        reason=judgement.reason if unjudged else "",
        following=report.following(judgement.clause),
        finding=finding,
        drawing=drawing(trace) if trace and trace.steps else None,
        replay=replay(report.options, judgement.clause) if finding else None,
    )


def _period_data(report: Report) -> Iterator[tuple[str, int | None, int | None, str]]:
    """What the target has in each period: flows, tasks, and the flows of each status; None without a census."""
    taken = {census.period: census.flows for census in report.censuses}
    for period in report.options.periods:
        flows = taken.get(period)
        if flows is None:
            yield period, None, None, ""
            continue
        statuses = Counter(flow.status for flow in flows)
        shares = ", ".join(f"{count} {status}" for status, count in statuses.most_common(8))
        yield period, len(flows), sum(flow.tasks for flow in flows), shares


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters |= {"value": _value, "number": "{:,}".format, "marked": _marked, "said": said}
    environment.tests["flow"] = lambda value: isinstance(value, Flow)
    return environment


def _shown(value: Any) -> Any:
    """Make visible what would not be seen, in every text that the page shows."""
    return value.translate(HIDDEN) if isinstance(value, str) and not isinstance(value, Markup) else value


def _marked(sentence: str) -> Markup:
    """Set in a sentence what stands between backticks as code."""
    code = Markup("<code>{}</code>")
    parts = sentence.split("`")
    return Markup("").join(code.format(part) if place % 2 else escape(part) for place, part in enumerate(parts))


def _value(value: Any) -> str:
    """Write a value as a person reads it: a text as it is, anything else as JSON."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2, default=str)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
