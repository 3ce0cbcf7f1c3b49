"""The order flows come in: by usage, name or status, and what settles a tie."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING

from mock_server.choices import ByAlone, Case, OrderAlone, StatusOrder, TieBreak, UnknownOrder
from mock_server.refusals import InvalidInput
from mock_server.usage.collating import collated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mock_server.rulings import Rulings
    from mock_server.usage.flows import Flow, Flows
    from mock_server.usage.question import Sort

Key = tuple[int | str | tuple[int, ...], ...]


class Field(StrEnum):
    """What can be sorted by."""

    NAME = "name"
    USAGE = "usage"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Sorting:
    """A sort that is settled: a known field and a direction."""

    by: Field
    descending: bool


_KNOWN = {field.value: (Sorting(field, descending=False), Sorting(field, descending=True)) for field in Field}
_ORDERS = ("asc", "desc")
DEFAULT = _KNOWN["usage"][True]


def sorting(sort: Sort | None, rulings: Rulings) -> Sorting:
    """Return what a sent sort means.

    An unknown field is no error and its direction is not obeyed: it means the default (sort.unknown-field).
    """
    if sort is None:
        return DEFAULT
    if sort.by is None:
        return _order_alone(sort, rulings)
    by = sort.by.lower() if rulings.field_case is Case.FOLDED else sort.by
    if by not in _KNOWN:
        return DEFAULT
    if sort.order is None:
        return _KNOWN[by][rulings.by_alone is ByAlone.DESCENDING]
    order = _order(sort.order, rulings)
    if order in _ORDERS:
        return _KNOWN[by][order == "desc"]
    match rulings.unknown_order:
        case UnknownOrder.DEFAULT_SORT:
            return DEFAULT
        case UnknownOrder.REFUSED:
            raise InvalidInput(sort.order)
        case direction:
            return _KNOWN[by][direction is UnknownOrder.DESCENDING]


def _order_alone(sort: Sort, rulings: Rulings) -> Sorting:
    if sort.order is None or rulings.order_alone is OrderAlone.DEFAULT_SORT:
        return DEFAULT
    if rulings.order_alone is OrderAlone.REFUSED:
        raise InvalidInput(sort.order)
    return _KNOWN["usage"][_order(sort.order, rulings) != "asc"]


def _order(sent: str, rulings: Rulings) -> str:
    folded = sent.lower()
    return folded if rulings.order_case is Case.FOLDED and folded in _ORDERS else sent


def key(flow: Flow, by: Field, rulings: Rulings) -> Key:
    """Return what a flow is compared by; keys of one field compare with each other."""
    match by:
        case Field.USAGE:
            return (flow.tasks,)
        case Field.STATUS:
            return status_key(flow.status, rulings)
        case Field.NAME:
            return name_key(flow.name, rulings)


def name_key(name: str, rulings: Rulings) -> Key:
    """Return what a name is compared by; two that a collation holds for equal differ, so that `desc` mirrors `asc`."""
    return (collated(name, rulings.name_collation), name)


def status_key(status: str, rulings: Rulings) -> Key:
    """Return what a status is compared by; each is one block."""
    ranks = {"ENABLED": 0, "DISABLED": 1}
    return (ranks.get(status, len(ranks)), status) if rulings.status_order is StatusOrder.RANK else (status,)


def broken_ties(flows: Sequence[Flow], choice: TieBreak) -> Flows:
    """Return the flows in the order that equal ones shall have among themselves."""
    match choice:
        case TieBreak.LISTED:
            return tuple(flows)
        case TieBreak.REVERSE_LISTED:
            return tuple(reversed(flows))
        case TieBreak.NAME:
            return tuple(sorted(flows, key=lambda flow: flow.name))
        case TieBreak.HASHED:
            return tuple(sorted(flows, key=hashed))


def hashed(flow: Flow) -> bytes:
    """Return what looks random and is the same for equal flows."""
    text = "\0".join((flow.name, flow.project.name, flow.status, str(flow.tasks), str(flow.runs)))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
