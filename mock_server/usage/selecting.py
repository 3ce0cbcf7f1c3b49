"""Which flows a status and a searched text let through. Knows single flows, not sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_server.choices import Accents, Blanks, Case, UnknownStatus, Words
from mock_server.refusals import InvalidInput
from mock_server.usage import readings

if TYPE_CHECKING:
    from collections.abc import Collection

    from mock_server.rulings import Rulings
    from mock_server.usage.flows import Flow

DOCUMENTED_STATUSES = frozenset({"ENABLED", "DISABLED"})


def has_status(flow: Flow, status: str, rulings: Rulings) -> bool:
    """Tell whether the flow has this status."""
    if rulings.status_case is Case.FOLDED:
        return flow.status.casefold() == status.casefold()
    return flow.status == status


def check_status(status: str, known: Collection[str], rulings: Rulings) -> None:
    """Raise InvalidInput for a status that no flow can have, where the ruling is to refuse it."""
    if rulings.unknown_status is UnknownStatus.EMPTY or status in known:
        return
    folded = {name.casefold() for name in known} if rulings.status_case is Case.FOLDED else set()
    if status.casefold() not in folded:
        raise InvalidInput(status)


def is_found(flow: Flow, search: str, rulings: Rulings) -> bool:
    """Tell whether the text is in the flow's name or in its project's.

    Every ruling widens what is found: a name that has the exact text is found under all of them.
    """
    wanted = _read(search, rulings)
    names = (_read(flow.name, rulings), _read(flow.project.name, rulings))
    match rulings.search_blanks:
        case Blanks.TRIMMED:
            wanted = wanted.strip()
        case Blanks.COLLAPSED:
            wanted = readings.with_single_blanks(wanted)
            names = (readings.with_single_blanks(names[0]), readings.with_single_blanks(names[1]))
        case Blanks.KEPT:
            pass
    if rulings.search_words is Words.ANYWHERE:
        return all(word in names[0] or word in names[1] for word in wanted.split())
    return wanted in names[0] or wanted in names[1]


def _read(text: str, rulings: Rulings) -> str:
    if rulings.search_accents is Accents.FOLDED:
        text = readings.without_accents(text)
    if rulings.search_case is Case.FOLDED:
        text = readings.without_case(text)
    return text
