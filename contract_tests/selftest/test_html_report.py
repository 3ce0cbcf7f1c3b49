"""The report as a page: what it says, that it loads nothing, and how a browser lays it out."""

from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from contract_tests import contract
from contract_tests.access import Access
from contract_tests.judgements import Finding, Judgement
from contract_tests.observing import Change
from contract_tests.options import Setting
from contract_tests.proving import options
from contract_tests.reports.as_html import as_html
from contract_tests.reports.report import Report
from contract_tests.running import run
from contract_tests.selftest.chromium import ABSENT, PROGRAM, laid_out
from contract_tests.verdict import Verdict

HOSTILE = "</title><script>alert(1)</script><img src=http://127.0.0.1:1/x onerror=alert(2)>'\"\x00\u202e" + "w" * 300
FAMILIES = ("totals", "page", "filter")


class _Elements(HTMLParser):
    """Keeps the elements of a page and their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    @property
    def names(self) -> set[str]:
        return {name for name, _ in self.found}


def broken(deviation: str, world: str | None = None) -> Report:
    judged = run(options("quick", Setting(world=world, deviations=(deviation,)), FAMILIES))
    return replace(judged, options=replace(judged.options, report_json="out/the report.json"))


def unreachable() -> Report:
    access = Access("http://127.0.0.1:1/graphql", "a-token", "1")
    return run(replace(options("quick", Setting()), access=access, max_seconds=2))


def hostile() -> Report:
    finding = Finding({"search": HOSTILE, "case": [HOSTILE]}, HOSTILE, [HOSTILE], (), HOSTILE, HOSTILE)
    judgements = (
        Judgement("totals.flows", Verdict.BROKEN, HOSTILE, finding=finding, notes=(HOSTILE,)),
        Judgement("totals.tasks", Verdict.INCONCLUSIVE, HOSTILE, notes=(HOSTILE,)),
    )
    report = replace(unreachable(), judgements=judgements, target=HOSTILE, trouble=HOSTILE, crashes=(HOSTILE,))
    return replace(
        report, observations={HOSTILE: HOSTILE}, changes=(Change(HOSTILE, HOSTILE, HOSTILE),), organization_uuid=HOSTILE
    )


MAKERS: dict[str, Callable[[], Report]] = {
    "kept": lambda: run(options("quick", Setting())),
    "cursor-inclusive": lambda: broken("cursor-inclusive"),
    "page-only-totals": lambda: broken("page-only-totals"),
    "or-for-and": lambda: broken("or-for-and", "awkward-names"),
    "unreachable": unreachable,
    "hostile": hostile,
}


@pytest.fixture(scope="module", params=MAKERS)
def page(request: pytest.FixtureRequest) -> str:
    return as_html(MAKERS[request.param]())


@pytest.fixture(scope="module")
def inclusive() -> str:
    return as_html(MAKERS["cursor-inclusive"]())


def test_a_page_loads_nothing_and_runs_nothing(page: str) -> None:
    elements = _Elements(page)
    assert not elements.names & {"script", "img", "link", "iframe", "object", "form", "base"}
    linked = [attributes[name] for _, attributes in elements.found for name in ("href", "src") if name in attributes]
    assert [link for link in linked if not (link or "").startswith("#")] == []
    assert [name for _, attributes in elements.found for name in attributes if name.startswith("on")] == []


def test_every_link_leads_somewhere(page: str) -> None:
    elements = [attributes for _, attributes in _Elements(page).found]
    targets = [attributes["id"] for attributes in elements if "id" in attributes]
    assert len(targets) == len(set(targets))
    links = {str(attributes["href"])[1:] for attributes in elements if "href" in attributes}
    assert links <= set(targets)


def test_what_hides_other_text_is_shown_by_its_number() -> None:
    page = as_html(hostile())
    assert ("\x00" in page, "\u202e" in page, "\\x00\\u202e" in page) == (False, False, True)


def test_a_run_that_keeps_the_contract_lists_every_clause_with_a_word() -> None:
    page = as_html(MAKERS["kept"]())
    assert [name for name in contract.clauses() if f'<li id="{name}">' not in page] == []
    assert page.count('<span class="badge kept">') > 50
    assert ("Findings" in page, "How long the answers took" in page) == (False, True)


def test_a_finding_is_shown_with_its_walk_and_how_to_ask_again(inclusive: str) -> None:
    assert "↺ came again" in inclusive
    assert "∅ never came" in inclusive
    assert "contract-tests replay &#39;out/the report.json&#39; page.end-cursor" in inclusive
    assert "$PIPEFY_TOKEN" in inclusive


def test_a_flow_that_does_not_belong_is_marked() -> None:
    assert "✗ not in the whole set" in as_html(MAKERS["or-for-and"]())


def test_a_target_that_is_not_there_is_said_once() -> None:
    page = as_html(unreachable())
    assert page.count("The target cannot be judged") == 1
    assert "How long the answers took" not in page


@pytest.mark.skipif(PROGRAM is None, reason=ABSENT)
@pytest.mark.parametrize("width", [390, 1200])
def test_no_page_scrolls_sideways(page: str, width: int, tmp_path: Path) -> None:
    seen = laid_out(page, width, tmp_path)
    assert seen["scrolled"] == seen["width"] <= width
    assert (seen["beyond"], seen["spilt"], seen["small"]) == ([], [], [])


@pytest.mark.skipif(PROGRAM is None, reason=ABSENT)
def test_a_page_is_light_or_dark_as_its_reader_likes_it(inclusive: str, tmp_path: Path) -> None:
    light, dark = (laid_out(inclusive, 390, tmp_path, dark=dark) for dark in (False, True))
    assert (light["background"], light["ink"]) != (dark["background"], dark["ink"])
    assert (light["headline"], light["pages"]) == ("✗ broken", dark["pages"])
    assert light["pages"] >= 3
