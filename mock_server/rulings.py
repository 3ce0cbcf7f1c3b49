"""How this server answers where the documentation is silent: one choice for each silence."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from mock_server import choices as c
from mock_server import choices_of_refusals as r
from mock_server.refusals import Misconfigured, unknown_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mock_server.choice import Choice


@dataclass(frozen=True, slots=True)
class Rulings:
    """One choice for each silence; what is not said follows graphql-ruby and what is known of the API."""

    page_cap: c.PageCap = c.PageCap.FIFTY
    page_default: c.PageDefault = c.PageDefault.FIFTY
    first_zero: c.NoSize = c.NoSize.NO_EDGES
    first_negative: c.NoSize = c.NoSize.NO_EDGES
    bad_cursor: c.BadCursor = c.BadCursor.REFUSED
    cursor_style: c.CursorStyle = c.CursorStyle.OFFSET
    search_case: c.Case = c.Case.FOLDED
    search_accents: c.Accents = c.Accents.EXACT
    search_blanks: c.Blanks = c.Blanks.KEPT
    search_only_blanks: c.OnlyBlanks = c.OnlyBlanks.AS_TEXT
    search_words: c.Words = c.Words.TOGETHER
    unknown_status: c.UnknownStatus = c.UnknownStatus.EMPTY
    status_empty: c.EmptyStatus = c.EmptyStatus.AS_UNKNOWN
    status_case: c.Case = c.Case.EXACT
    field_case: c.Case = c.Case.EXACT
    order_type: c.OrderType = c.OrderType.ENUM
    order_case: c.Case = c.Case.EXACT
    unknown_order: c.UnknownOrder = c.UnknownOrder.DEFAULT_SORT
    order_alone: c.OrderAlone = c.OrderAlone.DEFAULT_SORT
    by_alone: c.ByAlone = c.ByAlone.ASCENDING
    tie_break: c.TieBreak = c.TieBreak.LISTED
    name_collation: c.Collation = c.Collation.CODE_POINT
    status_order: c.StatusOrder = c.StatusOrder.ALPHABET
    idle_flows: c.IdleFlows = c.IdleFlows.LEFT_OUT
    idle_days: c.IdleDays = c.IdleDays.LEFT_OUT
    last_3_months: c.ThreeMonths = c.ThreeMonths.WITH_CURRENT
    last_run: c.LastRun = c.LastRun.IN_PERIOD
    instants: c.Instants = c.Instants.SECONDS
    invalid_status: r.InvalidStatus = r.InvalidStatus.BY_TYPE
    invalid_code: r.InvalidCode = r.InvalidCode.NONE
    refusal_status: r.RefusalStatus = r.RefusalStatus.UNAUTHORIZED
    refusal_body: r.RefusalBody = r.RefusalBody.TITLED
    unauthorized_code: r.UnauthorizedCode = r.UnauthorizedCode.UNAUTHORIZED
    denial: r.Denial = r.Denial.ERROR
    denied_status: r.DeniedStatus = r.DeniedStatus.OK
    denied_code: r.DeniedCode = r.DeniedCode.PERMISSION_DENIED
    not_found_status: r.NotFoundStatus = r.NotFoundStatus.OK
    not_found_code: r.NotFoundCode = r.NotFoundCode.NOT_FOUND
    unknown_organization: r.UnknownOrganization = r.UnknownOrganization.DENIED
    stats: c.Stats = c.Stats.OFFERED
    query_cost: c.QueryCost = c.QueryCost.BY_PAGE
    introspection: c.Introspection = c.Introspection.ON


@dataclass(frozen=True, slots=True)
class Ruling:
    """One silence of the documentation: its name, what it is about, the choices by name, and the one taken unasked."""

    name: str
    sentence: str
    choices: Mapping[str, str]
    default: str
    kind: type[Choice]

    def allows(self, choice: str) -> bool:
        """Whether this is one of the choices, or a number, a status or a code where any will do."""
        try:
            return self.kind(choice) == choice  # type: ignore[call-arg]  # looks a member up, and makes none
        except ValueError:
            return False


# Where one kind of choice serves several silences, its own docstring is too wide for each of them.
_SENTENCES = {
    "first-zero": "What `first: 0` gives.",
    "first-negative": "What a `first` below zero gives.",
    "search-case": "Whether `search` tells upper and lower case apart.",
    "search-accents": "Whether `search` tells letters with and without accents apart.",
    "status-case": "Whether `status` tells upper and lower case apart.",
    "order-case": 'Whether `order: "ASC"` is another order than `order: "asc"`, where its type is a string.',
    "field-case": 'Whether `by: "NAME"` is another field than `by: "name"`.',
}


def _ruling(field: str, default: Choice) -> Ruling:
    name = field.replace("_", "-")
    kind = type(default)
    sentence = _SENTENCES.get(name) or kind.__doc__ or ""
    choices = MappingProxyType({choice.value: choice.sentence for choice in kind})
    return Ruling(name, sentence, choices, default.value, kind)


_ALL = (_ruling(field.name, getattr(Rulings(), field.name)) for field in fields(Rulings))
RULINGS: Mapping[str, Ruling] = MappingProxyType({ruling.name: ruling for ruling in _ALL})


def ruled(settings: Iterable[str], rulings: Rulings | None = None) -> Rulings:
    """Return the rulings with each `NAME=CHOICE` obeyed, the last one of a name winning.

    Raises Misconfigured for a setting without `=`, an unknown name and an unknown choice.
    """
    rulings = rulings or Rulings()
    for setting in settings:
        name, equals, choice = setting.partition("=")
        if not equals:
            raise Misconfigured(f"a ruling is NAME=CHOICE, not {setting!r}")
        if name not in RULINGS:
            raise unknown_name("ruling", name, RULINGS)
        if not RULINGS[name].allows(choice):
            raise unknown_name(f"choice for {name}", choice, RULINGS[name].choices, RULINGS[name].kind.others())
        field = name.replace("-", "_")
        rulings = replace(rulings, **{field: type(getattr(rulings, field))(choice)})
    return rulings
