"""What a run is told, by the command line or by pytest's, and what is wrong with it."""

import argparse
import difflib
import os
import re
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from contract_tests.access import CLIENT_ID, CLIENT_SECRET, Access, Account, is_loopback
from contract_tests.contract import clauses
from contract_tests.profiles import PROFILES, Profile
from contract_tests.questions import PERIODS
from contract_tests.recalling import Recorded

PIPEFY = "https://app.pipefy.com"
RECORDING_KEY = "CONTRACT_RECORDING_KEY"
SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "": 1.0}


class WrongUsage(Exception):
    """The run cannot begin as it was told to; the text is one line for the user."""


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
    add("--period", action="append", metavar="P", help="judge this period only; may be given again")
    add("--profile", default="ci", metavar="NAME", help=f"how much to ask: {', '.join(PROFILES)} (default: ci)")
    add("--only", action="append", metavar="CLAUSE-OR-FAMILY", help="judge these clauses only; may be given again")
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
    profile_name = _known(given.profile, PROFILES, "profile")
    profile = PROFILES[profile_name]
    families = {clause.family for clause in clauses().values()}
    only = frozenset(_known(name, [*clauses(), *families], "clause or family") for name in given.only or ())
    if given.target is None and (given.organization_id or given.organization_uuid):
        raise WrongUsage("an organization is named but no server: give --target (without it the mock is judged)")
    if given.update_baseline and not given.baseline:
        raise WrongUsage("--update-baseline needs --baseline FILE: where to write what is observed")
    return Options(
        access=None if given.target is None else _access(given, environment),
        periods=tuple(_known(name, PERIODS, "period") for name in given.period or PERIODS),
        profile_name=profile_name,
        only=only,
        seed=secrets.randbelow(2**32) if given.seed is None else _number(given.seed, "--seed", 0),
        strict=bool(given.strict),
        rate=profile.rate if given.rate is None else _rate(given.rate),
        max_requests=profile.max_requests
        if given.max_requests is None
        else _number(given.max_requests, "--max-requests", 1),
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


def _access(given: argparse.Namespace | Any, environment: Mapping[str, str]) -> Access:
    """Return how the target that was named is to be asked, with the credentials of the environment."""
    allowed = given.allow_http or ()
    _check_url(given.target, "--target", allowed)
    token, member_token = environment.get("PIPEFY_TOKEN"), environment.get("CONTRACT_MEMBER_TOKEN")
    account = None if token else _account(given, environment, allowed)
    for value, variable in ((token, "PIPEFY_TOKEN"), (member_token, "CONTRACT_MEMBER_TOKEN")):
        if value:
            _check_token(value, variable)
    if not (given.organization_id or given.organization_uuid):
        raise WrongUsage("no organization: give --organization-id or --organization-uuid")
    return Access(
        given.target,
        token or "",
        given.organization_id,
        given.organization_uuid,
        member_token or None,
        environment.get("CONTRACT_FOREIGN_ORGANIZATION_UUID") or None,
        account,
    )


def _account(given: argparse.Namespace | Any, environment: Mapping[str, str], allowed: Collection[str]) -> Account:
    """Return the service account of the environment."""
    client_id, client_secret = environment.get(CLIENT_ID), environment.get(CLIENT_SECRET)
    if not client_id and not client_secret:
        raise WrongUsage(f"no token: set PIPEFY_TOKEN in the environment, or {CLIENT_ID} and {CLIENT_SECRET}")
    if not client_id or not client_secret:
        raise WrongUsage(f"half a service account: {CLIENT_SECRET if client_id else CLIENT_ID} is not set")
    base_url = environment.get("PIPEFY_BASE_URL") or _base_url(given.target)
    _check_url(base_url, "PIPEFY_BASE_URL", allowed)
    # Imported here: who has a token waits for nothing that gets one.
    from contract_tests.accounts import ServiceAccount

    return ServiceAccount(base_url, client_id, client_secret, seconds(given.timeout, "--timeout"))


def _base_url(target: str) -> str:
    """Where tokens come from: Pipefy's are given by its application, others by the target itself."""
    parts = urlsplit(target)
    return PIPEFY if (parts.hostname or "").endswith(".pipefy.com") else f"{parts.scheme}://{parts.netloc}"


def seconds(text: str, option: str) -> float:
    """Read a time like `33s`, `5m`, `120ms` or `2.5`, which is in seconds."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s|m|h|)", text.strip())
    if not match or float(match[1]) == 0:
        raise WrongUsage(f"{option} takes a time such as 33s, 5m or 120ms, not {text!r}")
    return float(match[1]) * SECONDS[match[2]]


def near_misses(name: str, known: Iterable[str]) -> str:
    """Say which known names are close to one that is not known, as the end of a sentence."""
    close = difflib.get_close_matches(name, list(known), n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(close)}?" if close else ""


def _known(name: str, known: Iterable[str], what: str) -> str:
    names = list(known)
    if name not in names:
        known_names = f"; known are {', '.join(names)}" if len(names) < 12 else "; `contract-tests clauses` lists them"
        raise WrongUsage(f"unknown {what} {name!r}{near_misses(name, names) or known_names}")
    return name


def _check_url(text: str, name: str, allowed: Collection[str]) -> None:
    """Find out whether a URL is one, and may be sent a token."""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        raise WrongUsage(f"{name} takes a URL such as {PIPEFY}/graphql, not {text!r}")
    if parts.username or parts.password:
        raise WrongUsage(f"{name} must not carry credentials: set PIPEFY_TOKEN in the environment")
    if parts.scheme == "http" and not is_loopback(parts.hostname) and str(parts.hostname) not in allowed:
        raise WrongUsage(
            f"{name} would send the token over plain http: take https, or allow it by --allow-http {parts.hostname}"
        )


def _check_token(token: str, variable: str) -> None:
    """Find out what is wrong with a token without ever showing it."""
    if token.lower().startswith("bearer "):
        raise WrongUsage(f"{variable} holds the token alone: leave 'Bearer' out")
    if not re.fullmatch(r"[\x21-\x7e]+", token):
        raise WrongUsage(f"{variable} holds blanks, line breaks or letters that no token has")


def _number(text: str, option: str, least: int) -> int:
    if not re.fullmatch(r"\d{1,18}", str(text)) or int(text) < least:
        raise WrongUsage(f"{option} takes a whole number from {least}, not {text!r}")
    return int(text)


def _rate(text: str) -> float:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(?:/(\d*)(s|m|h))?", text.strip())
    if not match or float(match[1]) == 0 or match[2] == "0":
        raise WrongUsage(f"--rate takes requests a time such as 10/s or 300/m, not {text!r}")
    return float(match[1]) / (int(match[2] or 1) * SECONDS[match[3] or "s"])
