"""The options of the command line, and what each of them asks for."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

# Everything else is imported where it is needed: `--help` and a typing mistake are answered at once.
from mock_server.refusals import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mock_server.faults import Faults
    from mock_server.records import World


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


class _Version(argparse.Action):
    """Prints the version, which is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(parser.prog, version("integrations-usage-contract"))
        parser.exit(0)


# What a machine makes and holds without its user wondering whether it still lives.
_MOST_FLOWS = 1_000_000
_LISTINGS = ("worlds", "rulings", "deviations", "faults")


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    read = Parser(
        prog="mock-server",
        description="Serve the integrationsUsageDetails contract over HTTP.",
        epilog="mock-server check FILE... checks world files. "
        "MOCK_ADMIN_KEY in the environment is what settings and journal at /_mock are asked for with.",
    )
    read.add_argument("--version", action=_Version, nargs=0, help="print the version, and end")
    named = f"{{{','.join(_LISTINGS)}}}"
    read.add_argument("listing", nargs="?", type=_listing, metavar=named, help="list what there is to choose, and end")
    read.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    read.add_argument("--port", type=_port, default=4000, help="port, 0 for any that is free (default: %(default)s)")
    world = read.add_argument_group("world")
    world.add_argument("--world", metavar="NAME-OR-FILE", help="a world by name, or a file that holds one")
    world.add_argument("--flows", type=int, metavar="N", help="make a world with this many flows (default: 67)")
    world.add_argument("--seed", type=int, metavar="S", help="what to make it from (default: 20)")
    world.add_argument("--locale", metavar="L", help="whose words to make it with (default: en_US)")
    world.add_argument("--now", metavar="INSTANT", help="the server's clock: 2026-06-30T12:00:00Z, or today")
    world.add_argument("--watch", action="store_true", help="serve the world's file as it is changed")
    read.add_argument("--token-lifetime", metavar="300s", help="how long tokens of service accounts are good for")
    read.add_argument("--ruling", action="extend", nargs="+", default=[], metavar="NAME=CHOICE", help="settle silences")
    read.add_argument("--rulings-from", metavar="REPORT", help="settle silences as a report says, but for --ruling")
    read.add_argument("--deviation", action="extend", nargs="+", default=[], metavar="NAME", help="break the contract")
    trouble = read.add_argument_group("trouble")
    trouble.add_argument("--latency", metavar="120ms|50..400ms|p50=120ms,p99=2s", help="answer later")
    trouble.add_argument("--status", metavar="503", help="answer this status in place of the server")
    trouble.add_argument("--error", action="append", default=[], metavar="NAME", help="fail in this way, or in one of")
    trouble.add_argument("--error-rate", metavar="0.02", help="fail for this share only; alone, as networks do")
    trouble.add_argument("--error-seed", type=int, metavar="S", help="which requests that share is (default: 20)")
    trouble.add_argument("--rate-limit", metavar="30/s", help="answer 429 to what comes beyond")
    trouble.add_argument("--live", nargs="?", const="3s", metavar="PACE", help="let a flow run every 3s, or as often")
    return read


def file(options: argparse.Namespace) -> Path:
    """Return the world's file, which is to be watched; raise Misconfigured where the world has none of its own."""
    from mock_server import worlds

    if options.world is None or options.world in worlds.names():
        raise Misconfigured("--watch is for a world of your own: --world FILE")
    return Path(options.world).resolve()


def faults(options: argparse.Namespace) -> Faults:
    """Return the trouble that was asked for; raise Misconfigured for what is none."""
    from mock_server import faults as trouble

    for name in options.error:
        trouble.known(name)
    return trouble.Faults(
        latency=None if options.latency is None else trouble.latency(options.latency),
        status=None if options.status is None else trouble.status(options.status),
        errors=tuple(options.error),
        error_rate=None if options.error_rate is None else trouble.error_rate(options.error_rate),
        rate_limit=None if options.rate_limit is None else trouble.rate_limit(options.rate_limit),
        **({} if options.error_seed is None else {"seed": options.error_seed}),
    )


def modes(options: argparse.Namespace) -> list[str]:
    """Return the options that make trouble or life, as they were given."""
    names = ("latency", "status", "error", "error_rate", "error_seed", "rate_limit", "token_lifetime", "live")
    asked = {name: getattr(options, name) for name in names}
    told = {name: ", ".join(value) if isinstance(value, list) else value for name, value in asked.items()}
    return [f"{name.replace('_', ' ')} {value}" for name, value in told.items() if value not in (None, "")]


def rulings(options: argparse.Namespace) -> tuple[list[str], tuple[str, ...]]:
    """Return the settings of the rulings, and what is to be said of those that a report does not settle."""
    if options.rulings_from is None:
        return options.ruling, ()
    from mock_server.observed import observed

    found = observed(options.rulings_from)
    return [*found.settings, *options.ruling], found.told()


# What makes the same answers in every process, whichever of them is asked.
_ALIKE = {"world", "flows", "seed", "locale", "now", "ruling", "deviation", "latency", "token_lifetime"}


def alike(arguments: Sequence[str]) -> tuple[World, argparse.Namespace]:
    """Return the world and the options of one process of several; raise Misconfigured for what only one can keep."""
    read = parser()
    options, left_alone = read.parse_args(arguments), read.parse_args([])
    for name, value in vars(options).items():
        if name not in _ALIKE and value != getattr(left_alone, name):
            what = value if name == "listing" else f"--{name.replace('_', '-')}"
            raise Misconfigured(f"{what} is for one process, and several are to answer alike: leave it out")
    if options.now == "today":
        raise Misconfigured("--now today is another instant in each process: name one, like 2026-06-30T12:00:00Z")
    return world(options), options


def world(options: argparse.Namespace) -> World:
    """Return the world that was asked for; raise Misconfigured where there is no such one."""
    if options.flows is not None and options.flows > _MOST_FLOWS:
        raise Misconfigured(f"a world has at most {_MOST_FLOWS} flows, not {options.flows}")
    made = {name: getattr(options, name) for name in ("flows", "seed", "locale") if getattr(options, name) is not None}
    now = None if options.now is None else instant(options.now)
    if options.world is None:
        from mock_server.generating import generate

        return generate(**made) if now is None else generate(**made, now=now)
    if made:
        raise Misconfigured(f"--{next(iter(made))} makes a world, and --world names one that is there")
    from mock_server import worlds
    from mock_server.moving import moved

    loaded = worlds.load(options.world)
    return loaded if now is None else moved(loaded, now)


def instant(text: str) -> datetime:
    """Read an instant, or `today`; raise Misconfigured for anything else."""
    from datetime import UTC, datetime

    if text == "today":
        return datetime.now(UTC).replace(microsecond=0)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Misconfigured(f"--now is an instant like 2026-06-30T12:00:00Z, or today, not {text!r}") from None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)


def _listing(text: str) -> str:
    if text in _LISTINGS:
        return text
    raise argparse.ArgumentTypeError(f"{text!r} is neither one of these nor check, which goes before its files")


def _port(text: str) -> int:
    if text.isdecimal() and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"a port is a number up to 65535, not {text!r}")
