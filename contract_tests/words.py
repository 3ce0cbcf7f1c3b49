"""The target's own words: the statuses it has and the texts that tell its flows apart, taken from its census."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from contract_tests.answers import Flow
from contract_tests.census import Census
from contract_tests.questions import Question
from contract_tests.readings import folded, may_match, must_match

DOCUMENTED_STATUSES = ("ENABLED", "DISABLED")
MARKS = ("%", "_", "\\", ".", "*", "'", '"', "[", "(", "?", ".*", "%%", "^", "|", "$")
NOBODYS_TEXT = "zqxvjkwy"
ROUNDS = 5
# Some servers search for no text of so few characters.
LONGEST_TOO_SHORT = 4
# Letters and digits with single spaces between: punctuation is for the clause on literal text.
PLAIN = re.compile(r"[^\W_]+(?: [^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Words:
    """What to ask a target about, the most telling first."""

    periods: tuple[str, ...]
    censuses: tuple[Census, ...]
    statuses: tuple[str, ...]
    texts: tuple[str, ...]
    marked: tuple[str, ...]
    largest: int

    def census(self, period: str) -> Census | None:
        """Return the census of a period, or None where none could be taken."""
        return next((census for census in self.censuses if census.period == period), None)

    def expected(self, question: Question) -> int:
        """Return how many flows the question brings at least; 0 for a period without a census."""
        census = self.census(question.period)
        return sum(must_match(flow, question) for flow in census.flows) if census else 0


def words(periods: Sequence[str], censuses: Iterable[Census], largest: int) -> Words:
    """Choose what to ask about some periods from the censuses that could be taken.

    `largest` is the greatest `first` that the target answers.
    """
    taken = tuple(censuses)
    flows = [flow for census in taken for flow in census.flows]
    statuses = dict.fromkeys((*(status for census in taken for status in census.statuses), *DOCUMENTED_STATUSES))
    texts = tuple(dict.fromkeys(_telling(flows)))
    return Words(tuple(periods), taken, tuple(statuses)[:4], texts, tuple(dict.fromkeys(_marked(flows))), largest)


def alike(flows: Sequence[Flow], many: int) -> tuple[str, ...]:
    """Return so many texts that find the same flows by any reading, or none: a project's name without its ends."""
    for project, count in Counter(flow.project for flow in flows).most_common():
        found = [must_match(flow, Question(search=project)) for flow in flows]
        parts = dict.fromkeys(project[begin : len(project) - end] for begin in range(3) for end in range(3))
        texts = [part for part in parts if len(part) > LONGEST_TOO_SHORT and part == part.strip()]
        same = [
            text
            for text, question in ((text, Question(search=text)) for text in texts)
            if [must_match(flow, question) for flow in flows] == [may_match(flow, question) for flow in flows] == found
        ]
        if count > 1 and len(same) >= many:
            return tuple(same[-many:])
    return ()


def _telling(flows: list[Flow]) -> Iterator[str]:
    """Yield one text of each kind, then a second of each: kinds err in different ways."""
    kinds = [iter(list(kind)) for kind in _kinds(flows)]
    for _ in range(ROUNDS):
        for kind in kinds:
            text = next(kind, None)
            if text is not None:
                yield text


