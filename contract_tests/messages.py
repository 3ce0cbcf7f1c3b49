"""A GraphQL request and the reply to it, as values."""

import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

from contract_tests.access import Caller


@dataclass(frozen=True, slots=True)
class Request:
    """A GraphQL request, and who sends it."""

    document: str
    variables: dict[str, Any]
    caller: Caller = Caller.OWN

    @property
    def key(self) -> str:
        """Equal for equal requests; holds no secret."""
        return json.dumps([self.document, self.variables, self.caller], sort_keys=True)

    @classmethod
    def of_key(cls, key: str) -> Self:
        """Return the request that a key stands for."""
        document, variables, caller = json.loads(key)
        return cls(document, variables, Caller(caller))


class InFlight(NamedTuple):
    """What requests that were sent together were answered, in their order, and how many waited at one moment."""

    replies: list["Reply"]
    most: int


# Whatever a server has to say, it can answer this.
SIMPLEST = Request("query admission { __typename }", {})


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: `body` is the parsed JSON, `limits` the headers that name a limit of the rate.

    `before` is the key of the request that was sent before this one. Compares by what was said, not by when it was
    and how long it took.
    """

    status: int
    body: Any
    seconds: float = field(default=0.0, compare=False)
    limits: tuple[str, ...] = field(default=(), compare=False)
    before: str = field(default="", compare=False)

    @property
    def data(self) -> Any:
        return self.body.get("data") if isinstance(self.body, dict) else None

    def data_of(self, field: str) -> Any:
        """The value of a field of the query, or None."""
        return self.data.get(field) if isinstance(self.data, dict) else None

    @property
    def errors(self) -> tuple[Any, ...]:
        """The response's errors, also of the forms that are not GraphQL's (`error`, or text on a refusal)."""
        if not isinstance(self.body, dict):
            return (self.body,) if self.status >= 400 else ()
        errors = self.body.get("errors", self.body.get("error"))
        if errors is None:
            return (self.body,) if self.status >= 400 else ()
        return tuple(errors) if isinstance(errors, list) else (errors,)

    @property
    def is_page(self) -> bool:
        """Whether something else came than a GraphQL response, with a status of success."""
        return self.status < 300 and not isinstance(self.body, dict)

    @property
    def failed(self) -> bool:
        """Whether the server itself failed, other than by a GraphQL answer."""
        return self.status >= 500 and not isinstance(self.body, dict)


@dataclass(frozen=True, slots=True)
class Timing:
    """How long an answer took, retries included, and when it was asked for: both in seconds, from the run's start."""

    began: float
    seconds: float

    def includes(self, moment: float) -> bool:
        """Whether the answer was waited for at a moment, in seconds from the run's start."""
        return self.began <= moment < self.began + self.seconds
