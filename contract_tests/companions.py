"""Questions that are asked together or in a row: the cases of what an answer must not depend on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from contract_tests.answers import Flow
from contract_tests.cases import Crowd, Disturbed, Foreign, Made, Repeated, Several, Spelled, Spelling, Turned
from contract_tests.covering import Size, page_size
from contract_tests.literals import Literal
from contract_tests.questions import ASCENDING, DESCENDING, NAME, PERIODS, STATUS, USAGE, Question, Sort
from contract_tests.scopes import Depth
from contract_tests.spellings import Beside
from contract_tests.words import NOBODYS_TEXT, Words, alike

# So many flows are few, and yet can be told apart by a status and put in another order.
FEW = 4
# One wrong answer in so many shows twice in each of two questions that are asked in turn four times as often.
SELDOM = 7
# A pair of questions is asked in so many guises.
GUISES = 4
# So many flows are seldom all there are, and nothing else asks for as many.
SHORT = 7
NOBODYS_FIELDS = tuple(f"{NOBODYS_TEXT}{letter}" for letter in "abcd")


def varied(words: Words) -> list[Question]:
    """Return a plain question for a short page, then one with each argument given, then some with several."""
    period = words.periods[0]
    plain = Question(period, first=page_size(Size.FEW, words.expected(Question(period)), words.largest))
    status = replace(plain, status=words.statuses[0])
    search = replace(plain, search=words.texts[0] if words.texts else "a")
    everything = replace(status, search=search.search, sort=Sort(USAGE, ASCENDING), first=2)
    questions = [
        plain,
        status,
        search,
        replace(plain, first=(plain.first or 1) + 2),
        everything,
        replace(plain, sort=Sort(NAME, ASCENDING)),
        replace(plain, sort=Sort(STATUS, DESCENDING)),
        replace(plain, first=None),
        *(replace(plain, period=other) for other in PERIODS if other in words.periods[1:]),
        replace(everything, sort=Sort(NAME, DESCENDING), first=1),
        replace(plain, sort=Sort(USAGE, ASCENDING)),
        replace(status, status=words.statuses[1] if len(words.statuses) > 1 else None),
        replace(search, search=words.texts[1] if len(words.texts) > 1 else None),
        replace(plain, sort=Sort("runs", ASCENDING)),
    ]
    return list(dict.fromkeys(questions))


def _with_everything(words: Words) -> Question:
    """Return the question with the most arguments."""
    return max(varied(words), key=lambda question: len(question.variables()))


def repeated(words: Words, depth: Depth) -> Iterator[Repeated]:
    """Repeat a short page, the whole of another period, both in turn, then whole sets and short pages."""
    plain, *others = varied(words)
    far = replace(plain, period=words.periods[-1], first=words.largest)
    yield Repeated((plain,), depth.repeats)
    yield Repeated((far,), depth.repeats)
    if depth.repeats > 2 * SELDOM:
        # An answer may be wrong by its number, and no more than the answer before it once more.
        yield Repeated((plain, far), 2 * depth.repeats)
    for place, question in enumerate(others[: depth.companions // 2 - 1]):
        yield Repeated((question if place % 2 else replace(question, first=words.largest),), depth.repeats)


def disturbed(words: Words, depth: Depth) -> Iterator[Disturbed]:
    """Ask a question without an argument after two that give it; then with all of them given before."""
    plain, status, search, *_ = varied(words)
    statuses, texts = (*words.statuses, "ENABLED", "DISABLED")[:2], (*words.texts, "a", "e")[:2]
    one = replace(plain, status=statuses[0], search=texts[0], sort=Sort(NAME, ASCENDING), first=1)
    other = replace(plain, status=statuses[1], search=texts[1], sort=Sort(STATUS, DESCENDING), first=words.largest)
    bare, whole = replace(plain, first=None), replace(plain, first=words.largest)
    cases = [
        Disturbed(bare, one, other),
        Disturbed(bare, bare, Foreign.SIBLING),
        Disturbed(whole, replace(whole, sort=Sort(NAME, ASCENDING)), replace(whole, sort=Sort(NAME, DESCENDING))),
        Disturbed(bare, replace(bare, first=1), whole),
        Disturbed(plain, one, other),
        Disturbed(plain, one, other, further=True),
        Disturbed(bare, bare, Foreign.REFUSED),
        Disturbed(bare, bare, Foreign.ANOTHERS),
        Disturbed(bare, bare, Foreign.ORGANIZATION),
        Disturbed(bare, replace(bare, status=statuses[0]), replace(bare, status=statuses[1])),
        Disturbed(bare, replace(bare, search=texts[0]), replace(bare, search=texts[1])),
        Disturbed(bare, replace(bare, search=NOBODYS_TEXT), replace(bare, status=statuses[0], search=texts[0])),
        Disturbed(replace(status, first=None), one, other),
        Disturbed(replace(search, first=None), one, other),
        Disturbed(replace(bare, sort=Sort(NAME, DESCENDING)), one, other),
    ]
    yield from cases[: depth.companions + len(Foreign)]


def turned(words: Words, depth: Depth) -> Iterator[Turned]:
    """Give one argument in two ways: the page size for all flows, and each other one for few; then one text in two."""
    period = words.periods[0]
    yield Turned(Question(period, first=1), Question(period, first=2), fields=NOBODYS_FIELDS)
    status = words.statuses[0]
    yield Turned(Question(period, status=status), Question(period, search=status), fields=NOBODYS_FIELDS)
    census = words.census(period)
    if census and (texts := alike(census.flows, GUISES)):
        plain = Question(period)
        down = replace(plain, sort=Sort(USAGE, DESCENDING))
        yield Turned(replace(plain, sort=Sort(USAGE, ASCENDING)), down, texts=texts)
    if len(words.periods) > 1:
        yield later_pages(words.periods)
    searches = [Question(period, search=text) for text in words.texts]
    if searches:
        found = min(searches, key=lambda one: abs(words.expected(one) - FEW))
        others = (one for one in searches if words.expected(one) != words.expected(found))
        by_name = replace(found, sort=Sort(NAME, DESCENDING))
        pairs = (
            (found, min((replace(found, status=status) for status in words.statuses), key=words.expected)),
            (found, next(others, replace(found, search=NOBODYS_TEXT))),
            (found, replace(found, search=(found.search or "").swapcase())),
            (replace(found, sort=Sort(USAGE, ASCENDING)), by_name),
            (replace(found, sort=Sort(NAME, ASCENDING)), by_name),
            (found, replace(found, period=words.periods[-1])),
            (found, replace(found, search=f" {found.search} ")),
        )
        # Downwards from below the largest page of all, which other clauses ask for; no pair has another's sizes.
        sizes = iter(range(words.largest - 1, FEW, -1))
        some = pairs[: depth.repeats // 2]
        for (one, other), own in zip(some, zip(sizes, sizes, sizes, sizes, strict=False), strict=False):
            yield Turned(one, other, sizes=own)


def later_pages(periods: Sequence[str]) -> Turned:
    """Give the second pages of two periods."""
    one, other = (Question(period, first=SHORT) for period in periods[:2])
    return Turned(one, other, fields=NOBODYS_FIELDS, further=True)


def beside_another(question: Question, flows: Sequence[Flow], periods: Sequence[str], largest: int) -> Iterator[Turned]:
    """Give a question beside others that differ from it in one argument; `flows` are all that its period has."""
    sort, others = question.sort, []
    if sort:
        others.append(replace(question, sort=replace(sort, order=ASCENDING if sort.descending else DESCENDING)))
    others += [replace(question, search=None), replace(question, status=None)]
    others += [replace(question, period=period) for period in periods[-2:]]
    texts = alike(flows, GUISES) if question.search is None else ()
    # Large enough for what is found, and seldom those of the pairs that are asked of any server.
    sizes = iter(range(largest * 3 // 4, FEW, -1))
    for other in others:
        own = () if texts else tuple(islice(sizes, GUISES))
        if other != question and len(own or texts) == GUISES:
            yield Turned(question, other, sizes=own, texts=texts)


def crowds(words: Words, depth: Depth) -> Iterator[Crowd]:
    """Ask together what differs in one argument: as many questions as are kept connections for; two pages; two."""
    plain, *others = varied(words)
    # The period first: it is what most else hangs on.
    others.sort(key=lambda question: question.period == plain.period)
    questions, rounds = (plain, *others)[: depth.repeats // 2][:8], max(2, depth.repeats // 5)
    yield Crowd(questions, rounds)
    yield Crowd(questions[:1], rounds, further=True)
    if depth.companions > 4:
        yield Crowd(questions[:2], rounds)


def pairs(words: Words, depth: Depth) -> Iterator[Several]:
    """Ask the plain question beside each other one, before it and after it, and beside its own second page."""
    plain, *others = varied(words)
    far = replace(_with_everything(words), period=words.periods[-1])
    yield Several((plain, far))
    yield Several((far, plain))
    yield Several((others[0], plain), Beside.LESS_OF_THE_FIRST)
    yield Several((plain, others[1]), Beside.ONE_FRAGMENT)
    yield Several((plain, plain), further=True)
    for other in others[: depth.companions]:
        yield Several((plain, other))
        if depth.companions > 4:
            yield Several((other, plain))
    yield Several((*others[:2], plain))


def hard_literals(words: Words, plain: Question) -> Iterator[Spelled[Literal]]:
    """Ask for a text beyond ASCII and for one with a quotation mark or a backslash, and for a sort in other forms."""
    found = [text for text in (*words.texts, *words.marked) if words.expected(Question(words.periods[0], search=text))]
    beyond = [text for text in found if not text.isascii()][:1]
    quoted = [text for text in found if '"' in text or "\\" in text][:1]
    yield from (Spelled(replace(plain, search=text), Literal.PLAIN) for text in beyond + quoted)
    # A direction that is lost is taken for either.
    for order in (DESCENDING, ASCENDING):
        yield Spelled(replace(plain, sort=Sort(NAME, order)), Literal.SORT_IN_PARTS)
        yield Spelled(replace(plain, sort=Sort(NAME, order)), Literal.SORT_TURNED)


def searched(
    *spellings: Spelling,
) -> Callable[[Words, Question], Iterator[Spelled[Spelling]]]:
    """Search in either of the two names: what is not selected may not be read, and so not be searched either."""

    def cases(words: Words, plain: Question) -> Iterator[Spelled[Spelling]]:
        for text in words.texts[:2]:
            yield from (Spelled(replace(plain, search=text), spelling) for spelling in spellings)

    return cases


def spelled_by(
    spellings: Sequence[Spelling],
    *,
    hard: Callable[[Words, Question], Iterator[Spelled[Spelling]]] = lambda *_: iter(()),
) -> Made[Spelled[Spelling]]:
    """Spell a question with all arguments in each of some ways, and its second page; then others in turn.

    `hard` makes cases out of a plain question that ways of its kind are known to fail on.
    """

    def cases(words: Words, depth: Depth) -> Iterator[Spelled[Spelling]]:
        questions = varied(words)[: depth.companions]
        everything = _with_everything(words)
        # The same arguments with another value: what was kept for the one must not serve the other.
        yield Spelled(everything, spellings[0])
        yield from (Spelled(replace(everything, period=period), spellings[0]) for period in words.periods[1:])
        yield from hard(words, questions[0])
        yield from (Spelled(everything, spelling) for spelling in spellings[1 : 3 * depth.companions + 1])
        yield from (Spelled(replace(questions[0], first=first), spellings[0]) for first in (2, 3))
        for place, question in enumerate(questions):
            yield Spelled(question, spellings[(place + 1) % len(spellings)])
        for spelling in spellings[: depth.companions // 2 + 1]:
            yield Spelled(questions[0], spelling, further=True)
        for question in questions[6::3]:
            yield from (Spelled(question, spelling, further) for spelling in spellings for further in (False, True))

    return Made(cases)
