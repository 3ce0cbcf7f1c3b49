"""Instants that are none, and reserved fields that are neither null nor text."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from typing import Any

from mock_server.deviations.rewriting import OfNodes, OfProjects


class _Instants(OfNodes):
    """A fault in how an instant is written; null stays null."""

    key = "lastRunAt"

    def value(self, honest: Any) -> Any:
        return None if honest is None else self.written(datetime.fromisoformat(honest))

    def written(self, instant: datetime) -> Any:
        raise NotImplementedError


class SpacedInstants(_Instants):
    """`lastRunAt` is written as Ruby prints it: `2026-06-16 17:49:02 UTC`."""

    breaks = ("operation.last-run-at",)

    def written(self, instant: datetime) -> Any:
        return instant.strftime("%Y-%m-%d %H:%M:%S UTC")


class EpochInstants(_Instants):
    """`lastRunAt` is the number of seconds since 1970."""

    breaks = ("operation.last-run-at",)

    def written(self, instant: datetime) -> Any:
        return int(instant.timestamp())


class BrazilianInstants(_Instants):
    """`lastRunAt` is written day first: `16/06/2026 17:49`."""

    breaks = ("operation.last-run-at",)

    def written(self, instant: datetime) -> Any:
        return instant.strftime("%d/%m/%Y %H:%M")


class MailInstants(_Instants):
    """`lastRunAt` is written as in mail: `Tue, 16 Jun 2026 17:49:02 +0000`."""

    breaks = ("operation.last-run-at",)

    def written(self, instant: datetime) -> Any:
        return format_datetime(instant)


class ImpossibleInstants(_Instants):
    """`lastRunAt` counts months from zero, as JavaScript does, so that January's is the month 00."""

    breaks = ("operation.last-run-at",)
    shows_in = "january"

    def written(self, instant: datetime) -> Any:
        return f"{instant.year}-{instant.month - 1:02}-{instant.day:02}T{instant:%H:%M:%S}Z"


class EmptyTextForNoRun(OfNodes):
    """`lastRunAt` is an empty text where it is not known."""

    breaks = ("operation.last-run-at",)
    key = "lastRunAt"

    def value(self, honest: Any) -> Any:
        return "" if honest is None else honest


class IconAsObject(OfProjects):
    """`project.icon` is an object with a colour in it."""

    breaks = ("operation.reserved-project-fields",)
    key = "icon"

    def value(self, honest: Any) -> Any:
        return {"color": honest or "BLUE"}


class ColorAsNumber(OfProjects):
    """`project.color` is a number."""

    breaks = ("operation.reserved-project-fields",)
    key = "color"

    def value(self, honest: Any) -> Any:
        return 0x3B82F6 if honest is None else len(honest)


class IconAsBoolean(OfProjects):
    """`project.icon` is whether there is one."""

    breaks = ("operation.reserved-project-fields",)
    key = "icon"

    def value(self, honest: Any) -> Any:
        return honest is not None


class ColorAsList(OfProjects):
    """`project.color` is a list where there is one."""

    breaks = ("operation.reserved-project-fields",)
    key = "color"

    def value(self, honest: Any) -> Any:
        return honest if honest is None else [honest]


DEVIATIONS = (
    SpacedInstants,
    EpochInstants,
    BrazilianInstants,
    MailInstants,
    ImpossibleInstants,
    EmptyTextForNoRun,
    IconAsObject,
    ColorAsNumber,
    IconAsBoolean,
    ColorAsList,
)
