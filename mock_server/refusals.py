"""What this server says no to.

Exception
├── Refusal                 a question that gets an error in place of its answer; has a code and goes out as GraphQL
│   ├── Denied              the caller may not see it
│   ├── NotFound            nobody has it
│   ├── Withheld            either of the two, where the ruling is to give null and no error: sent as that
│   └── InvalidInput        a value that the type allows and the server does not
├── Unauthorized            nobody is asking: no token, a wrong one or an expired one; goes out as HTTP
├── Unreadable              a request that holds no question; goes out as HTTP, with a GraphQL error
└── Misconfigured           whoever starts the server asked for what it cannot be; one line, never sent to a client
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mock_server.rulings import Rulings


class Refusal(Exception):
    """A question that gets an error in place of its answer."""

    code: ClassVar[str]

    def code_under(self, rulings: Rulings) -> str:  # noqa: ARG002 - some are ruled
        """Return the code that goes out, or `none`."""
        return self.code

    def status_under(self, rulings: Rulings) -> int:  # noqa: ARG002 - some are ruled
        """Return the HTTP status of the answer."""
        return 200


class Denied(Refusal):
    """Raised when the caller may not see what was asked for."""

    code = "PERMISSION_DENIED"

    def __init__(self) -> None:
        super().__init__("Permission denied")

    def code_under(self, rulings: Rulings) -> str:
        return rulings.denied_code

    def status_under(self, rulings: Rulings) -> int:
        return int(rulings.denied_status)


class NotFound(Refusal):
    """Raised when there is no such thing, and the ruling is to say so."""

    code = "NOT_FOUND"

    def __init__(self, kind: str, key: str, value: str) -> None:
        super().__init__(f"Couldn't find {kind} with {key} {value}")

    def code_under(self, rulings: Rulings) -> str:
        return rulings.not_found_code

    def status_under(self, rulings: Rulings) -> int:
        return int(rulings.not_found_status)


class Withheld(Refusal):
    """Raised when the ruling is to give null and no error, neither for what is not there nor for what is not shown."""

    code = "WITHHELD"

    def __init__(self) -> None:
        super().__init__("Withheld")


class InvalidInput(Refusal):
    """Raised for a value that the type allows and the server does not."""

    code = "INVALID_INPUT"

    def __init__(self, value: object) -> None:
        text = f'"{value}"' if isinstance(value, str) else str(value)
        super().__init__(f"Invalid input: {text}")


class Unauthorized(Exception):
    """Raised when a request carries no token, a wrong one or an expired one."""


class Unreadable(Exception):
    """Raised for an HTTP request that holds no GraphQL request; `status` and `code` are its names in each."""

    def __init__(self, message: str, status: int = 400, code: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class Misconfigured(Exception):
    """Raised, with one line for a person, when the server is asked to be what it cannot be."""


class Told(dict[str, Any]):
    """An error as it is sent that knows the refusal it tells of."""

    def __init__(self, error: Mapping[str, Any], refusal: Refusal) -> None:
        super().__init__(error)
        self.refusal = refusal


def details(code: str) -> dict[str, str]:
    """Return what an error tells beside its message: its code, if any, and an id to ask support about."""
    named = {} if code == "none" else {"code": code}
    return {**named, "correlation_id": uuid4().hex}


# More names than these make a line that nobody reads.
_FEW = 20
# What the command line lists by the plural of its kind.
_LISTED = ("world", "ruling", "deviation", "fault")


def unknown_name(kind: str, name: str, known: Iterable[str], others: str = "") -> Misconfigured:
    """Return the one line for a name that is not known, with the near ones named, and what `others` there may be."""
    names = list(known)
    near = get_close_matches(name, names, n=3, cutoff=0.5)
    if near:
        hint = f"did you mean {' or '.join(near)}?"
    elif len(names) <= _FEW:
        hint = f"there are: {', '.join(names)}"
    else:
        where = f"; `mock-server {kind}s` lists them" if kind in _LISTED else ""
        hint = f"none of the {len(names)} that there are is near it{where}"
    return Misconfigured(f"unknown {kind} {name!r}; {hint}" + (f" ({others} will do as well)" if others else ""))
