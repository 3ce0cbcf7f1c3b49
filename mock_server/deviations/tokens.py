"""Who asks, told by a token that is not compared whole or not compared at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_server.deviations.deviation import EndpointDeviation
from mock_server.refusals import Unauthorized

if TYPE_CHECKING:
    from mock_server.records import Caller


class _Token(EndpointDeviation):
    """A fault in the comparison of the token that is sent with those that are known."""

    def caller(self, authorization: str | None) -> Caller:
        try:
            return super().caller(authorization)
        except Unauthorized:
            sent = (authorization or "").partition(" ")[2].strip()
            for known in self.execution.resolvers.world.callers:
                if authorization and self.is_taken_for(sent, known.token):
                    return known
            raise

    def is_taken_for(self, sent: str, known: str) -> bool:
        raise NotImplementedError


class EmptyTokenIsTheFirstCaller(_Token):
    """`Bearer` with no token behind it is the first caller."""

    breaks = ("access.token-required",)

    def is_taken_for(self, sent: str, known: str) -> bool:  # noqa: ARG002 - whoever comes first
        return not sent


class TokenByItsStart(_Token):
    """A token is compared as far as the known one goes: what follows is not looked at."""

    breaks = ("access.token-valid",)

    def is_taken_for(self, sent: str, known: str) -> bool:
        return sent.startswith(known)


class TokenByThePartSent(_Token):
    """A token is compared as far as the sent one goes, once it has eight letters."""

    breaks = ("access.token-valid",)

    def is_taken_for(self, sent: str, known: str) -> bool:
        return len(sent) >= 8 and known.startswith(sent)


class TokenByItsLetters(_Token):
    """A token is compared by a sum over its letters, which does not see their order."""

    breaks = ("access.token-valid",)

    def is_taken_for(self, sent: str, known: str) -> bool:
        return sum(map(ord, sent)) == sum(map(ord, known))


DEVIATIONS = (EmptyTokenIsTheFirstCaller, TokenByItsStart, TokenByThePartSent, TokenByItsLetters)
