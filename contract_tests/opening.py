"""How a run meets its target: reaches the server, or starts the mock, and learns what it lets itself be asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from pyrate_limiter import Rate

from contract_tests import contract
from contract_tests.access import Access
from contract_tests.budget import Budget
from contract_tests.client import Client, NotAdmitted, NotGraphQL
from contract_tests.memory import Memory
from contract_tests.options import Options
from contract_tests.questions import Question
from contract_tests.replies import DENIALS, message
from contract_tests.target import LARGEST, Target
from contract_tests.verdict import CannotJudge


@contextmanager
def opened(options: Options, budget: Budget) -> Iterator[Target]:
    """Reach the server that the options name, or start the mock on a free port where they name none.

    Raises:
        CannotAsk: where nothing answers, or no organization's UUID is to be had.

    """
    with _access(options) as access:
        client = Client(access, budget, rate=_rate(options.rate), timeout=options.timeout)
        try:
            target = Target(Memory(client), access, access.organization_uuid or "", options.periods)
            _check_admission(target)
            if access.organization_uuid:
                _check_organization(target)
            else:
                target.organization_uuid = target.uuid_by_id()
            _meet(target)
            yield target
        finally:
            client.close()


def _rate(a_second: float | None) -> Rate | None:
    """Spread requests evenly, as far as a limiter that counts milliseconds can."""
    if a_second is None:
        return None
    interval = max(1, round(1000 / a_second))
    return Rate(max(1, int(a_second * interval / 1000)), interval)


@contextmanager
def _access(options: Options) -> Iterator[Access]:
    """Yield where the server to judge is and how it lets itself be asked."""
    if options.access is not None:
        yield options.access
        return
    # Imported here: a run against a real API starts without the mock and its libraries.
    from contract_tests.embedded import served

    with served(options.embedded) as access:
        yield access


def _check_admission(target: Target) -> None:
    """Make sure that this is a GraphQL endpoint and that the token is one at all; what it may see is judged.

    Raises:
        NotAdmitted: where the target answers the simplest question with 401.
        NotGraphQL: where it answers with no JSON object.

    """
    reply = target.admission()
    if reply.status == HTTPStatus.UNAUTHORIZED:
        raise NotAdmitted("the target refuses the token (HTTP 401): is PIPEFY_TOKEN current?")
    if not isinstance(reply.body, dict):
        raise NotGraphQL(f"the target answers HTTP {reply.status} and no JSON: is this its GraphQL endpoint?", reply)


def _check_organization(target: Target) -> None:
    """Make sure that an organization that the user named by its UUID is there to be seen.

    Raises:
        NotAdmitted: where the target denies it.

    """
    question = Question(period=target.periods[0])
    reply = target.reply(contract.operation(contract.DETAILS), target.variables(question))
    denial = next((text for error in reply.errors if DENIALS.search(text := f"{message(error)} {error}")), None)
    if denial is not None and not reply.data_of(contract.DETAILS):
        raise NotAdmitted(
            f"the target denies this organization ({message(reply.errors[0])}): is the UUID right, "
            "and the token's role Admin or Super Admin?"
        )


def _meet(target: Target) -> None:
    """Find the largest page size that is answered at all, and whether cursors are sealed anew each time.

    Where no page is answered, the clauses say what is wrong.
    """
    for size in LARGEST:
        question = Question(period=target.periods[0], first=size)
        try:
            cursor = target.ask(question).end_cursor
            with target.memory.forgetting():
                again = target.ask(question).end_cursor
        except (AssertionError, CannotJudge):
            continue
        target.largest, target.cursors_vary = size, cursor != again
        return
