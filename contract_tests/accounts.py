"""A service account: tokens by OAuth 2 client credentials, the next one before the last runs out or is refused."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from urllib.parse import urlsplit

from oauthlib.oauth2 import BackendApplicationClient, OAuth2Error
from requests.adapters import HTTPAdapter
from requests.exceptions import RequestException
from requests_oauthlib import OAuth2Session
from urllib3.util import Retry

from contract_tests.access import CLIENT_ID, CLIENT_SECRET, authorities
from contract_tests.budget import CannotAsk

INSECURE = "OAUTHLIB_INSECURE_TRANSPORT"
TROUBLE = Retry(total=3, backoff_factor=0.2, status_forcelist=(429, 502, 503, 504), allowed_methods=None)
# Of a token's life, the share after which another one is asked for.
RIPE = 0.9


class NoToken(CannotAsk):
    """The token endpoint gives no token."""


class ServiceAccount:
    """Gets tokens at `<base_url>/oauth/token`; several threads may ask for them. Requests for tokens are not counted.

    Raises NoToken, in one sentence, wherever a token is needed and there is none to be had.
    """

    def __init__(self, base_url: str, client_id: str, client_secret: str, timeout: float = 33.0) -> None:
        self.url = f"{base_url.rstrip('/')}/oauth/token"
        self._id, self._secret, self._timeout = client_id, client_secret, timeout
        self._tokens: list[str] = []
        self._ripe_at = 0.0
        self._asking = Lock()

    @property
    def token(self) -> str:
        with self._asking:
            if not self._tokens or time.monotonic() >= self._ripe_at:
                self._ask()
            return self._tokens[-1]

    @property
    def secrets(self) -> Mapping[str, str]:
        return {self._secret: f"${CLIENT_SECRET}"} | dict.fromkeys(self._tokens, "$PIPEFY_TOKEN")

    def renew(self, refused: str) -> None:
        with self._asking:
            # Of several requests that were refused together, the first one gets the token for all.
            if self._tokens and self._tokens[-1] == refused:
                self._ask()

    def _ask(self) -> None:
        began = time.monotonic()
        try:
            with _plain_http_allowed(self.url), OAuth2Session(client=BackendApplicationClient(self._id)) as session:
                session.verify = authorities() or True
                session.mount(self.url, HTTPAdapter(max_retries=TROUBLE))
                token = session.fetch_token(
                    self.url,
                    client_secret=self._secret,
                    include_client_id=True,
                    timeout=self._timeout,
                )
        except OAuth2Error as refusal:
            said = refusal.description or refusal.error
            raise NoToken(
                f"{self.url} refuses the service account ({said}): are {CLIENT_ID} and {CLIENT_SECRET} right?"
            ) from None
        except (RequestException, ValueError) as trouble:
            raise NoToken(f"no token is to be had at {self.url} ({type(trouble).__name__})") from None
        self._tokens.append(str(token["access_token"]))
        life = token.get("expires_in")
        self._ripe_at = began + RIPE * float(life) if life else float("inf")


@contextmanager
def _plain_http_allowed(url: str) -> Iterator[None]:
    """Let oauthlib ask over plain http meanwhile: whether that may be was settled with the options."""
    before = os.environ.get(INSECURE)
    if urlsplit(url).scheme == "http":
        os.environ[INSECURE] = "1"
    try:
        yield
    finally:
        os.environ.pop(INSECURE, None)
        if before is not None:
            os.environ[INSECURE] = before
