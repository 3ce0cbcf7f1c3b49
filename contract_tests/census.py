"""Everything a target has in a period, read once by walks; what answers are compared with."""

from collections.abc import Callable
from dataclasses import dataclass

from contract_tests.answers import Flow, Rows
from contract_tests.questions import Question
from contract_tests.readings import may_match, must_match
from contract_tests.verdict import CannotJudge
from contract_tests.walk import Walk

# A small page beside the large one: a pager that is wrong is seldom wrong in the same way for both.
SECOND_SIZE = 20


@dataclass(frozen=True, slots=True)
class Census:
    """All flows of a period, in the target's default order."""

    period: str
    flows: tuple[Flow, ...]

    @property
    def statuses(self) -> tuple[str, ...]:
        """The statuses that occur, the commonest first."""
        counts: dict[str, int] = {}
        for flow in self.flows:
            counts[flow.status] = counts.get(flow.status, 0) + 1
        return tuple(sorted(counts, key=lambda status: (-counts[status], status)))

    def must(self, question: Question) -> Rows:
        """The flows that every reading of the question gives."""
        return Rows(flow for flow in self.flows if must_match(flow, question))

    def may(self, question: Question) -> Rows:
        """The flows that some reasonable reading of the question gives."""
        return Rows(flow for flow in self.flows if may_match(flow, question))


def questions(period: str, largest: int) -> tuple[Question, ...]:
    """Return the questions whose walks are compared, the likeliest to be the only one first."""
    # A page size of its own for each period: a cache that forgets the period cannot make the periods alike.
    sizes = (largest - _index(period), SECOND_SIZE + _index(period), None, 7)
    return tuple(Question(period=period, first=size) for size in sizes)


def take(period: str, walk: Callable[[Question], Walk], largest: int) -> Census:
    """Read a period by one walk of large pages; where that does not hold what it announces, by others as well.

    Walks of two page sizes that agree are believed whatever `totalFlows` says, since the totals are judged too. They
    have to agree as well where a flow comes again on a later page: it is equal to another one or the pager repeats it.

    Raises:
        CannotJudge: where no two walks agree; the clauses on paging say why.

    """
    walks: list[Walk] = []
    asked = questions(period, largest)
    for question in asked:
        newest = walk(question)
        alike = [one for one in walks if Rows(one.flows) == Rows(newest.flows)]
        walks.append(newest)
        believed = any(len(one.pages[0].flows) != len(newest.pages[0].flows) for one in alike)
        if not _comes_again(newest):
            believed |= len(newest.flows) == newest.total_flows
        # A server may have pages of one size only.
        if believed or len(alike) == len(asked) - 1:
            return Census(period, newest.flows)
    raise CannotJudge(f"no two walks of {period} give the same flows")


def _comes_again(walk: Walk) -> bool:
    """Whether a flow, or one that is equal to it, stands on two pages."""
    pages = [set(page.flows) for page in walk.pages]
    return len(set().union(*pages)) < sum(map(len, pages))


def _index(period: str) -> int:
    return ("last_month", "current_month", "last_3_months").index(period)
