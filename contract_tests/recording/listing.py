"""The order in which flows are listed, such that equal ones come as they came."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import groupby

from contract_tests.answers import Flow


@dataclass(frozen=True, slots=True)
class Seen:
    """An order in which rows came: `owners` has the flow of each, `key` what equal ones share."""

    sentence: str
    rows: Sequence[Flow]
    owners: Sequence[int]
    key: Callable[[Flow], Hashable]

    def edges(self) -> Iterator[tuple[Hashable, Hashable]]:
        """Yield what comes before what: equal rows in no order, the others as they came, one knot between each two."""
        pairs = zip(self.rows, self.owners, strict=True)
        for group, (_, tied) in enumerate(groupby(pairs, key=lambda pair: self.key(pair[0]))):
            before: Hashable = None
            for layer, (_, equal) in enumerate(groupby(tied, key=lambda pair: pair[0])):
                knot = (self.sentence, group, layer)
                for _, owner in equal:
                    if before is not None:
                        yield before, owner
                    yield owner, knot
                before = knot


def listed(flows: int, orders: Sequence[Seen]) -> tuple[list[int], list[str]]:
    """Return an order of so many flows that gives as many of the seen ones as go together, and those that it does not.

    The first ones matter most.
    """
    kept: list[tuple[Hashable, Hashable]] = []
    order = list(range(flows))
    missed: list[str] = []
    for seen in orders:
        edges = [*kept, *seen.edges()]
        graph: TopologicalSorter[Hashable] = TopologicalSorter(dict.fromkeys(range(flows), ()))
        for before, after in edges:
            graph.add(after, before)
        try:
            order = [one for one in graph.static_order() if isinstance(one, int)]
        except CycleError:
            missed.append(seen.sentence)
        else:
            kept = edges
    return order, missed
