"""Which rows of the periods are one flow's. Rows carry no id: names, status and the arithmetic of the periods tell."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from contract_tests.answers import Flow
from contract_tests.questions import CURRENT_MONTH, LAST_3_MONTHS, LAST_MONTH

# Rows of one identity are few; where they are many they are equal, and the first try fits.
MOST_TRIES = 50_000

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
    whole = places[LAST_3_MONTHS]
    parts = [LAST_MONTH, CURRENT_MONTH] if with_current else [LAST_MONTH]
    fitting = {part: places[part] for part in parts}
    fitted = _fitted(periods, whole, fitting, exactly=True) or _fitted(periods, whole, fitting, exactly=False)
    if fitted is None:
        raise Contradiction
    current = iter(places[CURRENT_MONTH] if not with_current else ())
    for flow in fitted:
        place = next(current, None)
        yield flow if place is None else {CURRENT_MONTH: place, **flow}
    yield from ({CURRENT_MONTH: place} for place in current)


def _fitted(
    periods: Mapping[str, Sequence[Flow]], whole: Sequence[int], parts: dict[str, list[int]], *, exactly: bool
) -> list[dict[str, int]] | None:
    """Fit the rows of the months into those of the three months, so that none has more than what it is part of."""
    left = {period: list(places) for period, places in parts.items()}
    chosen: list[dict[str, int]] = []
    open_choices: list[Iterator[dict[str, int]]] = []
    for _ in range(MOST_TRIES):
        if len(chosen) == len(whole) and not any(left.values()):
            return chosen
        if len(open_choices) == len(chosen):
            fits = all(len(places) <= len(whole) - len(chosen) for places in left.values()) and len(chosen) < len(whole)
            open_choices.append(_choices(periods, whole[len(chosen)], left, exactly=exactly) if fits else iter(()))
        choice = next(open_choices[-1], None)
        if choice is not None:
            for period, place in choice.items():
                if period != LAST_3_MONTHS:
                    left[period].remove(place)
            chosen.append(choice)
            continue
        open_choices.pop()
        if not chosen:
            return None
        for period, place in chosen.pop().items():
            if period != LAST_3_MONTHS:
                insort(left[period], place)
    return None


def _choices(
    periods: Mapping[str, Sequence[Flow]], whole: int, left: dict[str, list[int]], *, exactly: bool
) -> Iterator[dict[str, int]]:
    """Return the months' rows that may be parts of a row, most of them first, in the order in which they are listed."""
    options: list[dict[str, int]] = [{}]
    for period, places in left.items():
        # Equal rows are one choice: the first of them.
        first = {periods[period][place]: place for place in reversed(places)}
        options = [{**option, period: place} for option in options for place in sorted(first.values())] + options
    row = periods[LAST_3_MONTHS][whole]
    fitting = [
        option for option in options if _within(row, [periods[key][one] for key, one in option.items()], exactly)
    ]
    return iter([{LAST_3_MONTHS: whole, **option} for option in fitting])


def _within(whole: Flow, parts: Sequence[Flow], exactly: bool) -> bool:
    if sum(part.tasks for part in parts) > whole.tasks or sum(runs(part) for part in parts) > runs(whole):
        return False
    # The newest run of all is in the newest part that has any: the current month is the last of them.
    ran = [part for part in parts if runs(part)]
    return not (exactly and ran) or ran[-1].last_run_at == whole.last_run_at


def runs(row: Flow) -> int:
    """Return the runs of a row as a number; what is none counts for none."""
    return int(row.runs) if isinstance(row.runs, int | float) else 0
