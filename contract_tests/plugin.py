"""The pytest plugin: the run's options, its session as a fixture, and the comparison that a failed clause made."""

from collections.abc import Iterator
from typing import Any

import pytest

from contract_tests.arguments import WrongUsage
from contract_tests.assertions import Assertion
from contract_tests.options import Options, add_options, checked
from contract_tests.reports import junit
from contract_tests.session import Session
from contract_tests.spreading import part

SESSION = pytest.StashKey[Session]()
# What a worker of pytest-xdist is told by the process that spreads the tests.
SEED, COUNT, NAME, FIRST = "contract_seed", "workercount", "workerid", "gw0"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the run's options, but for `--strict`, which pytest has and means much the same by."""
    group = parser.getgroup("contract", "the integrationsUsageDetails contract")

    def add(flag: str, **settings: Any) -> None:
        if flag != "--strict":
            group.addoption(flag, **settings)

    add_options(add)


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker that every clause's test carries."""
    config.addinivalue_line("markers", "clause(id): the test judges this clause of the contract")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the clauses that were not asked for, and put the others in the contract's order."""
    if not any(item.get_closest_marker("clause") for item in items):
        return
    run = session_of(config)
    selected = list(run.options.selected)
    chosen = [item for item in items if _is_asked_for(run.options, item)]
    left_out = [item for item in items if item not in chosen]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
    for item in chosen:
        if assertion := _assertion_of(item):
            item.user_properties.append((junit.PROPERTY, assertion.clause))
    items[:] = sorted(chosen, key=lambda item: selected.index(clause) if (clause := clause_of(item)) else -1)
    workers = told(config).get(COUNT, 1)
    run.expect((assertion for item in items if (assertion := _assertion_of(item))), workers)


@pytest.fixture(scope="session")
def session(request: pytest.FixtureRequest) -> Iterator[Session]:
    """The run against the target that the options name."""
    run = session_of(request.config)
    yield run
    if told(request.config).get(NAME, FIRST) == FIRST:
        run.observe()
    run.close()


@pytest.hookimpl(tryfirst=True)
def pytest_assertrepr_compare(config: pytest.Config, op: str, left: object, right: object) -> None:
    """Keep what a clause compared: on the left what came, on the right what was expected."""
    del op
    run = config.stash.get(SESSION, None)
    if run is not None:
        run.compared = (left, right)


def session_of(config: pytest.Config) -> Session:
    """Return the run of this pytest invocation, made from its options unless one was given."""
    if SESSION not in config.stash:
        try:
            options, worker = checked(config.option), told(config)
            config.stash[SESSION] = Session(part(options, worker[COUNT], worker[SEED]) if worker else options)
        except WrongUsage as wrong:
            raise pytest.UsageError(str(wrong)) from None
    return config.stash[SESSION]


def told(config: pytest.Config) -> dict[str, Any]:
    """Return what pytest-xdist told this process as one of its workers; nothing where it is none."""
    return getattr(config, "workerinput", {})


def _is_asked_for(options: Options, item: pytest.Item) -> bool:
    """Whether a test judges a clause that is selected; of a recorded finding it has to be the test that made it."""
    clause = clause_of(item)
    if clause is None:
        return True
    recorded = options.recorded.get(clause)
    return clause in options.selected and (recorded is None or recorded.test in ("", item.name))


def _assertion_of(item: pytest.Item) -> Assertion[Any] | None:
    """Return what a test of a clause asserts, or None for a test of another kind, whatever it is marked as."""
    found = getattr(getattr(item, "function", None), "assertion", None)
    return found if isinstance(found, Assertion) else None


def clause_of(item: pytest.Item) -> str | None:
    """Return the clause that a test judges, or None for a test that judges none."""
    marker = item.get_closest_marker("clause")
    return str(marker.args[0]) if marker else None
