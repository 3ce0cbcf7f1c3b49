"""How long the answers took, as shapes to draw: how many took how long, and how it went over the run. Knows no SVG."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from contract_tests.messages import Timing

WIDTH, HEIGHT = 360, 190
LEFT, RIGHT, TOP, BOTTOM = 46, 8, 16, 34
PLOT_WIDTH, PLOT_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
COLUMNS = 76
SHORTEST = 0.0001  # seconds; shorter ones are drawn as this
MOST_BARS = 16


@dataclass(frozen=True, slots=True)
class Bar:
    """How many answers took between two times."""

    x: float
    y: float
    width: float
    height: float
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Column:
    """The quickest, the median and the slowest answer of a stretch of the run."""

    x: float
    top: float
    bottom: float
    median: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Both pictures, and the figures in words."""

    bars: tuple[Bar, ...]
    columns: tuple[Column, ...]
    heights: tuple[Tick, ...]
    moments: tuple[Tick, ...]
    figures: tuple[tuple[str, str], ...]


def picture(timings: Sequence[Timing]) -> Picture | None:
    """Return what to draw, or None where nothing was answered. Times stand on a logarithmic scale."""
    if not timings:
        return None
    seconds = sorted(max(SHORTEST, timing.seconds) for timing in timings)
    low = math.floor(math.log10(seconds[0]))
    high = max(low + 1, math.ceil(math.log10(seconds[-1])))

    def height(value: float) -> float:
        share = (math.log10(max(SHORTEST, value)) - low) / (high - low)
        return round(TOP + PLOT_HEIGHT * (1 - min(1.0, max(0.0, share))), 1)

    last = max(timing.began for timing in timings) or 1.0
    return Picture(
        bars=_bars(seconds),
        columns=tuple(_columns(timings, last, height)),
        heights=tuple(Tick(height(10.0**power), said(10.0**power)) for power in range(low, high + 1)),
        moments=tuple(Tick(round(LEFT + PLOT_WIDTH * part, 1), said(last * part)) for part in (0, 0.5, 1)),
        figures=(
            ("answers", f"{len(seconds)}"),
            ("quickest", said(seconds[0])),
            ("median", said(_share(seconds, 0.5))),
            ("95 of 100 within", said(_share(seconds, 0.95))),
            ("slowest", said(seconds[-1])),
        ),
    )


def said(seconds: float) -> str:
    """Write a time in the unit that suits it."""
    if seconds == 0:
        return "0"
    if seconds < 0.9995:
        return f"{seconds * 1000:.3g} ms"
    return f"{seconds:.3g} s" if seconds < 120 else f"{seconds / 60:.3g} min"


def _bars(seconds: Sequence[float]) -> tuple[Bar, ...]:
    """Bars that double their time from one to the next."""
    powers = [math.floor(math.log2(one * 1000)) for one in seconds]
    lowest = max(powers[0], powers[-1] - MOST_BARS + 1)
    counts = [0] * (powers[-1] - lowest + 1)
    for power in powers:
        counts[max(0, power - lowest)] += 1
    width, tallest = PLOT_WIDTH / len(counts), max(counts)
    bars = []
    for place, count in enumerate(counts):
        height = PLOT_HEIGHT * count / tallest
        x, y = LEFT + width * place, TOP + PLOT_HEIGHT - height
        label = said(2.0 ** (lowest + place) / 1000)
        bars.append(Bar(round(x, 1), round(y, 1), round(width, 1), round(height, 1), label, count))
    return tuple(bars)


def _columns(timings: Sequence[Timing], last: float, height: Callable[[float], float]) -> list[Column]:
    def column(timing: Timing) -> int:
        return min(COLUMNS - 1, int(COLUMNS * timing.began / last))

    columns = []
    for number, group in groupby(sorted(timings, key=lambda timing: timing.began), key=column):
        seconds = sorted(timing.seconds for timing in group)
        x = round(LEFT + PLOT_WIDTH * (number + 0.5) / COLUMNS, 1)
        columns.append(Column(x, height(seconds[-1]), height(seconds[0]), height(_share(seconds, 0.5))))
    return columns


def _share(seconds: Sequence[float], share: float) -> float:
    """The time within which this share of the answers came."""
    return seconds[min(len(seconds) - 1, int(len(seconds) * share))]
