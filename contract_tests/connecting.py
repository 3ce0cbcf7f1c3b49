"""Connections to a server: kept, through the usual proxies, and to those whose certificate is trusted."""

import re
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3

from contract_tests.access import authorities, is_loopback

# As many as are ever sent together.
CONNECTIONS = 8


def pool(url: str) -> urllib3.PoolManager:
    """Return the connections to use: through the usual proxies, but for what is on this machine."""
    parts = urlsplit(url)
    proxy = getproxies().get(parts.scheme)
    if proxy is None or is_loopback(parts.hostname) or proxy_bypass(parts.hostname or ""):
        return urllib3.PoolManager(maxsize=CONNECTIONS, ca_certs=authorities())
    return urllib3.ProxyManager(proxy, maxsize=CONNECTIONS, ca_certs=authorities())


def said(error: Exception) -> str:
    """An error's own words, without the connection that urllib3 puts before them."""
    return re.sub(r"^\w+\(.*?\): ", "", str(error)) or type(error).__name__
