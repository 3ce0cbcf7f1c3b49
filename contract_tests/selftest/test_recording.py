"""One mock recorded from another: the same in all but names, and not a name of it in any byte."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest

from contract_tests.access import Access
from contract_tests.answers import Flow
from contract_tests.budget import Budget
from contract_tests.opening import opened
from contract_tests.options import Setting
from contract_tests.proving import options
from contract_tests.questions import PERIODS, Question, Sort
from contract_tests.running import run
from contract_tests.selftest.runs import command
from contract_tests.stats import Stats
from contract_tests.target import Target
from contract_tests.verdict import CannotJudge
from mock_server.generating import generate
from mock_server.observed import observed
from mock_server.records import Role, World
from mock_server.rulings import ruled
from mock_server.serving import MockServer
from mock_server.shipped import WORLD_SCHEMA
from mock_server.worlds import load

CANARY = "canary-Rk8PzT2mWq5x"
SORTS = (None, *(Sort(by, order) for by in ("usage", "name", "status") for order in ("asc", "desc")))
# Worlds of several kinds, each under rulings that show in it.
SETTINGS = {
    "awkward-names": ("search-accents=folded", "name-collation=accents-folded"),
    "ties": ("tie-break=reverse-listed", "page-cap=5"),
    "twins": ("tie-break=name", "last-3-months=before-current"),
    "nulls": (
        "idle-flows=listed",
        "idle-days=whole-window",
        "last-run=ever",
        "denial=null",
        "unknown-organization=null",
    ),
    "statuses": ("status-order=rank", "instants=offset", "bad-cursor=empty", "cursor-style=keyset"),
    "all-equal": ("cursor-style=opaque", "order-alone=by-usage", "by-alone=descending"),
    "empty": ("idle-days=until-now",),
    "january": ("stats=absent", "instants=fractions", "order-type=string", "unknown-status=refused"),
    "100": (
        *("page-cap=none", "page-default=cap", "cursor-style=bound", "order-type=string", "order-case=folded"),
        *("unknown-organization=not-found", "not-found-code=GONE", "not-found-status=404"),
        *("denied-code=FORBIDDEN", "denied-status=403"),
        *("refusal-body=graphql", "unauthorized-code=UNAUTHENTICATED", "invalid-code=BAD_USER_INPUT"),
    ),
}
# A run of the whole contract on both takes its time.
JUDGED = ("awkward-names", "twins", "nulls", "statuses", "empty", "january", "100")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A mock and the recording of it: both served, with what was written."""

    original: World
    access: Access
    again: Access
    world: str
    written: str
    said: str


@pytest.fixture(scope="module", params=SETTINGS)
def recorded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    name = request.param
    world = canary(generate(int(name)) if name.isdigit() else load(name))
    out = tmp_path_factory.mktemp("recording") / "world.json"
    with MockServer(world, ruled(SETTINGS[name])) as server:
        asked = access(world, server)
        arguments = ("--target", server.url, "--rate", "1000/s", "--max-requests", "2000", "--out", str(out))
        done = command(
            "record",
            *arguments,
            "--organization-id",
            str(asked.organization_id),
            token=CANARY,
            member_token=asked.member_token,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        beside = out.with_name("world.observations.json")
        with MockServer(load(out), ruled(observed(str(beside)).settings)) as again:
            file, written = out.read_text(), out.read_text() + beside.read_text()
            yield Recorded(world, asked, access(again.world, again), file, written, done.stdout + done.stderr)


def canary(world: World) -> World:
    first, *others = world.callers
    return replace(world, callers=(replace(first, token=CANARY), *others))


def access(world: World, server: MockServer) -> Access:
    member = next((caller.token for caller in world.callers if caller.role == Role.NORMAL), None)
    own, foreign = world.organizations[0], world.organizations[1]
    return Access(server.url, world.callers[0].token, own.id, None, member, foreign.uuid)


@contextmanager
def target(access: Access) -> Iterator[Target]:
    with opened(options("quick", Setting(), access=access), Budget(2000, 60)) as found:
        yield found


def shown(flow: Flow) -> tuple[object, ...]:
    """What a recording keeps as it is."""
    return flow.tasks, flow.runs, flow.last_run_at, flow.status, flow.icon is None, flow.color


def pages(access: Access) -> list[object]:
    """All pages of every order, of every period, in two sizes."""
    with target(access) as asked:
        walks = [
            asked.walk(Question(period, sort=sort, first=first))
            for period in PERIODS
            for sort in SORTS
            for first in (None, 20)
        ]
    return [
        (page.totals, page.has_next_page, page.end_cursor is None, list(map(shown, page.flows)))
        for walk in walks
        for page in walk.pages
    ]


def test_totals_orders_and_pages_are_the_same(recorded: Recorded) -> None:
    assert pages(recorded.again) == pages(recorded.access)


def test_the_history_is_the_same(recorded: Recorded) -> None:
    assert figures(recorded.again) == figures(recorded.access)


def figures(access: Access) -> list[Stats | str]:
    found: list[Stats | str] = []
    with target(access) as asked:
        for period in PERIODS:
            try:
                found.append(asked.stats(period))
            except CannotJudge as trouble:
                found.append(str(trouble))
    return found


@pytest.mark.parametrize("recorded", JUDGED, indirect=True)
def test_verdicts_and_observations_are_the_same(recorded: Recorded) -> None:
    one, other = (
        run(replace(options("quick", Setting(), access=access), seed=7)) for access in (recorded.access, recorded.again)
    )
    assert {judged.clause: judged.verdict for judged in other.judgements} == {
        judged.clause: judged.verdict for judged in one.judgements
    }
    assert other.observations == one.observations


def test_names_are_equal_where_they_were(recorded: Recorded) -> None:
    for own, names in paired_names(recorded).items():
        assert len(names) == 1, (own, names)


def paired_names(recorded: Recorded) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    with target(recorded.access) as one, target(recorded.again) as other:
        for period in PERIODS:
            question = Question(period, sort=Sort("name", "asc"))
            for own, again in zip(one.whole(question).flows, other.whole(question).flows, strict=True):
                found.setdefault(own.name, set()).add(again.name)
    return found


def test_no_name_id_or_token_is_in_what_was_written(recorded: Recorded) -> None:
    names, words = told(recorded.original)
    # What was observed is told in words that a flow may be called by as well.
    assert [text for text in names if text in recorded.written] == []
    assert [text for text in words if text in recorded.world] == []
    assert CANARY not in recorded.said


def told(world: World) -> tuple[set[str], set[str]]:
    """Return names, ids, UUIDs and tokens, and the words of names, as far as they are not those of the form itself."""
    own = world.organizations[0]
    names = {flow.name for flow in own.flows} | {project.name for project in own.projects}
    words = {word for name in names for word in re.findall(r"[^\W\d_]{4,}", name)}
    form = set(re.findall(r"\w+", WORLD_SCHEMA.read_text())) | {"null", "Admin"}
    ids = {text for one in world.organizations for text in (one.id, one.uuid)}
    return {name for name in names - form if len(name) >= 4} | ids | {CANARY}, words - form
