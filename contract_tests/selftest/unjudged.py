"""The clauses that no test judges yet."""

# Each leaves this list with its test.
UNJUDGED = {
    "organization.unknown",
    "access.token-required",
    "access.token-valid",
    "access.role",
    "access.foreign-organization",
    "filter.any-text",
    "filter.literal-text",
    "filter.null-is-absent",
    "sort.case-of-field",
    "page.past-the-end",
    "page.bad-cursor",
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
