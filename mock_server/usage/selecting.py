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
    return is_status(flow.status, status, rulings)


def is_status(status: str, asked: str, rulings: Rulings) -> bool:
    """Tell whether a status is the one that is asked for."""
    return status.casefold() == asked.casefold() if rulings.status_case is Case.FOLDED else status == asked


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
    name, project = searchable(flow.name, rulings), searchable(flow.project.name, rulings)
    return all(text in name or text in project for text in searched(search, rulings))


def searched(search: str, rulings: Rulings) -> tuple[str, ...]:
    """Return the texts of which each must stand in one of a flow's two names.

    A text of nothing but blanks is not trimmed to nothing, and has no words to look for.
    """
    read = _read(search, rulings)
    match rulings.search_blanks:
        case Blanks.TRIMMED:
            read = read.strip() or read
        case Blanks.COLLAPSED:
            read = readings.with_single_blanks(read)
        case Blanks.KEPT:
            pass
    return tuple(read.split()) or (read,) if rulings.search_words is Words.ANYWHERE else (read,)


def searchable(name: str, rulings: Rulings) -> str:
    """Return a name as it is searched."""
    read = _read(name, rulings)
    return readings.with_single_blanks(read) if rulings.search_blanks is Blanks.COLLAPSED else read


def _read(text: str, rulings: Rulings) -> str:
    if rulings.search_accents is Accents.FOLDED:
        text = readings.without_accents(text)
    if rulings.search_case is Case.FOLDED:
        text = readings.without_case(text)
    return text
