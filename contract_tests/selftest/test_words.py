"""Which texts of a target's own are looked for: of each kind that some server errs in, one is among the first."""

from collections.abc import Callable

import pytest

from contract_tests.answers import Flow
from contract_tests.census import Census
from contract_tests.questions import LAST_MONTH
from contract_tests.words import words

# More words with small letters beyond ASCII than are looked for of a kind.
NAMES = (*("Sync new leads", "Leads  to CRM", "Ética"), "ação corações maçã limão irmãs balões", "Reports nightly")
FLOWS = tuple(Flow(name, f"Team {len(name)}", "ENABLED", len(name), 1, None, None, None) for name in NAMES)
FIRST = words((LAST_MONTH,), (Census(LAST_MONTH, FLOWS),), 50).texts[:20]


@pytest.mark.parametrize(
    ("kind", "of_it"),
    [
        ("a run of blanks", lambda text: "  " in text),
        ("letters beyond ASCII", lambda text: not text.isascii()),
        ("capitals beyond ASCII", lambda text: any(one.isupper() and not one.isascii() for one in text)),
        ("a whole name", lambda text: text in NAMES),
    ],
)
def test_a_text_of_each_kind_is_among_the_first(kind: str, of_it: Callable[[str], bool]) -> None:
    assert list(filter(of_it, FIRST)), kind


def test_a_run_of_blanks_is_some_flows_own() -> None:
    (text,) = [text for text in FIRST if "  " in text]
    assert any(text in name for name in NAMES)
