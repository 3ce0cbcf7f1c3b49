"""However much the first tests take, the later ones have what is kept for them."""

from hypothesis import given
from hypothesis import strategies as st

from contract_tests import contract
from contract_tests.allotting import FOR_OBSERVATIONS, Allotment
from contract_tests.assertions import Assertion
from contract_tests.budget import Budget
from contract_tests.scopes import Listed, Suspected


def asserting(*clauses: str) -> list[Assertion[str]]:
    """Return what a test of each clause might assert."""
    return [Assertion(clause, Listed(("something",)), lambda *_: None) for clause in clauses]


CLAUSES = asserting(*contract.clauses())
SIZE, FULL, NAME = asserting("page.size", "page.full", "sort.name")


@given(st.lists(st.booleans(), min_size=len(CLAUSES), max_size=len(CLAUSES)), st.integers(0, 100))
def test_whoever_takes_all_it_may_leaves_the_others_their_own(greedy: list[bool], opening: int) -> None:
    budget = Budget(400, 60, spent=opening)
    allotment = Allotment(budget, observes=True)
    allotment.expect(CLAUSES)
    for assertion, takes_all in zip(CLAUSES, greedy, strict=True):
        share = allotment.share(assertion)
        if takes_all:
            budget.spent += share.most or 0
        assert allotment.end(assertion)
    assert budget.spent <= 400 - FOR_OBSERVATIONS


def test_the_first_mismatch_of_a_family_may_take_of_what_others_were_to_have_to_be_asked_again() -> None:
    allotment = Allotment(Budget(400, 60, spent=300), observes=False)
    allotment.expect((SIZE, FULL, NAME))
    assert allotment.share(SIZE).doubt == 50
    allotment.end(SIZE, broken=True)
    assert [allotment.share(assertion).doubt for assertion in (FULL, NAME)] == [0, 50]


def test_a_mismatch_that_did_not_come_again_leaves_the_next_of_its_family_less() -> None:
    allotment = Allotment(Budget(400, 60, spent=300), observes=False)
    allotment.expect((SIZE, FULL, NAME))
    allotment.doubt(SIZE)
    assert [allotment.share(assertion).doubt for assertion in (FULL, NAME)] == [25, 50]


def test_nothing_is_kept_for_a_test_of_what_others_suspect() -> None:
    suspicious = Assertion("consistency.isolated", Suspected("something"), lambda *_: None)
    allotment = Allotment(Budget(400, 60, spent=300), observes=False)
    allotment.expect((SIZE, suspicious))
    assert allotment.share(SIZE).most == 100


def test_the_last_test_of_a_clause_is_known() -> None:
    allotment = Allotment(Budget(400, 60), observes=False)
    allotment.expect((SIZE, SIZE, FULL))
    assert [allotment.end(assertion) for assertion in (SIZE, FULL, SIZE)] == [False, True, True]


def test_a_worker_shares_among_its_own_tests() -> None:
    shares = []
    for workers in (1, 2):
        allotment = Allotment(Budget(4_000, 60), observes=False)
        allotment.expect(CLAUSES, workers)
        shares.append(allotment.share(CLAUSES[0]).requests)
    assert shares[0] < shares[1]
