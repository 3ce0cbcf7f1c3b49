"""The mismatch protocol: what is broken, what moved, what contradicts itself, on servers that exist in memory only."""

from collections.abc import Callable
from dataclasses import replace

from contract_tests.access import Access
from contract_tests.answers import Flow, Rows
from contract_tests.assertions import Assertion
from contract_tests.budget import Budget
from contract_tests.census import Census
from contract_tests.client import Client
from contract_tests.contract import DETAILS
from contract_tests.judging import Trial
from contract_tests.memory import Memory
from contract_tests.messages import Reply, Request
from contract_tests.profiles import PROFILES
from contract_tests.questions import LAST_MONTH, Question
from contract_tests.scopes import Listed, Questions, Scope
from contract_tests.tallying import Mismatch, Share, Tally, concluded
from contract_tests.target import Target
from contract_tests.verdict import Verdict
from contract_tests.words import words

ACCESS = Access("http://127.0.0.1:9/graphql", "a-token")
Server = Callable[[int], list[int]]
ONCE = Listed((Question(period=LAST_MONTH, first=2),))


class InMemory(Client):
    """Answers every question with the flows that a function gives for the number of the request."""

    def __init__(self, server: Server, max_requests: int = 10_000) -> None:
        super().__init__(ACCESS, Budget(max_requests, 60))
        self._server = server
        self.seal: Callable[[int], str] = lambda _: "end"

    def send(self, request: Request) -> Reply:
        del request
        self.budget.spend()
        tasks = self._server(self.budget.spent)
        seal = self.seal(self.budget.spent)
        edges = [{"node": node(number)} for number in tasks]
        page = {"hasNextPage": False, "endCursor": seal if tasks else None}
        details = {"totalFlows": len(tasks), "totalTasks": sum(tasks), "edges": edges, "pageInfo": page}
        return Reply(200, {"data": {DETAILS: details}})


def node(tasks: int) -> dict[str, object]:
    project = {"name": "Sales Ops", "icon": None, "color": None}
    return {"name": "Sync", "project": project, "tasks": tasks, "runs": 1, "lastRunAt": None, "status": "ENABLED"}


def trial(
    server: Server,
    body: Callable[[Target, Question], None],
    scope: Scope[Question] = ONCE,
    requests: int = 10_000,
    share: Share = Share(1_000, 60),  # noqa: B008  # nothing changes it
) -> Trial[Question]:
    target = Target(Memory(InMemory(server, requests)), ACCESS, "uuid")
    census = Census(LAST_MONTH, tuple(Flow("Sync", "Sales Ops", "ENABLED", n, 1, None, None, None) for n in (3, 2, 1)))
    assertion = Assertion("sort.default", scope, body)
    return Trial(target, words([LAST_MONTH], [census], 500), assertion, share, PROFILES["quick"].depth)


def descends(target: Target, question: Question) -> None:
    usages = [flow.tasks for flow in target.ask(question).flows]
    assert usages == sorted(usages, reverse=True)


def agrees_with_the_census(target: Target, question: Question) -> None:
    assert Rows(target.ask(question).flows) == Rows(target.census(question.period).flows)


def test_a_server_that_keeps_the_clause_has_no_mismatch() -> None:
    assert trial(lambda _: [3, 2, 1], descends, Questions()).judge(1) is None


def test_a_server_that_breaks_the_clause_each_time_is_broken() -> None:
    found = trial(lambda _: [1, 2, 3], descends).judge(1)
    assert found is not None
    assert found.case == ONCE.cases[0]


def test_the_broken_question_is_made_small() -> None:
    found = trial(lambda _: [1, 2, 3], descends, Questions()).judge(1)
    assert isinstance(found, Mismatch)
    assert (found.case.status, found.case.search, found.case.sort, found.case.first) == (None, None, None, None)


def test_cursors_that_are_sealed_anew_now_and_then_are_no_mismatch() -> None:
    def answers_alike(target: Target, question: Question) -> None:
        one, other = (target.details(replace(question, first=first)) for first in (2, 3))
        assert target.sealed(one) == target.sealed(other)

    sealing = trial(lambda _: [3, 2, 1], answers_alike)
    # Two answers of one moment are sealed alike, so that only what was remembered has another seal.
    client = sealing.target.memory.client
    assert isinstance(client, InMemory)
    client.seal = lambda request: "a" if request < 2 else "b" if request < 4 else "c"
    assert sealing.judge(1) is None
    assert (sealing.tally.judged, sealing.tally.contradictions, sealing.target.cursors_vary) == (1, [], True)


def test_data_that_moves_all_the_time_is_never_broken() -> None:
    running = trial(lambda request: [3 + request, 2, 1], agrees_with_the_census)
    assert running.judge(1) is None
    assert running.tally.judged == 0
    assert running.tally.movements


def test_data_that_moved_once_is_judged_when_it_stands() -> None:
    moved = trial(lambda request: [3, 2, 1] if request < 2 else [4, 2, 1], agrees_with_the_census)
    assert moved.judge(1) is None
    assert moved.tally.judged == 1


def test_a_wrong_answer_that_does_not_come_again_contradicts_itself() -> None:
    fickle = trial(lambda request: [1, 2, 3] if request == 1 else [3, 2, 1], descends)
    assert fickle.judge(1) is None
    assert fickle.tally.contradictions


def test_flows_that_are_shuffled_each_time_are_broken_though_no_answer_comes_twice() -> None:
    orders = [[1, 2, 3], [2, 3, 1], [1, 3, 2], [2, 1, 3]]
    assert trial(lambda request: orders[request % 4], descends).judge(1) is not None


def test_shrinking_stays_in_the_budget() -> None:
    bounded = trial(lambda _: [1, 2, 3], descends, Questions(), requests=5)
    bounded.judge(1)
    assert bounded.target.memory.client.budget.spent <= 5


def test_a_mismatch_is_asked_again_out_of_what_others_were_to_have() -> None:
    assert trial(lambda _: [1, 2, 3], descends, share=Share(1, 60, most=1)).judge(1) is None
    assert trial(lambda _: [1, 2, 3], descends, share=Share(1, 60, most=1, doubt=2)).judge(1) is not None


def test_what_could_not_be_judged_beside_what_could_is_said() -> None:
    tally = Tally(judged=2, troubles=["it hung", "no answer", "no answer"])
    kept = concluded("page.size", tally)
    assert (kept.verdict, kept.notes) == (Verdict.KEPT, ("of its questions 3 more could not be judged: no answer",))
    tally.judged = 0
    untold = concluded("page.size", tally)
    assert (untold.verdict, untold.reason) == (Verdict.INCONCLUSIVE, "it hung")
