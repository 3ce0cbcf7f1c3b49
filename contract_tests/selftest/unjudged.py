"""The clauses that no test judges yet."""

# Each leaves this list with its test.
UNJUDGED: set[str] = set()
