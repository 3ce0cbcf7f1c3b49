"""The words of the command line, as a parser takes them."""

import argparse

import pytest

from contract_tests.options import add_options


@pytest.mark.parametrize("written", [("--only", "totals", "page.size"), ("--only=totals", "--only=page.size")])
def test_several_clauses_are_named_at_once_or_one_after_another(written: tuple[str, ...]) -> None:
    parser = argparse.ArgumentParser()
    add_options(parser.add_argument)
    assert parser.parse_args(written).only == ["totals", "page.size"]
