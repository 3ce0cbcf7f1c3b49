"""The reference: the same world, with graphql-core parsing, validating and executing each request.

Called with a port and a number of flows.
"""

from __future__ import annotations

import sys

from aiohttp import web
from graphql import DocumentNode, GraphQLError, parse, specified_rules, validate

from mock_server.app import execution
from mock_server.endpoint import PATH, Endpoint
from mock_server.execution import Execution, Request
from mock_server.generating import generate
from mock_server.loops import new_loop
from mock_server.resolvers import Resolvers


class _Reference(Execution):
    """An execution that remembers nothing."""

    def document(self, query: str) -> DocumentNode | tuple[GraphQLError, ...]:
        document = parse(query)
        return tuple(validate(self.schema, document, specified_rules)) or document

    def excess(self, request: Request) -> None:  # noqa: ARG002 - a plain server measures nothing
        return None


def main(port: int, flows: int) -> None:
    """Serve until a signal ends it."""
    known = execution(generate(flows)).resolvers
    resolvers = Resolvers(known.world, known.rulings, known.usage)
    app = web.Application()
    app.router.add_post(PATH, Endpoint(_Reference(resolvers)).handle)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None, loop=new_loop())


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
