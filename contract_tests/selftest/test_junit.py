"""JUnit XML in the words of the contract."""

from pathlib import Path
from xml.etree import ElementTree

from contract_tests import contract
from contract_tests.selftest.runs import command
from mock_server.serving import MockServer
from mock_server.worlds import load


def test_what_only_warns_fails_no_test_in_junit_xml_and_each_test_has_the_name_of_its_clause(tmp_path: Path) -> None:
    junit = tmp_path / "junit.xml"
    with MockServer(load("documented"), deviations=("stats-count-runs",)) as server:
        organization = server.world.organizations[0].id
        arguments = ("--target", server.url, "--organization-id", organization, "--only", "stats")
        warned = command("run", *arguments, "--report-junit", str(junit))
        suite, tests = suite_of(junit)
        assert (warned.returncode, suite["failures"]) == (0, "0")
        assert "broken, a warning: " in str(tests["stats.usage"])
        failed = command("run", *arguments, "--report-junit", str(junit), "--strict")
    suite, tests = suite_of(junit)
    assert (failed.returncode, suite["failures"], "broken, a warning" in str(tests)) == (1, "1", False)
    assert list(tests) == [clause for clause in contract.clauses() if clause.startswith("stats.")]


def suite_of(junit: Path) -> tuple[dict[str, str], dict[str, list[str | None]]]:
    """Return what a file says of all tests together, and by clause what is said of each that did not pass."""
    suite = ElementTree.parse(junit).getroot()[0]  # our own file
    tests = {
        test.get("name", "").partition(": ")[0]: [one.get("message") for one in test if one.tag != "properties"]
        for test in suite.iter("testcase")
    }
    return suite.attrib, tests
