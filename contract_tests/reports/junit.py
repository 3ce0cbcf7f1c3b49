"""The JUnit XML that pytest writes, in the words of the contract and without a secret."""

from pathlib import Path
from xml.etree import ElementTree

from contract_tests.options import Options
from contract_tests.reports.report import Report
from contract_tests.reports.wording import WORDS
from contract_tests.verdict import Verdict

# Under this name each test carries its clause.
PROPERTY = "clause"


def redact(options: Options) -> None:
    """Take the secrets out of what pytest wrote: a traceback shows whatever a library was given."""
    path = _written(options)
    if path is not None and options.access is not None:
        path.write_text(options.access.redacted(path.read_text(encoding="utf-8")), encoding="utf-8")


def finish(report: Report) -> None:
    """Name each test by its clause, and make skipped tests of the failed ones that only warn."""
    path = _written(report.options)
    if path is None:
        return
    tree = ElementTree.parse(path)  # noqa: S314  # pytest's own file
    warnings = {judgement.clause for judgement in report.warnings}
    for suite in tree.iter("testsuite"):
        for test in suite.iter("testcase"):
            clause = next((one.get("value") for one in test.iter("property") if one.get("name") == PROPERTY), None)
            if clause is None:
                continue
            test.set("name", f"{clause}: {test.get('name', '').removeprefix('test_').replace('_', ' ')}")
            if clause in warnings:
                _only_warn(suite, test)
    tree.write(path, encoding="utf-8", xml_declaration=True)


def _written(options: Options) -> Path | None:
    path = Path(options.report_junit) if options.report_junit else None
    return path if path is not None and path.exists() else None


def _only_warn(suite: ElementTree.Element, test: ElementTree.Element) -> None:
    for failure in test.findall("failure"):
        failure.tag = "skipped"
        failure.set("type", "warning")
        failure.set("message", f"{WORDS[Verdict.BROKEN]}, a warning: {failure.get('message', '')}")
        for counter, change in (("failures", -1), ("skipped", 1)):
            suite.set(counter, str(int(suite.get(counter, "0")) + change))
