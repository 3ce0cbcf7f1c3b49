"""The command line of the suite."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from contract_tests import contract
from contract_tests.arguments import WrongUsage
from contract_tests.options import Options, add_options, add_record_options, add_target_options, checked

WRONG_USAGE, INTERNAL_ERROR = 4, 3
# So many objects come before the garbage collector looks at the youngest: answers are kept for the whole of a run, and
# looking at them again and again takes a tenth of it.
COLLECTED = 50_000


class _Parser(argparse.ArgumentParser):
    """Leaves wrong usage in one line, with the suite's own exit code."""

    def error(self, message: str) -> None:  # type: ignore[override]  # it does not return, which mypy wants said twice
        raise WrongUsage(message)


class _Version(argparse.Action):
    """Prints the version, which is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from contract_tests.reports.report import suite_version

        print(parser.prog, suite_version())
        parser.exit(0)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 kept, 1 broken, 2 interrupted, 3 internal error, 4 wrong usage, 6 not judged."""
    gc.set_threshold(COLLECTED)
    try:
        sys.exit(_command(arguments))
    except WrongUsage as wrong:
        print(f"contract-tests: {wrong}", file=sys.stderr)
        sys.exit(WRONG_USAGE)
    except KeyboardInterrupt:
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read a list has read enough of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    finally:
        # All of it goes with the process: looking through it once more, for cycles, takes longer than a clause.
        gc.freeze()


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line, a parser for each command."""
    parser = _Parser(prog="contract-tests", description="Judge a server of integrationsUsageDetails by its contract.")
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version, and end")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    run = commands.add_parser("run", help="judge the embedded mock, or any server", allow_abbrev=False)
    add_options(run.add_argument)
    replay = commands.add_parser("replay", help="ask again what a report found", allow_abbrev=False)
    replay.add_argument("report", metavar="REPORT", help="a file that --report-json wrote")
    replay.add_argument("clause", nargs="?", metavar="CLAUSE", help="the finding of this clause only (default: all)")
    add_target_options(replay.add_argument)
    record = commands.add_parser("record", help="write a live organization as an anonymous world", allow_abbrev=False)
    add_record_options(record.add_argument)
    compare = commands.add_parser("compare", help="say what changed between two reports", allow_abbrev=False)
    compare.add_argument("before", metavar="REPORT", help="a file that --report-json wrote")
    compare.add_argument("now", metavar="REPORT", help="a later one, or one of another server")
    compare.add_argument("--json", metavar="FILE", help="write what changed as JSON to this file, - for here")
    prove = commands.add_parser("prove", help="judge the mock with each deviation: the kill matrix")
    prove.add_argument("deviations", nargs="*", metavar="DEVIATION", help="these only (default: all)")
    prove.add_argument("--profile", default="ci", help="how much to ask of each (default: ci)")
    prove.add_argument("--jobs", type=int, default=None, metavar="N", help="how many at a time (default: one a core)")
    commands.add_parser("clauses", help="list the clauses with their sources")
    return parser


def _command(arguments: Sequence[str] | None) -> int:
    given = parser().parse_args(arguments)
    if given.command == "clauses":
        return _clauses()
    if given.command == "prove":
        from contract_tests.proving import command as prove_all

        return prove_all(given.deviations, given.profile, given.jobs)
    if given.command == "replay":
        return _replay(given)
    if given.command == "compare":
        from contract_tests.comparing import command as compare_reports

        return compare_reports(given.before, given.now, given.json)
    if given.command == "record":
        from contract_tests.recording.command import command as record_all

        return record_all(given)
    return _run(checked(given))


def _clauses() -> int:
    for clause in contract.clauses().values():
        print(f"{clause.id}  ({clause.strength.value})\n    {clause.sentence}\n    {clause.source}")
    sys.stdout.flush()
    return 0


def _run(options: Options) -> int:
    """Judge, print, and write the reports that were asked for."""
    # Imported here, after the options are known to be sound, so that wrong usage is said at once.
    from contract_tests.reports import github
    from contract_tests.reports.terminal import Terminal
    from contract_tests.reports.writing import check_writable, write
    from contract_tests.running import InternalError
    from contract_tests.running import run as judge

    check_writable(options)
    with github.shielded(os.environ):
        terminal = Terminal(options)
        try:
            report = judge(options, terminal)
        except InternalError as error:
            terminal.close()
            return _internal(error)
        terminal.conclude(report)
    github.publish(report, os.environ)
    write(report)
    if options.update_baseline and options.baseline and report.observations:
        from contract_tests.observing import save

        try:
            save(Path(options.baseline), report.observations)
        except OSError as error:
            raise WrongUsage(f"the baseline {options.baseline} cannot be written: {error.strerror}") from None
    return report.exit_code


def _replay(given: argparse.Namespace) -> int:
    """Ask a report's findings again."""
    from contract_tests.replaying import command as replay
    from contract_tests.reports import github
    from contract_tests.running import InternalError

    with github.shielded(os.environ):
        try:
            return replay(given.report, given.clause, given)
        except InternalError as error:
            return _internal(error)


def _internal(error: Exception) -> int:
    print(f"contract-tests: internal error, please report it\n{error}", file=sys.stderr)
    return INTERNAL_ERROR


if __name__ == "__main__":
    main()
