"""The order in which flows are listed, such that equal ones come as they came."""

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import groupby

from contract_tests.answers import Flow

Edge = tuple[Hashable, Hashable]
# So many times some groups of an order are left out before all of it is.
MOST_DROPS = 40


@dataclass(frozen=True, slots=True)
class Seen:
    """An order in which rows came: `owners` has the flow of each, `key` what equal ones share."""

    sentence: str
    rows: Sequence[Flow]
    owners: Sequence[int]
    key: Callable[[Flow], Hashable]

    def edges(self, dropped: Collection[int] = ()) -> Iterator[Edge]:
        """Yield what comes before what: equal rows in no order, the others as they came, one knot between each two.

        Groups of equal keys that are `dropped`, by their number, are in no order.
        """
        pairs = zip(self.rows, self.owners, strict=True)
        for group, (_, tied) in enumerate(groupby(pairs, key=lambda pair: self.key(pair[0]))):
            if group in dropped:
                continue
            before: Hashable = None
            for layer, (_, equal) in enumerate(groupby(tied, key=lambda pair: pair[0])):
                knot = (self.sentence, group, layer)
                for _, owner in equal:
                    if before is not None:
                        yield before, owner
                    yield owner, knot
                before = knot


def listed(flows: int, orders: Sequence[Seen]) -> tuple[list[int], list[str]]:
    """Return an order of so many flows that gives as much of the seen ones as goes together, and what it does not give.

    The first ones matter most. What does not go with them is left out, one group of equal flows after the other.
    """
    kept: list[Edge] = []
    order = list(range(flows))
    missed: list[str] = []
    for seen in orders:
        dropped: set[int] = set()
        for _ in range(MOST_DROPS):
            edges = [*kept, *seen.edges(dropped)]
            graph: TopologicalSorter[Hashable] = TopologicalSorter(dict.fromkeys(range(flows), ()))
            for before, after in edges:
                graph.add(after, before)
            try:
                order = [one for one in graph.static_order() if isinstance(one, int)]
            except CycleError as cycle:
                dropped |= {node[1] for node in cycle.args[1] if isinstance(node, tuple) and node[0] == seen.sentence}
            else:
                kept = edges
                break
        if dropped:
            missed.append(seen.sentence)
    return order, missed
