from pathlib import Path

import pytest

from contract_tests.arguments import WrongUsage
from contract_tests.budget import Budget
from contract_tests.observations import OBSERVATIONS
from contract_tests.observing import Change, baseline, changes, observe, save
from contract_tests.opening import opened
from contract_tests.options import Setting
from contract_tests.proving import options
from contract_tests.questions import LAST_MONTH
from contract_tests.scene import Scene
from contract_tests.words import words
from mock_server.rulings import RULINGS

# The rulings whose choices an observation can tell apart by their own names.
PAGES = ("page-cap", "page-default", "first-zero", "first-negative", "bad-cursor", "cursor-style", "search-case")
FILTERS = ("search-accents", "search-words", "unknown-status", "status-case", "field-case", "by-alone", "introspection")
TOLD = (*PAGES, *FILTERS)
# What a cursor that tells nothing is bound to is seen elsewhere: `foreign-cursor` tells them apart.
NOT_TOLD = {"page-cap=none", "page-default=cap", "cursor-style=bound", "cursor-style=keyset"}


def choices() -> list[tuple[str, str]]:
    return [(name, choice) for name in TOLD for choice in RULINGS[name].choices if f"{name}={choice}" not in NOT_TOLD]


def seen(setting: Setting, name: str) -> str:
    with opened(options("quick", setting), Budget(500, 60)) as target:
        return OBSERVATIONS[name](Scene(target, words([LAST_MONTH], [target.census(LAST_MONTH)], target.largest)))


@pytest.mark.parametrize(("name", "choice"), choices())
def test_what_a_server_does_is_observed_by_the_name_of_the_ruling(name: str, choice: str) -> None:
    world = "busy" if name in ("page-cap", "page-default") else None
    assert seen(Setting(world=world, rulings=(f"{name}={choice}",)), name) == choice


def test_blanks_around_a_text_are_observed() -> None:
    assert seen(Setting(rulings=("search-blanks=trimmed",)), "search-blanks") == "trimmed"
    assert seen(Setting(), "search-blanks") == "kept"


def test_what_a_cursor_of_another_order_stands_for_is_observed() -> None:
    settings = [Setting(rulings=(f"cursor-style={style}",)) for style in ("offset", "opaque", "bound", "keyset")]
    assert [seen(setting, "foreign-cursor") for setting in settings] == [
        "a position",
        "a position",
        "refused",
        "its flow",
    ]


def test_everything_is_observed_once() -> None:
    with opened(options("quick", Setting()), Budget(500, 60)) as target:
        found = observe(target, words([LAST_MONTH], [target.census(LAST_MONTH)], target.largest))
    assert set(found) == set(OBSERVATIONS)
    assert found["refusal-of-member"] == "HTTP 200, PERMISSION_DENIED"
    assert found["status-order"] == "DISABLED, ENABLED"


def test_a_target_that_does_not_answer_is_not_asked_for_ever() -> None:
    with opened(options("quick", Setting()), Budget(500, 60)) as target:
        found = observe(target, words([LAST_MONTH], [target.census(LAST_MONTH)], target.largest))
        target.memory.client.budget.max_requests = 0
        with target.memory.forgetting():
            spent = observe(target, words([LAST_MONTH], [], target.largest))
    assert set(spent.values()) == {"not seen"} < set(found.values())


def test_what_was_not_seen_has_not_changed() -> None:
    before = {"page-cap": "50", "introspection": "not seen", "tie-break": "name"}
    now = {"page-cap": "25", "introspection": "on", "tie-break": "not seen", "search-case": "exact"}
    assert changes(before, now) == (Change("page-cap", "50", "25"),)
    assert str(Change("page-cap", "50", "25")) == "page-cap was 50 and is 25"


def test_a_saved_baseline_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    save(file, {"page-cap": "50"})
    assert baseline(options("quick", Setting(), baseline=str(file))) == {"page-cap": "50"}


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "is not JSON"), ("[]", "holds no observations"), ('{"observations": {"a": 1}}', "holds no observations")],
)
def test_a_baseline_that_is_none_is_said_so(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(text)
    with pytest.raises(WrongUsage, match=said):
        baseline(options("quick", Setting(), baseline=str(file)))


def test_a_missing_baseline_is_said_so_unless_it_is_to_be_written(tmp_path: Path) -> None:
    missing = str(tmp_path / "none.json")
    with pytest.raises(WrongUsage, match="cannot be read"):
        baseline(options("quick", Setting(), baseline=missing))
    assert baseline(options("quick", Setting(), baseline=missing, update=True)) == {}
