"""An explicit null that is taken for a value."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from mock_server.deviations.deviation import ResolversDeviation
from mock_server.refusals import InvalidInput
from mock_server.usage.question import Sort

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_server.usage.question import Question


class _Null(ResolversDeviation):
    """A fault over one argument that is given and null."""

    breaks = ("filter.null-is-absent",)
    argument: ClassVar[str]

    def question(self, arguments: Mapping[str, Any]) -> Question:
        honest = super().question(arguments)
        given = self.argument in arguments and arguments[self.argument] is None
        return self.taken(honest) if given else honest

    def taken(self, honest: Question) -> Question:
        raise NotImplementedError


class NullStatusFindsNone(_Null):
    """A null `status` gives the flows without a status, and there are none."""

    argument = "status"

    def taken(self, honest: Question) -> Question:
        return replace(honest, status="\0")


class NullStatusOnLaterPages(_Null):
    """A null `status` beside a cursor gives the flows that are enabled."""

    argument = "status"

    def taken(self, honest: Question) -> Question:
        return replace(honest, status="ENABLED") if honest.after else honest


class NullSearchIsAText(_Null):
    """A null `search` looks for the text `null`."""

    argument = "search"

    def taken(self, honest: Question) -> Question:
        return replace(honest, search="null")


class NullSortIsByName(_Null):
    """A null `sort` sorts by name."""

    argument = "sort"

    def taken(self, honest: Question) -> Question:
        return replace(honest, sort=Sort("name", "asc"))


class NullSearchRefused(_Null):
    """A null `search` is refused."""

    argument = "search"

    def taken(self, honest: Question) -> Question:  # noqa: ARG002 - the step takes more than this fault looks at
        raise InvalidInput(None)


DEVIATIONS = (NullStatusFindsNone, NullStatusOnLaterPages, NullSearchIsAText, NullSortIsByName, NullSearchRefused)
