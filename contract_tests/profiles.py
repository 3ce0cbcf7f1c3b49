"""How much a run asks: from a glance to a night's work."""

from dataclasses import dataclass

from contract_tests.covering import Size
from contract_tests.scopes import Depth


@dataclass(frozen=True, slots=True)
class Profile:
    """What a run may spend unless it is told otherwise; `rate` is in requests a second.

    Up to `together` questions are asked in one operation; where the target does not take that, `alone` says how much
    is asked instead.
    """

    sentence: str
    depth: Depth
    max_requests: int
    max_seconds: float
    rate: float | None = None
    together: int = 1
    alone: Depth | None = None


PROFILES = {
    "quick": Profile(
        "every clause at a glance, in seconds",
        Depth(
            strength=2,
            unfiltered=2,
            drawn=0,
            texts=2,
            fields=7,
            sizes=tuple(Size),
            pages=10,
            listed=99,
            companions=4,
            repeats=15,
            generated=4,
        ),
        max_requests=3_000,
        max_seconds=120,
    ),
    "ci": Profile(
        "every triple of arguments, in some thousand requests",
        Depth(
            strength=3,
            unfiltered=3,
            drawn=8,
            texts=4,
            fields=7,
            sizes=tuple(Size),
            pages=10,
            listed=99,
            companions=12,
            repeats=30,
            generated=25,
        ),
        max_requests=9_000,
        max_seconds=300,
    ),
    "live": Profile(
        "the most telling questions, slowly and several in one request",
        Depth(
            strength=2,
            unfiltered=2,
            drawn=0,
            texts=5,
            fields=7,
            sizes=(Size.FEW, Size.OVER, Size.OMITTED, Size.EXACT),
            pages=4,
            listed=20,
            companions=6,
            repeats=8,
            generated=3,
        ),
        max_requests=400,
        max_seconds=600,
        rate=5.0,
        together=24,
        alone=Depth(
            strength=1,
            unfiltered=1,
            drawn=1,
            texts=3,
            fields=2,
            sizes=(Size.FEW, Size.OVER, Size.OMITTED),
            pages=3,
            listed=4,
            companions=3,
            repeats=8,
            generated=2,
        ),
    ),
    "deep": Profile(
        "many more random questions than ci",
        Depth(
            strength=3,
            unfiltered=3,
            drawn=200,
            texts=9,
            fields=7,
            sizes=tuple(Size),
            pages=12,
            listed=99,
            companions=20,
            repeats=100,
            generated=500,
        ),
        max_requests=100_000,
        max_seconds=3_600,
    ),
}
