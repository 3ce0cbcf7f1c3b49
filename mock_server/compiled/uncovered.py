"""What makes a request one for the reference: whatever a compiled operation does not answer, errors included."""

from __future__ import annotations


class Uncovered(Exception):
    """Raised for a document, a value or an answer that graphql-core has to judge."""
