"""What a run is told, by the command line or by pytest's, and what is wrong with it."""

import argparse
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from contract_tests.access import Access
from contract_tests.arguments import WrongUsage, known, number, rate, seconds
from contract_tests.contract import clauses
from contract_tests.credentials import access
from contract_tests.profiles import PROFILES, Profile
from contract_tests.questions import PERIODS
from contract_tests.recalling import Recorded

RECORDING_KEY = "CONTRACT_RECORDING_KEY"


@dataclass(frozen=True, slots=True)
class Setting:
    """How the embedded mock is to be served; nothing means its defaults."""

    world: str | None = None
    rulings: tuple[str, ...] = ()
    deviations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """A run's settings, checked. `rate` is in requests a second; `access` is None for the embedded mock.

    `recorded` has the findings that are asked again, by clause; other clauses are judged over all there is to ask.
    """

    access: Access | None
    periods: tuple[str, ...]
    profile_name: str
    only: frozenset[str]
    seed: int
    strict: bool
    rate: float | None
    max_requests: int
    max_seconds: float
    timeout: float
    require_exercised: bool
    allow_inconclusive: bool
    baseline: str | None
    update_baseline: bool
    report_json: str | None
    report_html: str | None
    report_junit: str | None
    report_markdown: str | None
    examples: tuple[str, ...] = ()
    embedded: Setting = Setting()
    recorded: Mapping[str, Recorded] = field(default_factory=dict)

    @property
    def target(self) -> str | None:
        """The URL to judge; None for the embedded mock."""
        return self.access.url if self.access else None

    @property
    def profile(self) -> Profile:
        return PROFILES[self.profile_name]

    @property
    def selected(self) -> tuple[str, ...]:
        """The ids of the clauses that are asked for, in the contract's order."""
        return tuple(name for name, one in clauses().items() if not self.only or {name, one.family} & self.only)


def add_target_options(add: Callable[..., object]) -> None:
    """Declare which server is asked, and how much at most."""
    add("--target", metavar="URL", help="the GraphQL endpoint to judge (default: the embedded mock)")
    add("--organization-id", metavar="ID", help="the organization's numeric id; its UUID is asked for")
    add("--organization-uuid", metavar="UUID", help="the organization's UUID")
    add("--allow-http", action="append", metavar="HOST", help="send the token to this host without TLS")
    add("--rate", metavar="10/s", help="send no more requests than this")
    add("--max-requests", metavar="N", help="send no more requests than this in all")
    add("--max-time", metavar="5m", help="ask nothing after this time")
    add("--timeout", default="33s", metavar="33s", help="wait no longer than this for an answer (default: 33s)")


def add_options(add: Callable[..., object]) -> None:
    """Declare the options to an argument parser or to a pytest option group, which take the same words."""
    add_target_options(add)
    add("--period", action="extend", nargs="+", metavar="P", help="judge these periods only")
    add("--profile", default="ci", metavar="NAME", help=f"how much to ask: {', '.join(PROFILES)} (default: ci)")
    add("--only", action="extend", nargs="+", metavar="CLAUSE-OR-FAMILY", help="judge these clauses only")
    add("--seed", metavar="N", help="the seed of the drawn questions (default: a new one, which is printed)")
    add("--strict", action="store_true", help="make a broken expected clause a violation")
    add("--require-exercised", action="store_true", help="exit with 6 where the data could not exercise a clause")
    add("--allow-inconclusive", action="store_true", help="exit with 0 where a clause could not be judged")
    add(
        "--examples",
        action="append",
        metavar="WHERE",
        help="keep drawn questions that broke a clause, and ask them first",
    )
    add("--baseline", metavar="FILE", help="say what is observed otherwise than this file says")
    add("--update-baseline", action="store_true", help="write what is observed to the file of --baseline")
    add("--report-json", metavar="F", help="write the report as JSON to this file")
    add("--report-html", metavar="F", help="write the report as one HTML page to this file")
    add("--report-junit", metavar="F", help="write the report as JUnit XML to this file")
    add("--report-markdown", metavar="F", help="write the report to this file as Markdown, short enough for a comment")


def add_record_options(add: Callable[..., object]) -> None:
    """Declare which server's organization is recorded, and where to."""
    add_target_options(add)
    add("--out", metavar="FILE", required=True, help="write the world to this file, and what was observed beside it")
    add("--key", metavar="TEXT", help=f"draw the same pseudonyms again (default: ${RECORDING_KEY}, else new ones)")


def checked(given: argparse.Namespace | Any, environment: Mapping[str, str] = os.environ) -> Options:
    """Check what was given.

    Raises:
        WrongUsage: in one sentence, with the near misses of a name that is not known.

    """
    profile_name = known(given.profile, PROFILES, "profile")
    profile = PROFILES[profile_name]
    families = {clause.family for clause in clauses().values()}
    only = frozenset(known(name, [*clauses(), *families], "clause or family") for name in given.only or ())
    if given.target is None and (given.organization_id or given.organization_uuid):
        raise WrongUsage("an organization is named but no server: give --target (without it the mock is judged)")
    if given.update_baseline and not given.baseline:
        raise WrongUsage("--update-baseline needs --baseline FILE: where to write what is observed")
    return Options(
        access=None if given.target is None else access(given, environment),
        periods=tuple(known(name, PERIODS, "period") for name in given.period or PERIODS),
        profile_name=profile_name,
        only=only,
        seed=secrets.randbelow(2**32) if given.seed is None else number(given.seed, "--seed", 0),
        strict=bool(given.strict),
        rate=profile.rate if given.rate is None else rate(given.rate),
        max_requests=profile.max_requests
        if given.max_requests is None
        else number(given.max_requests, "--max-requests", 1),
        max_seconds=profile.max_seconds if given.max_time is None else seconds(given.max_time, "--max-time"),
        timeout=seconds(given.timeout, "--timeout"),
        require_exercised=given.require_exercised,
        allow_inconclusive=given.allow_inconclusive,
        embedded=getattr(given, "embedded", Setting()),
        baseline=given.baseline,
        update_baseline=given.update_baseline,
        report_json=given.report_json,
        report_html=given.report_html,
        report_junit=given.report_junit,
        report_markdown=given.report_markdown,
        examples=tuple(given.examples or ()),
    )