def _kinds(flows: list[Flow]) -> Iterator[list[str]]:
    names = {flow.name for flow in flows}
    projects = {flow.project for flow in flows}
    in_names = _ranked(_fragments(names), flows)
    in_projects = _ranked(_fragments(projects), flows)
    folded_names, folded_projects = folded(" | ".join(names)), folded(" | ".join(projects))
    # Words of one of the two names only show which of them is searched.
    yield [text for text in in_names if folded(text) not in folded_projects]
    yield [text for text in in_projects if folded(text) not in folded_names]
    # What several projects' names share shows whether all of them are searched.
    yield _ranked(_shared(projects), flows)
    # Words of both show whether one hides the other.
    yield [text for text in in_names if folded(text) in folded_projects]
    # The end of one word and the beginning of the next: neither a word nor the beginning of a name.
    yield _ranked((f"{one[-3:]} {other[:3]}" for name in names for one, other in _neighbours(name)), flows)
    # A text that begins as others do and matches nothing; what else is shown of a flow is not searched either.
    longest = max(in_names, key=len, default="")
    off = f"{longest[:2]}q{longest[3:]}"
    # However far a text is looked at, its end counts.
    whole = max((name for name in names if PLAIN.fullmatch(name)), key=len, default=longest)
    yield [
        f"{longest} {NOBODYS_TEXT}",
        f"{whole} {NOBODYS_TEXT}",
        *([off] if folded(off) not in folded_names else []),
        NOBODYS_TEXT,
        f"{NOBODYS_TEXT}{longest}",
        f"{longest[:3]}{NOBODYS_TEXT}",
    ]
    yield [text for flow in flows[:1] for text in _unsearched(flow)]
    # What hardly an id lacks, or an instant.
    yield ["1", "0"]
    # What one name begins with and another has further on: no name is the better match for it.
    begun = [text for text in in_names if any(name.startswith(text) for name in names)]
    yield [text for text in begun if any(text in name[1:] for name in names if not name.startswith(text))]
    # The case of letters may be folded or not, but for all purposes alike.
    yield [text.swapcase() for text in in_names if text.swapcase() != text and text.swapcase() not in in_names]
    # Texts that a server may take for too short.
    yield [text for length in (2, 1) for text in _ranked(_runs(names, length), flows)[:1]]
    # A run of blanks, which a server may make one of on either side and on none.
    yield [match.group() for name in sorted(names) for match in re.finditer(r"[^\W_] {2,}[^\W_]+", name)]
    # A blank at the end of a text or before it, which is text as well.
    edges = (text for name in names for one, other in _neighbours(name) for text in (f"{one} ", f" {other}"))
    yield _ranked(edges, flows)
    # Letters beyond ASCII.
    yield [text for text in in_names + in_projects if not text.isascii()]
    # Capitals beyond ASCII, which not everything that folds case knows.
    yield [text for text in in_names + in_projects if any(not one.isascii() and one.isupper() for one in text)]
    yield sorted((name for name in names if PLAIN.fullmatch(name)), key=lambda name: (-len(name), name))


def _unsearched(flow: Flow) -> Iterator[str]:
    """Yield what is shown of a flow beside its two names."""
    yield flow.status
    yield from (str(value)[:10] for value in (flow.last_run_at, flow.tasks, flow.runs, flow.icon, flow.color) if value)


def _marked(flows: list[Flow]) -> Iterator[str]:
    """Yield marks by themselves, inside a word that some flow has, and as some flow has them."""
    found = (re.search(r"\w*([^\w\s])\w*", flow.name) for flow in flows)
    # One name for each mark, those first that other languages read as their own.
    by_mark = {match[1]: match[0] for match in found if match}
    had = [by_mark[mark] for mark in sorted(by_mark, key=lambda mark: (mark not in "&<'\"%\\", mark))]
    word = next(_fragments(flow.name for flow in flows), "flow")
    yield from had[:3]
    yield from MARKS[:4]
    # What some search boxes read as alternatives, as a quotation or as a negation.
    yield from (f"{word}{mark}{NOBODYS_TEXT}" for mark in (",", "|", " OR "))
    yield from (f"{word[:1]}{mark}{word[2:]}" for mark in ("_", ".", "%"))
    yield from (f"[{word[:1]}]{word[1:]}", f'"{word}"', f"-{NOBODYS_TEXT}", f"{word}*", f"^{word[:3]}")
    yield from MARKS[4:]
    yield from had[3:]


def _fragments(names: Iterable[str]) -> Iterator[str]:
    """Yield the words of names, and the inner parts of the longer ones."""
    for name in names:
        for match in re.finditer(r"[^\W_]+", name):
            word = match.group()
            if len(word) >= 3:
                yield word
            if len(word) >= 6:
                yield word[1:-1]


def _shared(names: set[str]) -> Iterator[str]:
    """Yield the short runs of letters that stand in more than one name."""
    counts = Counter(run for name in names for run in set(_runs([name], 3)))
    yield from (run for run, count in counts.items() if count > 1)


def _runs(names: Iterable[str], length: int) -> Iterator[str]:
    """Yield every run of so many letters or digits."""
    runs = (name[at : at + length] for name in names for at in range(len(name) - length + 1))
    yield from (run for run in runs if run.isalnum())


def _neighbours(name: str) -> Iterator[tuple[str, str]]:
    for run in PLAIN.findall(name):
        yield from ((one, other) for one, other in pairwise(run.split(" ")) if len(one) > 3 and len(other) > 3)


def _ranked(texts: Iterable[str], flows: list[Flow]) -> list[str]:
    """Put the texts that split the flows most evenly first; leave out those that every flow has."""
    joined = [(flow.name, flow.project) for flow in flows]
    hits = {text: sum(text in name or text in project for name, project in joined) for text in set(texts)}
    split = {text: count for text, count in hits.items() if 0 < count < len(flows)}
    return sorted(split, key=lambda text: (abs(len(flows) / 3 - split[text]), text))
