"""What the tests of the clauses assert, as values: kept beside each test, so that a run knows all of it beforehand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from contract_tests.scopes import Scope
from contract_tests.target import Target

Case = TypeVar("Case")
Body = Callable[[Target, Case], None]


@dataclass(frozen=True, slots=True)
class Assertion(Generic[Case]):
    """What a clause's test asserts of each case of a scope.

    One that `asks_again` by itself tells data that moved from a server that contradicts itself; any other one is asked
    again when it fails.
    """

    clause: str
    scope: Scope[Case]
    body: Body[Case]
    asks_again: bool = False
