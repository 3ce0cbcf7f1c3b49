"""What an error says, in whichever of the documented and the seen forms it came."""

import re
from http import HTTPStatus

from contract_tests.messages import Reply

# A server that bounds what it is asked says so, in many words.
LIMITS = re.compile(
    r"complex|depth|deep|too (many|large|long|big)|alias|rate.?limit|throttl|exceed|maximum|budget|cost",
    re.IGNORECASE,
)
TIME_OUT = re.compile(r"time.?out|timed out", re.IGNORECASE)
INTERNAL = re.compile(r"internal", re.IGNORECASE)
FAILURES = re.compile(r"internal.?(server.?)?error|something went wrong|unexpected error", re.IGNORECASE)
# What runtimes and databases say of themselves when they fail; no refusal is put like that. What they say of a text
# that is no number or no base64 is not among it: some servers refuse a cursor in just these words.
CRASHES = re.compile(
    r"""(\(?[\w.:]+\)?:?\ )?  # the name of the exception, where it stands before
    ( (integer\ )?(division|modulo)\ .*by\ zero | divided\ by\ 0 | /\ by\ zero
    | undefined\ (method|local\ variable)\b | nil\ can't\ be\ coerced | comparison\ of\ .+\ failed
    | string\ contains\ null\ byte | A\ string\ literal\ cannot\ contain\ NUL
    | .+\ object\ (has\ no\ attribute|is\ not\ (subscriptable|iterable|callable)) | unsupported\ operand\ type
    | .+\ not\ supported\ between\ instances | (list|tuple|string)\ index\ out\ of\ range
    | '[\w-]+'\ codec\ can't\ encode | cannot\ read\ propert | .+\ is\ not\ (a\ function|iterable)\b
    | invalid\ array\ length
    | runtime\ error: | cannot\ invoke\ " | data\ too\ long\ for\ column
    | incorrect\ string\ value | illegal\ mix\ of\ collations )
    | (PG|Mysql2|SQLite3|ActiveRecord)::\w+ | SQLSTATE | java\.\w+ | \w*NullPointerException
    | '\w+'$  # a key that is not there""",
    re.IGNORECASE | re.VERBOSE,
)
NOT_OFFERED = re.compile(
    r"cannot query|exist|undefined|unknown|not (defined|found|have|available)|no (such )?field", re.IGNORECASE
)
TROUBLE = re.compile(r"unavailable|try again|temporar|busy|overload", re.IGNORECASE)
DENIALS = re.compile(r"permission|denied|forbidden|not.?found|couldn't find|unauthori", re.IGNORECASE)


def message(error: object) -> str:
    """What an error says, in whichever of the known forms it came."""
    if isinstance(error, dict):
        for key in ("message", "detail", "title", "error_description", "error"):
            if isinstance(error.get(key), str):
                return str(error[key])
    return str(error)[:200]


def limit(error: object) -> str | None:
    """What an error says of a limit of the server's; None for one that says nothing of any.

    A time that is over is one, unless the error's code tells of a fault inside.
    """
    said = message(error)
    time_is_over = TIME_OUT.search(said) and not INTERNAL.match(code(error) or "")
    return said if time_is_over or LIMITS.search(said) else None


def failure(reply: Reply) -> str | None:
    """Say how the server failed; an answer and a refusal are no failures."""
    if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"HTTP {reply.status}"
    if reply.is_page:
        return f"HTTP {reply.status} and no GraphQL response"
    texts = map(message, reply.errors)
    return next((text for text in texts if FAILURES.search(text) or CRASHES.match(text)), None)


def passing(reply: Reply) -> bool:
    """Whether a reply tells of trouble that passes: it is no answer to what was asked."""
    texts = [message(error) for error in reply.errors]
    return reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR or any(
        TROUBLE.search(text) or LIMITS.search(text) or TIME_OUT.search(text) for text in texts
    )


def code(error: object) -> str | None:
    """The code of an error, where it has one."""
    places = (error.get("extensions"), error.get("details"), error) if isinstance(error, dict) else ()
    found = (place["code"] for place in places if isinstance(place, dict) and isinstance(place.get("code"), str))
    return next(found, None)


def correlation_id(reply: Reply) -> str | None:
    """The identifier under which the API's own people find a request, where its errors carry one."""
    for error in reply.errors:
        places = (error, error.get("extensions"), error.get("details")) if isinstance(error, dict) else ()
        for place in places:
            if isinstance(place, dict) and isinstance(place.get("correlation_id"), str):
                return str(place["correlation_id"])
    return None
