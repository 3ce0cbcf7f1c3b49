"""Who asks, told by a token that is not compared whole or not compared at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_server.deviations.deviation import EndpointDeviation
from mock_server.refusals import Unauthorized
from mock_server.sending import sent
from mock_server.usage.question import Period
from mock_server.usage.totals import totals

if TYPE_CHECKING:
    from aiohttp import web

    from mock_server.records import Caller


class _Token(EndpointDeviation):
    """A fault in the comparison of the token that is sent with those that are known."""

    def caller(self, authorization: str | None) -> Caller:
        try:
            return super().caller(authorization)
        except Unauthorized:
            given = (authorization or "").partition(" ")[2].strip()
            for known in self.execution.resolvers.world.callers:
                if authorization and self.is_taken_for(given, known.token):
                    return known
            raise

    def is_taken_for(self, given: str, known: str) -> bool:
        raise NotImplementedError


class AnotherSchemeIsTheFirstCaller(EndpointDeviation):
    """What is sent under another scheme than `Bearer` is not compared: it is the first caller."""

    breaks = ("access.token-valid",)

    def caller(self, authorization: str | None) -> Caller:
        if authorization and not authorization.lower().startswith("bearer"):
            return self.execution.resolvers.world.callers[0]
        return super().caller(authorization)


class UnsignedTokenIsTaken(_Token):
    """A token of three parts with dots between is believed, whoever signed it."""

    breaks = ("access.token-valid",)

    def is_taken_for(self, given: str, known: str) -> bool:  # noqa: ARG002 - whoever comes first
        return given.count(".") == 2


class NullTokenIsTheFirstCaller(_Token):
    """A token of `null`, as a client sends that has none, is the first caller."""

    breaks = ("access.token-valid",)

    def is_taken_for(self, given: str, known: str) -> bool:  # noqa: ARG002 - whoever comes first
        return given == "null"


class LongTokenIsCutOff(_Token):
    """Of a token of more than a thousand letters nothing is compared."""

    breaks = ("access.token-valid",)

    def is_taken_for(self, given: str, known: str) -> bool:  # noqa: ARG002 - whoever comes first
        return len(given) > 1000


class RefusalTellsASum(EndpointDeviation):
    """The refusal of a wrong token tells in its extensions what would have been counted."""

    breaks = ("access.token-required", "access.token-valid")

    async def refuse(self, request: web.Request) -> web.Response:  # noqa: ARG002 - whoever asks
        resolvers = self.execution.resolvers
        flows = resolvers.flows(resolvers.world.organizations[0], Period.LAST_3_MONTHS)
        refusal = {"message": "Unauthorized", "extensions": {"sum": totals(flows).tasks}}
        return sent({"errors": [refusal]}, 401)


class EmptyTokenIsTheFirstCaller(_Token):
    """`Bearer` with no token behind it is the first caller."""

    breaks = ("access.token-required",)

    def is_taken_for(self, given: str, known: str) -> bool:  # noqa: ARG002 - whoever comes first
        return not given


class TokenByItsStart(_Token):
    """A token is compared as far as the known one goes: what follows is not looked at."""

    breaks = ("access.token-valid",)

    def is_taken_for(self, given: str, known: str) -> bool:
        return given.startswith(known)


class TokenByThePartSent(_Token):
    """A token is compared as far as the sent one goes, once it has eight letters."""

    breaks = ("access.token-valid",)

    def is_taken_for(self, given: str, known: str) -> bool:
        return len(given) >= 8 and known.startswith(given)


class TokenByItsLetters(_Token):
    """A token is compared by a sum over its letters, which does not see their order."""

    breaks = ("access.token-valid",)

    def is_taken_for(self, given: str, known: str) -> bool:
        return sum(map(ord, given)) == sum(map(ord, known))


DEVIATIONS = (
    AnotherSchemeIsTheFirstCaller,
    UnsignedTokenIsTaken,
    NullTokenIsTheFirstCaller,
    LongTokenIsCutOff,
    RefusalTellsASum,
    EmptyTokenIsTheFirstCaller,
    TokenByItsStart,
    TokenByThePartSent,
    TokenByItsLetters,
)
