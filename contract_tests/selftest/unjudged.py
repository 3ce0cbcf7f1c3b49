"""The clauses that no test judges yet."""

# Each leaves this list with its test.
UNJUDGED = {
    "access.token-required",
    "access.token-valid",
    "access.role",
    "access.foreign-organization",
    "sort.case-of-field",
    "consistency.repeatable",
    "consistency.isolated",
    "consistency.concurrent",
    "consistency.aliases",
    "consistency.literals",
    "consistency.fragments",
    "stats.usage",
    "stats.active-flows",
    "stats.history-adds-up",
    "stats.buckets",
    "stats.window",
    "schema.compatible",
    "robustness.generated-queries",
}
