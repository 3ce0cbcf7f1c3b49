"""How a test says which clause it judges, and over which questions."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import pytest

from contract_tests.assertions import Assertion
from contract_tests.scopes import Scope
from contract_tests.target import Target

if TYPE_CHECKING:
    from contract_tests.session import Session

Case = TypeVar("Case")


def clause(
    id: str,  # noqa: A002  # the contract's own word
    *,
    over: Scope[Case],
    asks_again: bool = False,
) -> Callable[[Callable[[Target, Case], None]], Callable[..., None]]:
    """Make a test out of an assertion about one target and one case: it holds for every case of the scope."""

    def decorate(body: Callable[[Target, Case], None]) -> Callable[..., None]:
        assertion = Assertion(id, over, body, asks_again)

        @pytest.mark.clause(id)
        def test(session: "Session") -> None:
            session.judge(assertion)

        test.assertion = assertion  # type: ignore[attr-defined]  # for the plugin to find
        test.__name__, test.__qualname__, test.__doc__ = body.__name__, body.__qualname__, body.__doc__
        test.__module__ = body.__module__
        return test

    return decorate
