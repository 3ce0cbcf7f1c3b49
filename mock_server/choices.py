"""The choices a server has where the documentation is silent about answers. Each of them keeps the contract."""

from mock_server.choice import Amount, Choice


class PageCap(Amount):
    """How many edges a page holds at most, whatever `first` asks for: one of these or any other number."""

    FIVE = "5", "At most 5."
    TEN = "10", "At most 10."
    TWENTY_FIVE = "25", "At most 25."
    FIFTY = "50", "At most 50, as elsewhere in the API."
    HUNDRED = "100", "At most 100."
    NONE = "none", "As many as are asked for."


class PageDefault(Amount):
    """How many edges a page holds when `first` is left out: one of these or any other number."""

    TEN = "10", "10, or the cap where that is lower."
    TWENTY = "20", "20, or the cap where that is lower."
    FIFTY = "50", "50, or the cap where that is lower."
    CAP = "cap", "As many as a page may hold."


class NoSize(Choice):
    """What a `first` below one gives."""

    NO_EDGES = "no-edges", "No edges; `hasNextPage` still says whether flows follow, as in graphql-ruby."
    NOTHING = "nothing", "No edges and no next page."
    DEFAULT_PAGE = "default-page", "The page that comes when `first` is left out."
    REFUSED = "refused", "An error."


class BadCursor(Choice):
    """What an `after` gives that this server never sent."""

    REFUSED = "refused", "An error."
    FIRST_PAGE = "first-page", "The first page."
    EMPTY = "empty", "A page without edges, after which nothing follows."


class Case(Choice):
    """Whether upper and lower case are one."""

    FOLDED = "folded", "Upper and lower case are one."
    EXACT = "exact", "Upper and lower case differ."


class Accents(Choice):
    """Whether a letter and the same letter with an accent are one."""

    FOLDED = "folded", "`e` and `é` are one."
    EXACT = "exact", "`e` and `é` differ."


class Blanks(Choice):
    """What white space in a searched text means."""

    KEPT = "kept", "White space is text like any other."
    TRIMMED = "trimmed", "White space around the text is dropped."
    COLLAPSED = "collapsed", "Any run of white space, in the text and in the names, is one blank."


class OnlyBlanks(Choice):
    """What a `search` of nothing but white space gives."""

    AS_TEXT = "as-text", "What it finds as a text like any other; it is not trimmed to nothing."
    EVERYTHING = "everything", "Every flow."


class Words(Choice):
    """Whether a searched text of several words is one text."""

    TOGETHER = "together", "The words stand together, as written."
    ANYWHERE = "anywhere", "Each word stands somewhere in the two names."


class UnknownStatus(Choice):
    """What a status gives that no flow can have."""

    EMPTY = "empty", "No flows."
    REFUSED = "refused", "An error."


class EmptyStatus(Choice):
    """What an empty `status` gives."""

    AS_UNKNOWN = "as-unknown", "What a status gives that no flow can have."
    EVERYTHING = "everything", "Every flow."


class OrderType(Choice):
    """The type of `order` in the schema."""

    ENUM = "enum", "An enum of `asc` and `desc`."
    STRING = "string", "A string."


class UnknownOrder(Choice):
    """What an `order` gives that is neither `asc` nor `desc`, where its type is a string."""

    DEFAULT_SORT = "default-sort", "Usage descending, whatever `by` says."
    ASCENDING = "ascending", "The named field, ascending."
    DESCENDING = "descending", "The named field, descending."
    REFUSED = "refused", "An error."


class OrderAlone(Choice):
    """What `order` without `by` gives."""

    DEFAULT_SORT = "default-sort", "Usage descending."
    BY_USAGE = "by-usage", "Usage, in that order."
    REFUSED = "refused", "An error."


class ByAlone(Choice):
    """What a known `by` without `order` gives."""

    ASCENDING = "ascending", "Ascending."
    DESCENDING = "descending", "Descending."


class TieBreak(Choice):
    """How flows come that are equal in what they are sorted by."""

    LISTED = "listed", "As they are listed in the world."
    REVERSE_LISTED = "reverse-listed", "The other way round than they are listed in the world."
    NAME = "name", "By name, then as they are listed."
    HASHED = "hashed", "In an order that looks random and is always the same."


class Collation(Choice):
    """How names are compared."""

    CODE_POINT = "code-point", "By code point: `Z` before `a`."
    CASE_FOLDED = "case-folded", "Upper and lower case as one."
    ACCENTS_FOLDED = "accents-folded", "Upper and lower case as one, and accents dropped."
    PUNCTUATION_IGNORED = "punctuation-ignored", "Letters and digits alone, case and accents folded."
    UNICODE = "unicode", "By the Unicode collation algorithm."


class StatusOrder(Choice):
    """How statuses are compared."""

    ALPHABET = "alphabet", "By their letters: DISABLED before ENABLED."
    RANK = "rank", "ENABLED, DISABLED, then the others by their letters."


class IdleFlows(Choice):
    """Whether flows are listed that did not run in the period."""

    LISTED = "listed", "They are, with no tasks and no runs."
    LEFT_OUT = "left-out", "They are not."


class IdleDays(Choice):
    """Whether `history` has a bucket for a day or a month in which nothing ran."""

    LEFT_OUT = "left-out", "It does not."
    UNTIL_NOW = "until-now", "It does, as far as the clock has come."
    WHOLE_WINDOW = "whole-window", "It does, to the end of the window."


class ThreeMonths(Choice):
    """Which months `last_3_months` means."""

    WITH_CURRENT = "with-current", "The current month and the two before it."
    BEFORE_CURRENT = "before-current", "The three months before the current one."


class LastRun(Choice):
    """Which run `lastRunAt` tells of."""

    IN_PERIOD = "in-period", "The last one in the period."
    EVER = "ever", "The last one there was."


class CursorStyle(Choice):
    """What a cursor looks like."""

    OFFSET = "offset", "The position from 1 in base64url without padding: `MQ`, `Mg`."
    OPAQUE = "opaque", "A text that tells nothing."
    BOUND = "bound", "A text that tells nothing, and is none of ours under another filter or sort."
    KEYSET = (
        "keyset",
        "A text that tells nothing, and elsewhere stands for its flow; without that it is none of ours.",
    )


class Instants(Choice):
    """How `lastRunAt` is written."""

    SECONDS = "seconds", "In UTC, to the second: `2026-06-16T17:49:02Z`."
    FRACTIONS = "fractions", "In UTC, with milliseconds: `2026-06-16T17:49:02.000Z`."
    OFFSET = "offset", "In a local time with its offset: `2026-06-16T14:49:02-03:00`."


class Stats(Choice):
    """Whether `integrationsUsageStats` is there."""

    OFFERED = "offered", "It is."
    ABSENT = "absent", "It is not in the schema."


class QueryCost(Choice):
    """How `first` counts in a query's complexity, which may be 50,000 at most."""

    BY_PAGE = "by-page", "As far as a page may hold, so that a large `first` is no more than a full page."
    AS_ASKED = "as-asked", "As it is sent, as in graphql-ruby: the documented query with a `first` of 5000 is refused."


class Introspection(Choice):
    """Whether the schema can be asked for."""

    ON = "on", "It can."
    OFF = "off", "It cannot."
