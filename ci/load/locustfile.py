"""Load that is judged: users draw the suite's questions, and its clauses look at every answer.

PIPEFY_TOKEN=… locust --locustfile ci/load/locustfile.py --host URL --organization-id ID --headless --users 20 -t 1m

Locust spreads the users over processes (`--processes 4`) and machines (`--master`, `--worker`) and adds up what they
count. A line HTTP counts requests, a line CLAUSE judgements: a failure there is a broken clause, and makes Locust exit
with 1; where nothing was judged it exits with 6. What is judged stands in last month, which stands still meanwhile.
"""

import argparse
import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib import import_module
from itertools import islice
from pkgutil import iter_modules
from random import Random
from typing import Any

import gevent
from gevent.lock import BoundedSemaphore
from hypothesis import HealthCheck, Phase, given, seed, settings
from locust import User, events, task
from locust.argument_parser import LocustArgumentParser
from locust.env import Environment
from locust.exception import StopUser

from contract_tests import clauses, contract
from contract_tests.arguments import WrongUsage
from contract_tests.assertions import Assertion
from contract_tests.budget import Budget, CannotAsk
from contract_tests.client import Client
from contract_tests.memory import Memory
from contract_tests.messages import Reply, Request
from contract_tests.opening import opened
from contract_tests.options import Options, add_options, checked
from contract_tests.questions import LAST_MONTH, Question
from contract_tests.scopes import Questions
from contract_tests.target import Target
from contract_tests.verdict import CannotJudge, Evidence
from contract_tests.words import Words, words

LOG = logging.getLogger("contract")
# So many telling questions each test of a clause has at hand, and so many drawn ones.
TELLING, DRAWN = 60, 12
# How often something is asked is Locust's to bound.
ENDLESS = 10**9
WRONG_USAGE, NOTHING_JUDGED = 4, 6

Body = Callable[[Target, Question], None]


@dataclass
class Clauses:
    """Stands in for a run's session, and keeps what the tests of the clauses on single questions would judge."""

    found: list[tuple[str, Questions, Body]] = field(default_factory=list)

    def judge(self, assertion: Assertion[Question]) -> None:
        """Keep a test whose cases are questions; load itself is what asks others again and beside each other."""
        if isinstance(assertion.scope, Questions) and not assertion.asks_again:
            self.found.append((assertion.clause, assertion.scope, assertion.body))


def judged() -> list[tuple[str, Questions, Body]]:
    """Return every clause's test that judges single questions."""
    session = Clauses()
    for module in iter_modules(clauses.__path__):
        for test in vars(import_module(f"{clauses.__name__}.{module.name}")).values():
            if any(mark.name == "clause" for mark in getattr(test, "pytestmark", ())):
                test(session)
    return session.found


# Found at once: importing takes seconds, and Locust's master waits no longer than three to hear of a worker.
JUDGED = judged()


@dataclass(frozen=True)
class Ground:
    """What all users of one process stand on: the target as it was met, and the questions to each test."""

    options: Options
    target: Target
    cases: tuple[tuple[str, Body, tuple[Question, ...]], ...]


def options(environment: Environment) -> Options:
    """Return the suite's options for what Locust was told; the token comes from the environment."""
    parser = argparse.ArgumentParser()
    add_options(parser.add_argument)
    given_options = environment.parsed_options
    assert given_options is not None  # noqa: S101  # Locust has read them by now
    told = ["--target", environment.host or "", "--profile", "quick", "--period", LAST_MONTH]
    told += ["--organization-id", given_options.organization_id] if given_options.organization_id else []
    return checked(parser.parse_args(told))


def ground(asked: Options) -> Ground:
    """Meet the target, take its census, and draw the questions; the same ones in every process."""
    with opened(asked, Budget(ENDLESS, ENDLESS)) as target:
        known = words(asked.periods, [target.census(LAST_MONTH)], target.largest)
        pools: dict[Questions, tuple[Question, ...]] = {}
        for _, scope, _ in JUDGED:
            pools[scope] = pools.get(scope) or questions(scope, known, asked)
        return Ground(asked, target, tuple((name, body, pools[scope]) for name, scope, body in JUDGED if pools[scope]))


_MEETING = BoundedSemaphore()
_met: list[Ground] = []


def met(asked: Options) -> Ground:
    """Return the ground of this process: the first of its users meets the target, and who has none asks nothing."""
    with _MEETING:
        if not _met:
            _met.append(ground(asked))
    return _met[0]


