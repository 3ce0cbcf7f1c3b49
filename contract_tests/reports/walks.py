"""A walk as blocks to draw: its pages with their flows, and what came again, by mistake or never. Knows no HTML."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from contract_tests.answers import Flow, Page
from contract_tests.retracing import Step, Trace

# What a person still looks through; marked flows are shown beyond it.
PAGES = 24
FLOWS = 12
NEVER = 24


class Mark(StrEnum):
    """What is wrong with a flow in a walk."""

    AGAIN = "came again"
    STRANGE = "not in the whole set"


@dataclass(frozen=True, slots=True)
class Row:
    """A flow in a page: `place` counts from 1 over the whole walk."""

    place: int
    flow: Flow
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Block:
    """A page, with as many of its flows as are shown."""

    number: int
    first: int | None
    after: str | None
    page: Page
    rows: tuple[Row, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is to be drawn of a walk."""

    blocks: tuple[Block, ...]
    pages_left_out: int
    never: tuple[Flow, ...]
    never_left_out: int
    end: str


def drawing(trace: Trace) -> Drawing:
    """Choose what to show of a walk: the beginning of each page, and every flow that is marked."""
    marks = _marks(trace)
    blocks, place = [], 1
    for number, step in enumerate(trace.steps, start=1):
        blocks.append(_block(number, step, place, marks))
        place += len(step.page.flows)
    shown = [block for block in blocks if block.number <= PAGES or any(row.mark for row in block.rows)][: 2 * PAGES]
    never = sorted(trace.never.elements(), key=lambda flow: (-flow.tasks, flow.name))
    return Drawing(tuple(shown), len(blocks) - len(shown), tuple(never[:NEVER]), len(never[NEVER:]), trace.end)


def _block(number: int, step: Step, begin: int, marks: dict[int, Mark]) -> Block:
    rows = [Row(place, flow, marks.get(place)) for place, flow in enumerate(step.page.flows, start=begin)]
    shown = [row for row in rows if row.place < begin + FLOWS or row.mark][: 2 * FLOWS]
    return Block(number, step.first, step.after, step.page, tuple(shown), len(rows) - len(shown))


def _marks(trace: Trace) -> dict[int, Mark]:
    """The places of flows that do not belong, or had come before as often as the whole set has them."""
    left = Counter(trace.flows) - trace.again
    marks = {}
    for place, flow in enumerate(trace.flows, start=1):
        if flow in trace.strange:
            marks[place] = Mark.STRANGE
        elif left[flow] > 0:
            left[flow] -= 1
        else:
            marks[place] = Mark.AGAIN
    return marks
