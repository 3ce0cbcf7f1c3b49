"""The report of a run that pytest itself began, one for all of pytest-xdist's workers, written where the options say.

`contract-tests run` has no need of it, and does not load it.
"""

import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from contract_tests.arguments import WrongUsage
from contract_tests.options import Options, checked
from contract_tests.plugin import COUNT, SEED, SESSION, told
from contract_tests.reports import junit
from contract_tests.reports.report import KEPT, Report, report
from contract_tests.reports.wording import summary
from contract_tests.reports.writing import check_writable, write
from contract_tests.spreading import part, together

PART = "contract_report"
SPREAD = pytest.StashKey[Options]()
REPORTS, LOST = pytest.StashKey[list[Report]](), pytest.StashKey[list[str]]()
WHOLE = pytest.StashKey[Report]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let pytest write JUnit XML where the suite's own option says so."""
    asked = getattr(config.option, "report_junit", None)
    if asked and not getattr(config.option, "xmlpath", None):
        config.option.xmlpath = asked
    config.stash[REPORTS], config.stash[LOST] = [], []


def pytest_collection_finish(session: pytest.Session) -> None:
    """Find out before a long run whether its reports can be written."""
    run = session.config.stash.get(SESSION, None)
    if run is not None and not told(session.config):
        _check_writable(run.options)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Give a worker of pytest-xdist the seed of all of them; refuse what they cannot share."""
    config: pytest.Config = node.config
    if not config.pluginmanager.hasplugin("contract-tests"):
        return
    if SPREAD not in config.stash:
        try:
            options = checked(config.option)
            part(options, node.workerinput[COUNT], options.seed)
        except WrongUsage as wrong:
            raise pytest.UsageError(str(wrong)) from None
        _check_writable(options)
        config.stash[SPREAD] = options
    node.workerinput[SEED] = config.stash[SPREAD].seed


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Take what a worker has found out; note where it died before it could say."""
    output = getattr(node, "workeroutput", {})
    if PART in output:
        node.config.stash[REPORTS].append(pickle.loads(output[PART]))  # noqa: S301  # a process that this one started
    elif error:
        node.config.stash[LOST].append(node.gateway.id)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> Iterator[None]:
    """Hand a worker's report on, or write that of the whole; what could not be judged is no success."""
    config = session.config
    begun = exitstatus != pytest.ExitCode.USAGE_ERROR
    whole = _report(config, interrupted=exitstatus == pytest.ExitCode.INTERRUPTED) if begun else None
    if whole is not None and told(config):
        config.workeroutput[PART] = pickle.dumps(whole)  # type: ignore[attr-defined]  # pytest-xdist's own
    elif whole is not None:
        config.stash[WHOLE] = whole
        write(whole)
        if exitstatus == pytest.ExitCode.OK and whole.exit_code != KEPT:
            session.exitstatus = whole.exit_code
    return (yield)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say how the whole went."""
    whole = config.stash.get(WHOLE, None)
    if whole is not None:
        terminalreporter.write_sep("-", "integrationsUsageDetails")
        for line in (*whole.crashes, summary(whole)):
            terminalreporter.write_line(line)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Put the JUnit XML, which pytest has written by now, into the contract's words, and take the secrets out."""
    whole = config.stash.get(WHOLE, None)
    if whole is not None:
        junit.redact(whole.options)
        junit.finish(whole)


def _report(config: pytest.Config, *, interrupted: bool) -> Report | None:
    """Return the report of this process, or of all workers; None where no clause was judged."""
    run = config.stash.get(SESSION, None)
    if run is not None:
        return report(run, interrupted=interrupted or run.budget.stopped)
    reports, lost = config.stash[REPORTS], config.stash[LOST]
    return together(config.stash[SPREAD], reports, lost) if reports else None


def _check_writable(options: Options) -> None:
    try:
        check_writable(options)
    except WrongUsage as wrong:
        raise pytest.UsageError(str(wrong)) from None
