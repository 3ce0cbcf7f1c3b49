"""The report into the files that the options name."""

import json
from pathlib import Path

from contract_tests.arguments import WrongUsage
from contract_tests.options import Options
from contract_tests.reports import github
from contract_tests.reports.as_json import as_json
from contract_tests.reports.report import Report


def check_writable(options: Options) -> None:
    """Find out before a long run whether its reports can be written.

    Raises:
        WrongUsage: where one cannot.

    """
    for path in (options.report_json, options.report_html, options.report_junit, options.report_markdown):
        if path is not None:
            try:
                with Path(path).open("a", encoding="utf-8"):
                    pass
            except OSError as error:
                raise WrongUsage(f"the report {path} cannot be written: {error.strerror}") from None


def write(report: Report) -> None:
    """Write every report that was asked for; JUnit XML is pytest's own to write."""
    options = report.options
    if options.report_json:
        _write(options.report_json, json.dumps(as_json(report), ensure_ascii=False, indent=2) + "\n")
    if options.report_markdown:
        _write(options.report_markdown, github.markdown(report, github.LARGEST_COMMENT))
    if options.report_html:
        # Imported here: only who wants the page waits for what renders it.
        from contract_tests.reports.as_html import as_html

        _write(options.report_html, as_html(report))


def _write(path: str, text: str) -> None:
    Path(path).write_text(text, encoding="utf-8", errors="backslashreplace")
