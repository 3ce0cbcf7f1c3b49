"""What a check may conclude, and the roads on which it says so.

A broken clause is an `AssertionError`; what stops a check from judging is none:

    AssertionError              the clause is broken
      Refused                   a legal question was answered with errors
    CannotJudge                 an answer came, and nothing follows from it
      NotExercised              this organization's data cannot show the clause broken
      Malformed                 the answer breaks the documented form; operation.types says so
      LimitReached              the server bounds such questions, and says so
"""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What is said of a clause."""

    KEPT = "kept"
    BROKEN = "broken"
    INCONCLUSIVE = "inconclusive"
    NOT_EXERCISED = "not-exercised"


class CannotJudge(Exception):
    """An answer came, and nothing follows from it for the clause; the text says why."""


class NotExercised(CannotJudge):
    """The data cannot show the clause broken; the text says what it lacks."""


class Malformed(CannotJudge):
    """The answer is not of the documented form, at `path`."""

    def __init__(self, path: str, expected: str, got: object) -> None:
        super().__init__(f"the answer is not of the documented form: {path} is not {expected}")
        self.path, self.expected, self.got = path, expected, got


class LimitReached(CannotJudge):
    """The server refuses the question for its size (complexity, depth, aliases); the text is the server's."""


class Refused(AssertionError):
    """A legal question was answered with errors, or with a failure of the server; `from_start` if it had no cursor."""

    def __init__(self, status: int, messages: tuple[str, ...], *, from_start: bool = True) -> None:
        said = "; ".join(messages) or "no data and no message"
        super().__init__(f"the question was refused with HTTP {status}: {said}")
        self.status, self.messages, self.from_start = status, messages, from_start


def need(condition: object, what: str) -> None:
    """Pass over the question unless the data has `what` the clause needs to be able to fail."""
    if not condition:
        raise NotExercised(f"needs {what}")


@dataclass(slots=True)
class Evidence:
    """What a verdict rests on, counted."""

    questions: int = 0
    requests: int = 0
    walks: int = 0
    pages: int = 0
    flows: int = 0

    def add(self, other: "Evidence") -> None:
        self.questions += other.questions
        self.requests += other.requests
        self.walks += other.walks
        self.pages += other.pages
        self.flows += other.flows
