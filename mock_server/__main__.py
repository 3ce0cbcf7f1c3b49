"""The command line: what is asked for becomes a server, or one line that says why it cannot."""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

# Everything else is imported where it is needed: `--help` and a typing mistake are answered at once.
from mock_server import options
from mock_server.options import Parser, parser
from mock_server.refusals import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code.

    It is 2 where it was asked for what cannot be, and 1 where a checked file holds no world.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["check"]:
        return _check(arguments[1:])
    read = parser()
    given = read.parse_args(arguments)
    try:
        if given.listing:
            print(_listing(given.listing))
        else:
            _serve(given)
    except Misconfigured as trouble:
        print(f"{read.prog}: {trouble}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read a list has read enough of it; nothing is left to be flushed to them.
        sys.stderr.close()
    return 0


def _check(arguments: Sequence[str]) -> int:
    """Say of each file what world it holds, or where it holds none."""
    description = "Check world files as they are checked before they are served."
    parser = Parser(prog="mock-server check", description=description)
    parser.add_argument("files", nargs="+", metavar="FILE", help="a file that holds a world")
    from mock_server import worlds

    unsound = 0
    for file in parser.parse_args(arguments).files:
        try:
            world = worlds.load(Path(file))
        except Misconfigured as trouble:
            unsound += 1
            print(f"{parser.prog}: {trouble}", file=sys.stderr)
        else:
            flows = sum(len(organization.flows) for organization in world.organizations)
            print(f"{file}: a world, organizations: {len(world.organizations)}, flows: {flows}")
    return 1 if unsound else 0


def _listing(kind: str) -> str:
    from mock_server import announcing

    if kind == "worlds":
        from mock_server import worlds

        return announcing.listed({name: worlds.load(name).sentence for name in worlds.names()})
    if kind == "faults":
        from mock_server.faults import FAULTS

        return announcing.listed({fault.name: fault.sentence for fault in FAULTS.values()})
    if kind == "rulings":
        from mock_server.rulings import RULINGS

        return announcing.rulings(RULINGS.values())
    from mock_server.deviations import DEVIATIONS

    return announcing.deviations(DEVIATIONS.values())


def _serve(given: argparse.Namespace) -> None:
    from mock_server import admitting, announcing, living, serving, tokens
    from mock_server.app import application
    from mock_server.rulings import ruled

    world = options.world(given)
    live = None if given.live is None else living.pace(given.live)
    lifetime = None if given.token_lifetime is None else tokens.lifetime(given.token_lifetime)
    rulings, said = options.rulings(given)
    app = application(
        world,
        ruled(rulings),
        given.deviation,
        options.faults(given),
        live,
        lifetime,
        (options.file(given), partial(options.world, given)) if given.watch else None,
        now=None if given.now is None else world.now,
        admin_key=os.environ.get(admitting.VARIABLE) or None,
    )
    listening = serving.bound(given.host, given.port)
    welcome = announcing.welcome(
        world, serving.url(listening), [*rulings, *said], given.deviation, options.modes(given)
    )
    serving.serve(app, listening, lambda: print(welcome, flush=True))


if __name__ == "__main__":
    sys.exit(main())
