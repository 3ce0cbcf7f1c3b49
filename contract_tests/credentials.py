"""Where a server is and who asks it, of the command line and of the environment; what is wrong with that, in a line."""

import argparse
import re
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from contract_tests.access import CLIENT_ID, CLIENT_SECRET, Access, Account, is_loopback
from contract_tests.arguments import WrongUsage, seconds

PIPEFY = "https://app.pipefy.com"


def access(given: argparse.Namespace | Any, environment: Mapping[str, str]) -> Access:
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