def questions(scope: Questions, known: Words, asked: Options) -> tuple[Question, ...]:
    """Return telling questions of a scope and drawn ones."""
    found = list(islice(scope.telling(known, asked.profile.depth), TELLING))
    strategy = scope.drawn(known)
    if strategy is None or strategy.is_empty:
        return tuple(found)

    @seed(1)
    @settings(
        max_examples=DRAWN,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(question: Question) -> None:
        found.append(question)
        # Drawing waits for nobody, and Locust's master is to hear of this worker meanwhile.
        gevent.sleep()

    draw()
    return tuple(dict.fromkeys(found))


class Counted(Client):
    """A client whose requests Locust counts."""

    def send(self, request: Request) -> Reply:
        began = time.perf_counter()
        trouble: Exception | None = None
        try:
            return super().send(request)
        except CannotAsk as error:
            trouble = error
            raise
        finally:
            tell("HTTP", contract.DETAILS, trouble, 1000 * (time.perf_counter() - began))


def tell(kind: str, name: str, trouble: Exception | None, milliseconds: float = 0.0) -> None:
    """Let Locust count one thing that went well, or did not."""
    events.request.fire(  # type: ignore[no-untyped-call]  # Locust's events are untyped
        request_type=kind,
        name=name,
        response_time=milliseconds,
        response_length=0,
        exception=trouble,
        context={},
    )


class Judge(User):
    """Asks one question after another, and judges what comes; remembers nothing from one to the next."""

    turn = 0
    client: Any = None

    def on_start(self) -> None:
        Judge.turn += 1
        self.chance = Random(Judge.turn)  # noqa: S311  # which question is next is no secret
        try:
            asked = options(self.environment)
            self.stands_on = met(asked)
        except (CannotAsk, CannotJudge) as trouble:
            give_up(self.environment, trouble)
            raise StopUser from None
        assert asked.access is not None  # noqa: S101  # without a target there are no options
        self.client = Counted(asked.access, Budget(ENDLESS, ENDLESS), timeout=asked.timeout)

    def on_stop(self) -> None:
        if self.client is not None:
            self.client.close()

    @task
    def judge(self) -> None:
        """Judge one clause by one question, and count the verdict."""
        name, body, cases = self.chance.choice(self.stands_on.cases)
        question = self.chance.choice(cases)
        target = replace(self.stands_on.target, memory=Memory(self.client), evidence=Evidence(), _pages={})
        try:
            body(target, question)
        except AssertionError as error:
            LOG.warning("%s is broken: %s\n%s", name, question, str(error).partition("\n")[0])
            tell("CLAUSE", name, AssertionError("broken"))
        except (CannotJudge, CannotAsk):
            pass  # nothing follows for the clause; a request without an answer is counted already
        else:
            tell("CLAUSE", name, None)


@events.init_command_line_parser.add_listener  # type: ignore[untyped-decorator]  # as those below
def add_organization(parser: LocustArgumentParser) -> None:
    """Declare whose usage is asked about; Locust hands it on to its workers."""
    parser.add_argument("--organization-id", metavar="ID", help="the organization's numeric id")


@events.test_start.add_listener  # type: ignore[untyped-decorator]  # Locust's events are untyped
def check(environment: Environment, **_: Any) -> None:
    """Say in a line what is wrong with the options before any user begins."""
    try:
        options(environment)
    except WrongUsage as wrong:
        give_up(environment, wrong)


def give_up(environment: Environment, trouble: Exception) -> None:
    """Say why nothing can be asked, and end."""
    print(f"contract load: {trouble}", file=sys.stderr, flush=True)
    environment.process_exit_code = WRONG_USAGE
    if environment.runner is not None:
        environment.runner.quit()


@events.quitting.add_listener  # type: ignore[untyped-decorator]  # as above
def conclude(environment: Environment, **_: Any) -> None:
    """Take a load in which nothing was judged for no success."""
    counted = sum(entry.num_requests for (_, kind), entry in environment.stats.entries.items() if kind == "CLAUSE")
    if (
        not counted
        and environment.process_exit_code is None
        and environment.runner.__class__.__name__ != "WorkerRunner"
    ):
        print("contract load: nothing was judged; give it more time", file=sys.stderr, flush=True)
        environment.process_exit_code = NOTHING_JUDGED
