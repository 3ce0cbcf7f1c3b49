import json
import re
from pathlib import Path

import pytest
from graphql import parse, validate

from contract_tests import contract
from contract_tests.conformity import misfits
from contract_tests.contract import Clause

CLAUSES = Path(contract.__file__).parent / "clauses"


def judged() -> set[str]:
    return {
        found
        for file in CLAUSES.glob("test_*.py")
        for found in re.findall(r'^@clause\(\s*"([^"]+)"', file.read_text(), re.MULTILINE)
    }


def test_every_clause_is_judged_and_nothing_that_is_none() -> None:
    assert judged() == set(contract.clauses())


def test_each_family_stands_in_a_file_of_its_name() -> None:
    for file in CLAUSES.glob("test_*.py"):
        families = {found.partition(".")[0] for found in re.findall(r'@clause\(\s*"([^"]+)"', file.read_text())}
        assert families == {file.stem.removeprefix("test_")}


@pytest.mark.parametrize("clause", contract.clauses().values(), ids=str)
def test_a_clause_rests_on_clauses(clause: Clause) -> None:
    assert set(clause.rests_on) <= set(contract.clauses()) - {clause.id}


def test_no_two_clauses_rest_on_each_other() -> None:
    def grounds(name: str, path: tuple[str, ...] = ()) -> None:
        assert name not in path, " -> ".join((*path, name))
        for ground in contract.clauses()[name].rests_on:
            grounds(ground, (*path, name))

    for name in contract.clauses():
        grounds(name)


@pytest.mark.parametrize("name", [contract.DETAILS, contract.STATS, contract.ORGANIZATION])
def test_a_documented_operation_is_valid(name: str) -> None:
    assert validate(contract.documented_schema(), parse(contract.operation(name))) == []


def test_the_documented_response_has_the_documented_form() -> None:
    response = json.loads((contract.SCHEMA / "operations" / f"{contract.DETAILS}.response.json").read_text())
    found = misfits(response["data"], contract.operation(contract.DETAILS), contract.documented_schema())
    assert list(found) == []
