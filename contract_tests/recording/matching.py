"""Which rows of the periods are one flow's. Rows carry no id: names, status and the arithmetic of the periods tell."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from contract_tests.answers import Flow, count
from contract_tests.questions import CURRENT_MONTH, LAST_3_MONTHS, LAST_MONTH

Identity = tuple[object, ...]


class Contradiction(Exception):
    """No flows have these rows: a period has less than the months in it."""


@dataclass(frozen=True, slots=True)
class Matched:
    """One flow: its row in each period in which it is listed."""

    rows: dict[str, Flow]

    @property
    def flow(self) -> Flow:
        """Any of its rows: for what is the same in all of them."""
        return next(iter(self.rows.values()))


def matched(periods: Mapping[str, Sequence[Flow]], *, with_current: bool) -> tuple[list[Matched], dict[str, list[int]]]:
    """Return the flows that have these rows, and for each period the flow of each of its rows, by position.

    Args:
        periods: the rows of each period, in the default order.
        with_current: whether `last_3_months` has the current month in it.

    Raises:
        Contradiction: where no flows have them.

    """
    found: list[Matched] = []
    owners = {period: [-1] * len(rows) for period, rows in periods.items()}
    for places in _by_identity(periods).values():
        for group in _flows(periods, places, with_current=with_current):
            for period, place in group.items():
                owners[period][place] = len(found)
            found.append(Matched({period: periods[period][place] for period, place in group.items()}))
    return found, owners


def _by_identity(periods: Mapping[str, Sequence[Flow]]) -> dict[Identity, dict[str, list[int]]]:
    found: dict[Identity, dict[str, list[int]]] = defaultdict(lambda: {period: [] for period in periods})
    for period, rows in periods.items():
        for place, row in enumerate(rows):
            found[row.name, row.project, row.status, row.icon, row.color][period].append(place)
    return found


def _flows(
    periods: Mapping[str, Sequence[Flow]], places: dict[str, list[int]], *, with_current: bool
) -> Iterator[dict[str, int]]:
    """Yield the flows of one identity, each as the place of its row in the periods that list it."""
    parts = (CURRENT_MONTH, LAST_MONTH) if with_current else (LAST_MONTH,)
    # The newest run tells whose a row of the current month is; where it does not, the other month may.
    ways = [(order, exactly) for exactly in (True, False) for order in (parts, parts[::-1])]
    fitted = next((flows for order, exactly in ways if (flows := _fitted(periods, places, order, exactly))), None)
    if fitted is None:
        raise Contradiction
    current = iter(places[CURRENT_MONTH] if not with_current else ())
    for flow in fitted.flows:
        place = next(current, None)
        yield flow if place is None else {CURRENT_MONTH: place, **flow}
    yield from ({CURRENT_MONTH: place} for place in current)


@dataclass(frozen=True, slots=True)
class _Fitted:
    """Flows as the places of their rows."""

    flows: list[dict[str, int]]


def _fitted(
    periods: Mapping[str, Sequence[Flow]], places: dict[str, list[int]], order: Sequence[str], exactly: bool
) -> _Fitted | None:
    """Fit the rows of one month after the other into those of the three months; None where some row has no place."""
    flows = [{LAST_3_MONTHS: place} for place in places[LAST_3_MONTHS]]
    for period in order:
        rows = [periods[period][place] for place in places[period]]

        def fits(part: int, whole: int, period: str = period) -> bool:
            flow = {**flows[whole], period: places[period][part]}
            return _is_one(periods, flow, exactly=exactly)

        chosen = _assigned(len(rows), len(flows), fits)
        if chosen is None:
            return None
        for part, whole in enumerate(chosen):
            flows[whole][period] = places[period][part]
    return _Fitted(flows) if all(_is_one(periods, flow, exactly=exactly) for flow in flows) else None


def _assigned(parts: int, wholes: int, fits: Callable[[int, int], bool]) -> list[int] | None:
    """Give each part a whole of its own that it fits, the first that is free where there is one (Kuhn's algorithm)."""
    owner: list[int | None] = [None] * wholes

    def seat(part: int, tried: set[int]) -> bool:
        fitting = [whole for whole in range(wholes) if whole not in tried and fits(part, whole)]
        for whole in sorted(fitting, key=lambda whole: owner[whole] is not None):
            if whole in tried:
                continue
            tried.add(whole)
            other = owner[whole]
            if other is None or seat(other, tried):
                owner[whole] = part
                return True
        return False

    if not all(seat(part, set()) for part in range(parts)):
        return None
    seats = {part: whole for whole, part in enumerate(owner) if part is not None}
    return [seats[part] for part in range(parts)]


def _is_one(periods: Mapping[str, Sequence[Flow]], flow: dict[str, int], *, exactly: bool) -> bool:
    """Whether rows may be one flow's: the parts together are no more than the whole, and the newest run is its last."""
    rows = {period: periods[period][place] for period, place in flow.items()}
    whole = rows[LAST_3_MONTHS]
    parts = [rows[period] for period in (CURRENT_MONTH, LAST_MONTH) if period in rows]
    if sum(part.tasks for part in parts) > whole.tasks or sum(map(runs, parts)) > runs(whole):
        return False
    newest = next((part for part in parts if runs(part)), None)
    return not exactly or newest is None or newest.last_run_at == whole.last_run_at


def runs(row: Flow) -> int:
    """Return the runs of a row, which were found to be a whole number."""
    return count(row.runs, "runs")
