"""Tokens of service accounts: whoever knows the world can tell them, in any process and after a restart."""

from __future__ import annotations

import time
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import uuid4

import jwt

from mock_server.durations import duration
from mock_server.records import Caller
from mock_server.refusals import Misconfigured

if TYPE_CHECKING:
    from mock_server.records import ServiceAccount, World

_SIGNED_BY = "HS256"
_REMEMBERED = 512


def lifetime(text: str) -> int:
    """Read how many seconds a token is good for, like `300s`; raise Misconfigured for anything else."""
    found = duration(text)
    if not found or not found.is_integer():
        raise Misconfigured(f"--token-lifetime is a time of whole seconds like 2s or 300s, not {text!r}")
    return int(found)


def issued(account: ServiceAccount, seconds: int) -> str:
    """Return a new token for an account, good for so many seconds by the clock of this machine.

    https://www.rfc-editor.org/rfc/rfc7519
    """
    now = time.time()
    # A number with a fraction is allowed, and two seconds are two seconds then.
    claims = {"sub": account.client_id, "iat": now, "exp": now + seconds, "jti": uuid4().hex}
    return jwt.encode(claims, _key(account), _SIGNED_BY)


def bearer(world: World, token: str) -> Caller | None:
    """Return who carries an issued token, or None where it is none of this world's, or no longer one."""
    if token.count(".") != 2:
        return None
    try:
        subject = _subject(token)
        account = next(known for known in world.service_accounts if known.client_id == subject)
        ends = _ends(token, _key(account))
    except (jwt.PyJWTError, StopIteration):
        return None
    return Caller(token, account.role, account.organizations) if ends > time.time() else None


# A token is sent with many requests, and to check what is signed takes longer than to answer one.


@lru_cache(_REMEMBERED)
def _subject(token: str) -> object:
    return jwt.decode(token, options={"verify_signature": False}).get("sub")


@lru_cache(_REMEMBERED)
def _ends(token: str, key: bytes) -> float:
    """Return when a token ends, in seconds since 1970; raise PyJWTError where it was not signed with the key."""
    claims = jwt.decode(token, key, [_SIGNED_BY], options={"verify_exp": False, "require": ["exp"]})
    ends = claims["exp"]
    return ends if isinstance(ends, int | float) else 0.0


def _key(account: ServiceAccount) -> bytes:
    # A secret of any length makes a key as long as the signature needs.
    return sha256(f"{account.client_id}:{account.client_secret}".encode()).digest()
