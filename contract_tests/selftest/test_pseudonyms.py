"""What stands for a name behaves as the name did."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.readings import COLLATIONS
from contract_tests.recording.pseudonyms import CannotHide, Pseudonyms
from mock_server.awkward import FLOW_NAMES, PROJECT_NAMES
from mock_server.generating import generate

NAMES = sorted({*FLOW_NAMES, *PROJECT_NAMES, "Sales", "Sales Ops", "Salesforce sync", "sync: sales", "Заявка"})
# Letters of several alphabets, with and without case and accents, beside digits, marks, blanks and pictures.
SOME_NAMES = st.lists(st.text("abcxyzABZéÉñüжЖאבבגبت0159 _-%.&'\u0301日の🚀🧪", min_size=1, max_size=12), max_size=12)


def shape(text: str) -> list[str]:
    """The class of each sign, letters' case and accents with it."""
    return [unicodedata.category(sign) + unicodedata.normalize("NFD", sign)[1:] for sign in text]


@given(SOME_NAMES, st.binary(min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_names_keep_their_order_shape_and_difference(names: list[str], key: bytes) -> None:
    pseudonyms = Pseudonyms(names, key)
    renamed = [pseudonyms.of(name) for name in sorted(set(names))]
    assert renamed == sorted(renamed)
    assert len(set(renamed)) == len(set(names))
    assert [shape(one) for one in renamed] == [shape(name) for name in sorted(set(names))]


@pytest.mark.parametrize("collation", COLLATIONS)
def test_names_sort_as_they_did_under_a_collation_that_was_seen(collation: str) -> None:
    key = COLLATIONS[collation]
    pseudonyms = Pseudonyms(NAMES, b"a key", [key])
    order = [key(pseudonyms.of(name)) for name in sorted(NAMES, key=key)]
    assert (pseudonyms.misplaced, order == sorted(order)) == (0, True)


def test_a_word_stands_for_one_word_wherever_it_is() -> None:
    pseudonyms = Pseudonyms(NAMES, b"a key")
    word = pseudonyms.of("Sales")
    assert pseudonyms.of("Sales Ops").split()[0] == word
    assert pseudonyms.of("Salesforce sync").startswith(word)
    assert pseudonyms.of("sync: sales").split()[1] == word.lower()


def test_accents_and_case_fold_as_they_did() -> None:
    pseudonyms = Pseudonyms(NAMES, b"a key")
    with_accents, without = pseudonyms.of("Émigrer les données"), pseudonyms.of("Emigrer les donnees")
    assert (with_accents != without, COLLATIONS["accents-folded"](with_accents)) == (True, without.casefold())
    assert pseudonyms.of("zebra intake") == pseudonyms.of("Zebra Intake").casefold()


def test_no_word_of_an_original_is_left() -> None:
    pseudonyms = Pseudonyms(NAMES, b"a key")
    words = {word.casefold() for name in NAMES for word in name.split() if len(word) >= 4 and word.isalpha()}
    assert [name for name in map(pseudonyms.of, NAMES) if words & set(name.casefold().split())] == []


@pytest.mark.parametrize("key", [b"12", b"187", b"234"])
def test_no_word_of_an_original_is_left_inside_another(key: bytes) -> None:
    own = generate(100, 20, "en_US").organizations[0]
    names = {flow.name for flow in own.flows} | {project.name for project in own.projects}
    words = {word for name in names for word in re.findall(r"[a-z]{4,}", name)}
    renamed = "\n".join(map(Pseudonyms(names, key).of, names))
    assert [word for word in words if word in renamed] == []


def test_the_key_makes_the_pseudonyms() -> None:
    one, again, other = (Pseudonyms(NAMES, key) for key in (b"a key", b"a key", b"another"))
    assert [one.of(name) for name in NAMES] == [again.of(name) for name in NAMES]
    assert [one.of(name) for name in NAMES] != [other.of(name) for name in NAMES]


def test_letters_that_none_can_stand_for_are_not_hidden_in_silence() -> None:
    with pytest.raises(CannotHide, match="another key"):
        Pseudonyms(["ßßßß"], b"a key")
