"""Who asks: a server's address, the credentials for it, and the callers as whom a request may be sent."""

from dataclasses import dataclass, field
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Access:
    """Where a server is and how it lets itself be asked. What would open it to others is not shown.

    `member_token` is of a caller without access to usage statistics, `foreign_organization_uuid` of an organization
    that the token cannot see; without them two clauses on access are not exercised.
    """

    url: str
    token: str = field(repr=False)
    organization_id: str | None = None
    organization_uuid: str | None = None
    member_token: str | None = field(default=None, repr=False)
    foreign_organization_uuid: str | None = None

    @property
    def secrets(self) -> dict[str, str]:
        """What must not be shown, and the variable to name in its place."""
        tokens = {self.token: "$PIPEFY_TOKEN", self.member_token or "": "$CONTRACT_MEMBER_TOKEN"}
        return {token: variable for token, variable in tokens.items() if token}

    def redacted(self, text: str) -> str:
        """Return a text without the secrets that may stand in it."""
        for token, variable in sorted(self.secrets.items(), key=lambda item: -len(item[0])):
            text = text.replace(token, variable)
        return text

    def header(self, caller: Caller) -> str | None:
        """Return the value of the `Authorization` header that the caller sends, None for no header."""
        match caller:
            case Caller.OWN:
                return f"Bearer {self.token}"
            case Caller.MEMBER:
                return f"Bearer {self.member_token}"
            case Caller.LONGER:
                return f"Bearer {self.token}x"
            case Caller.SHORTER:
                return f"Bearer {self.token[:-1]}"
            case Caller.SWAPPED:
                return f"Bearer {self.token.swapcase()}"
            case Caller.REVERSED:
                return f"Bearer {self.token[::-1]}"
            case _:
                return caller.value or None
