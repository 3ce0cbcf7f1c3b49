"""Where Hypothesis keeps drawn questions that broke a clause: the next run, or another machine, asks them first.

Kept are the choices that were drawn, by the name of the test: no token, and no name that is not in the choices.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from hypothesis.database import (
    DirectoryBasedExampleDatabase,
    ExampleDatabase,
    GitHubArtifactDatabase,
    MultiplexedDatabase,
    ReadOnlyDatabase,
)

from contract_tests.arguments import WrongUsage

GITHUB, REDIS = "github:", ("redis://", "rediss://", "unix://")


def database(places: Sequence[str]) -> ExampleDatabase | None:
    """Return one database over some places, or None for none: a folder, `redis://HOST`, or `github:OWNER/REPOSITORY`.

    Raises:
        WrongUsage: where a place is not to be had.

    """
    found = [_database(place) for place in places]
    return MultiplexedDatabase(*found) if len(found) > 1 else next(iter(found), None)


def _database(place: str) -> ExampleDatabase:
    if place.startswith(REDIS):
        return _redis(place)
    if place.startswith(GITHUB):
        owner, _, repository = place.removeprefix(GITHUB).partition("/")
        if not owner or not repository or "/" in repository:
            raise WrongUsage(f"--examples github:OWNER/REPOSITORY names a repository, not {place!r}")
        # An artifact is read from there; writing it is the pipeline's, which uploads a folder.
        return ReadOnlyDatabase(GitHubArtifactDatabase(owner, repository))
    if "://" in place:
        raise WrongUsage(f"--examples is a folder, {REDIS[0]}HOST or {GITHUB}OWNER/REPOSITORY, not {place!r}")
    return DirectoryBasedExampleDatabase(place)


def _redis(url: str) -> ExampleDatabase:
    try:
        from hypothesis.extra.redis import RedisExampleDatabase
        from redis import Redis
        from redis.exceptions import RedisError
    except ImportError:
        raise WrongUsage("--examples redis://… needs the extra `shared`: pip install hypothesis[redis]") from None
    try:
        server = Redis.from_url(url)
        server.ping()
    except (RedisError, ValueError):
        # The address may hold a password.
        raise WrongUsage(f"--examples: no Redis answers at {urlsplit(url).hostname or 'this address'}") from None
    return RedisExampleDatabase(server)
