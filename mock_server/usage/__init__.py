"""The query as arithmetic: flows in, an answer out; no HTTP, no GraphQL, no clock."""
