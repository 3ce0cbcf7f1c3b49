"""What a client may send, honest and hostile, as Hypothesis strategies over a target's own words."""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from contract_tests.covering import UNKNOWN_SORTS
from contract_tests.questions import ASCENDING, DESCENDING, SORT_FIELDS, Sort
from contract_tests.words import NOBODYS_TEXT, Words

ORDERS = st.sampled_from((DESCENDING, ASCENDING))
# Surrogates are no Unicode text, and JSON could not carry them.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
HOSTILE_TEXTS = (
    "'; DROP TABLE flows; --",
    "%",
    "\\",
    "[a-",
    "(",
    "*",
    "\x00",
    "\u202e",
    "🦄",
    "ﷺ",
    "é" * 300,
    "${7*7}",
    "<b>",
    "\n",
    " ",
    "",
)


def periods(words: Words) -> SearchStrategy[str]:
    """The periods that the run asks about."""
    return st.sampled_from(words.periods)


def statuses(words: Words) -> SearchStrategy[str]:
    """Statuses that occur, and the documented ones."""
    return st.sampled_from(words.statuses)


def texts(words: Words) -> SearchStrategy[str]:
    """Texts to search for: telling ones, and any stretch of the letters of a name."""
    names = sorted({part for census in words.censuses for flow in census.flows for part in (flow.name, flow.project)})
    telling = st.sampled_from(words.texts or (NOBODYS_TEXT,))
    if not names:
        return telling
    return st.one_of(telling, st.sampled_from(names).flatmap(_stretches))


def _stretches(name: str) -> SearchStrategy[str]:
    """Stretches of a name that no reading could take for something else: letters, digits, single blanks inside."""
    runs = [(start, end) for start in range(len(name)) for end in (start + 3, start + 5, start + 9) if end <= len(name)]
    plain = [name[start:end] for start, end in runs if _is_plain(name[start:end])]
    return st.sampled_from(plain) if plain else st.nothing()


def _is_plain(text: str) -> bool:
    return text.strip() == text and "  " not in text and text.replace(" ", "").isalnum()


def unknown_fields() -> SearchStrategy[str]:
    """Anything but a field that the documentation knows, in any case of letters and with any blanks around."""
    real = st.sampled_from([sort.by for sort in UNKNOWN_SORTS])
    return st.one_of(real, ANY_TEXT).filter(lambda text: text.strip().lower() not in SORT_FIELDS)


def sorts(fields: tuple[str, ...] | None = None) -> SearchStrategy[Sort]:
    """Sort criteria by some of the documented fields; by unknown ones for an empty choice; by any for none."""
    if fields is None:
        return st.builds(Sort, st.sampled_from(SORT_FIELDS) | unknown_fields(), ORDERS)
    return st.builds(Sort, st.sampled_from(fields) if fields else unknown_fields(), ORDERS)


def sizes(expected: int, largest: int) -> SearchStrategy[int | None]:
    """Page sizes that make a walk of bearable length, below and above the number of flows."""
    least = max(1, min(largest, expected // 12))
    most = min(largest, max(least + 2, expected + 2))
    return st.none() | st.integers(least, most) | st.sampled_from((20, 50, 100)).filter(lambda size: size <= largest)
