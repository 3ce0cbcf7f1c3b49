"""A run under way: what it has opened, and what it may spend from there."""

from contextlib import closing

from contract_tests.options import Setting
from contract_tests.proving import options
from contract_tests.session import Session


def test_what_a_census_may_take_binds_nothing_after_it() -> None:
    with closing(Session(options("quick", Setting()))) as session:
        session.open()
        assert (session.trouble, session.budget.allowed) == (None, None)
