"""Who asks: a server's address, the credentials for it, and the callers as whom a request may be sent."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from typing import Protocol

CLIENT_ID, CLIENT_SECRET = "PIPEFY_SERVICE_ACCOUNT_CLIENT_ID", "PIPEFY_SERVICE_ACCOUNT_CLIENT_SECRET"
# The one of the narrowest purpose first.
AUTHORITIES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")


class Caller(StrEnum):
    """A caller, by the `Authorization` header that it sends, in the words of a shell: no secret stands here."""

    OWN = "Bearer $PIPEFY_TOKEN"
    MEMBER = "Bearer $CONTRACT_MEMBER_TOKEN"
    NOBODY = ""
    WITHOUT_TOKEN = "Bearer"  # noqa: S105  # the word of a header, and no token
    STRANGER = "Bearer nobodys-token"
    LONGER = "Bearer ${PIPEFY_TOKEN}x"
    SHORTER = "Bearer ${PIPEFY_TOKEN%?}"
    SWAPPED = 'Bearer $(printf %s "$PIPEFY_TOKEN" | tr a-zA-Z A-Za-z)'
    REVERSED = 'Bearer $(printf %s "$PIPEFY_TOKEN" | rev)'
    NULL = "Bearer null"
    UNSIGNED = "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."
    LONG = "Bearer $(printf %01200d 0)"
    BASIC = "Basic bm9ib2R5OnNlY3JldA=="
    ANOTHER_SCHEME = "Token nobodys-token"


class Account(Protocol):
    """Who gets tokens for itself, and another one when the last is no longer taken."""

    @property
    def token(self) -> str:
        """The token of now."""

    @property
    def secrets(self) -> Mapping[str, str]:
        """What must not be shown, every token there ever was included, and the variable to name in its place."""

    def renew(self, refused: str) -> None:
        """Get another token than one that was refused."""


@dataclass(frozen=True, slots=True)
class Access:
    """Where a server is and how it lets itself be asked. What would open it to others is not shown.

    `member_token` is of a caller without access to usage statistics, `foreign_organization_uuid` of an organization
    that the token cannot see; without them two clauses on access are not exercised. Where there is an `account`, its
    tokens stand for `token`.
    """

    url: str
    token: str = field(repr=False)
    organization_id: str | None = None
    organization_uuid: str | None = None
    member_token: str | None = field(default=None, repr=False)
    foreign_organization_uuid: str | None = None
    account: Account | None = field(default=None, repr=False)

    @property
    def own_token(self) -> str:
        """The token to ask with now."""
        return self.account.token if self.account else self.token

    @property
    def secrets(self) -> dict[str, str]:
        """What must not be shown, and the variable to name in its place."""
        tokens = {self.token: "$PIPEFY_TOKEN", self.member_token or "": "$CONTRACT_MEMBER_TOKEN"}
        tokens |= self.account.secrets if self.account else {}
        return {token: variable for token, variable in tokens.items() if token}

    def redacted(self, text: str) -> str:
        """Return a text without the secrets that may stand in it."""
        for token, variable in sorted(self.secrets.items(), key=lambda item: -len(item[0])):
            text = text.replace(token, variable)
        return text

    def header(self, caller: Caller) -> str | None:
        """Return the value of the `Authorization` header that the caller sends, None for no header."""
        own = self.own_token
        match caller:
            case Caller.OWN:
                return f"Bearer {own}"
            case Caller.MEMBER:
                return f"Bearer {self.member_token}"
            case Caller.LONGER:
                return f"Bearer {own}x"
            case Caller.SHORTER:
                return f"Bearer {own[:-1]}"
            case Caller.SWAPPED:
                return f"Bearer {own.swapcase()}"
            case Caller.REVERSED:
                return f"Bearer {own[::-1]}"
            case Caller.LONG:
                return f"Bearer {'0' * 1200}"
            case _:
                return caller.value or None


def is_loopback(host: str | None) -> bool:
    """Whether a host is this machine itself."""
    if host is None or host == "localhost" or host.endswith(".localhost"):
        return host is not None
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def authorities() -> str | None:
    """Return the file with the certificate authorities to trust, where one of the usual variables names it."""
    return next(filter(None, map(os.environ.get, AUTHORITIES)), None)
