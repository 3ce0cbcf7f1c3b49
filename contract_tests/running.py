"""A run from its options to its report: pytest collects the clauses and runs them, quietly."""

import os
import signal
import tempfile
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis.configuration import set_hypothesis_home_dir

from contract_tests import plugin
from contract_tests.options import Options
from contract_tests.reports import junit
from contract_tests.reports.report import Report, report
from contract_tests.session import Listener, Session

INTERRUPTED = pytest.ExitCode.INTERRUPTED
FINE = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED, INTERRUPTED)

# What a project sets for its own tests, in the environment that this run may share.
OTHERS = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DEBUG")

ENDINGS = (pytest.fail.Exception, pytest.skip.Exception, pytest.exit.Exception, KeyboardInterrupt)


class InternalError(Exception):
    """The suite itself failed; the text is what pytest said of it."""


class _Given:
    """Hands a session that is already made to the plugin, and keeps what went wrong inside the suite."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.crashes: list[str] = []

    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[plugin.SESSION] = self.session

    def pytest_internalerror(self, excrepr: object) -> bool:
        self.crashes.append(str(excrepr))
        return True

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.crashes.append(str(report.longrepr))

    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> None:
        """A clause's test fails or is skipped, and nothing else."""
        if call.excinfo is not None and not call.excinfo.errisinstance(ENDINGS):
            self.crashes.append("".join(traceback.format_exception(call.excinfo.value)))


def run(options: Options, listener: Listener | None = None) -> Report:
    """Judge the target and return the report; an interrupted run reports what it has judged.

    Raises:
        InternalError: where the suite itself fails.

    """
    session = Session(options, listener)
    given = _Given(session)
    arguments = ["--pyargs", "contract_tests.clauses", "--disable-plugin-autoload", "-p", "no:terminal"]
    arguments += [
        "--capture=no",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:logging",
        # Collects all garbage, twice, to find what this run's own listener would find.
        "-p",
        "no:unraisableexception",
        "--import-mode=importlib",
        "--strict-markers",
    ]
    # Neither the settings nor the conftest.py of a project that the suite is installed in are the suite's.
    home = str(Path(__file__).parent)
    arguments += ["-c", os.devnull, "--rootdir", home, "--confcutdir", home]
    if options.report_junit:
        arguments += ["--junitxml", options.report_junit, "-o", "junit_family=xunit2"]
    try:
        with _interruptible(session), _nothing_left_behind(), _unasked():
            code = pytest.main(arguments, plugins=[plugin, given])
    finally:
        session.close()
        junit.redact(options)
    if given.crashes or code not in FINE:
        crash = "\n".join(given.crashes) or f"pytest ended with {code}"
        # What fails inside a library may quote what it was given.
        raise InternalError(options.access.redacted(crash) if options.access else crash)
    made = report(session, interrupted=session.budget.stopped or code == INTERRUPTED)
    junit.finish(made)
    return made


@contextmanager
def _nothing_left_behind() -> Iterator[None]:
    """Keep what Hypothesis keeps in a folder that goes with the run."""
    with tempfile.TemporaryDirectory() as folder:
        set_hypothesis_home_dir(folder)
        try:
            yield
        finally:
            set_hypothesis_home_dir(None)


@contextmanager
def _unasked() -> Iterator[None]:
    """Run pytest without what the environment asks of a project's own tests."""
    kept = {name: os.environ.pop(name) for name in OTHERS if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)


@contextmanager
def _interruptible(session: Session) -> Iterator[None]:
    """Let Ctrl-C stop the run, in whatever library it arrives."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        session.budget.stopped = True
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
