"""Every deviation is found, by the clauses that it says it breaks."""

import pytest

from contract_tests.contract import Strength, clauses
from contract_tests.embedded import deviations
from contract_tests.options import Setting
from contract_tests.proving import options, proof
from contract_tests.running import run

# Whole runs reach nearly every line, and would hide what no test looks at; tracing would double their time.
pytestmark = pytest.mark.no_cover

FAMILIES = (
    "operation",
    "organization",
    "access",
    "period",
    "totals",
    "filter",
    "sort",
    "page",
    "consistency",
    "stats",
    "schema",
    "robustness",
)


@pytest.mark.parametrize("deviation", deviations())
def test_a_deviation_breaks_the_clauses_it_names(deviation: str) -> None:
    named = deviations()[deviation]
    broken = proof(deviation, "quick", list(named)).broken
    if not set(named) <= set(broken):
        # What is remembered for one question may show in another, which other clauses of the family ask.
        broken = proof(deviation, "quick", sorted({clause.partition(".")[0] for clause in named})).broken
    assert [clause for clause in named if clause not in broken] == []


@pytest.mark.parametrize("deviation", list(deviations())[::16])
def test_the_whole_contract_finds_no_cause_but_in_the_families_that_a_deviation_breaks(deviation: str) -> None:
    # `prove` says it of all of them.
    one = proof(deviation, "quick")
    assert (one.strays, bool(one.causes)) == ((), True)


@pytest.mark.parametrize("choice", ["denied", "not-found"])
def test_a_uuid_that_is_nobodys_is_found_whatever_is_said_of_it(choice: str) -> None:
    setting = Setting(deviations=("uuid-nobody-has",), rulings=(f"unknown-organization={choice}",))
    assert [one.clause for one in run(options("quick", setting)).causes] == ["organization.uuid"]


@pytest.mark.parametrize(
    "clause",
    [one.id for one in clauses().values() if one.family in FAMILIES and one.strength is not Strength.OBSERVED],
)
def test_a_binding_clause_has_three_deviations(clause: str) -> None:
    assert sum(clause in broken for broken in deviations().values()) >= 3


def test_every_family_is_proven() -> None:
    assert set(FAMILIES) == {one.family for one in clauses().values()}


@pytest.mark.parametrize("deviation", deviations())
def test_a_deviation_names_clauses(deviation: str) -> None:
    assert deviations()[deviation]
    assert set(deviations()[deviation]) <= set(clauses())
