"""A live organization as an anonymous world: read, matched across periods, renamed, written."""
