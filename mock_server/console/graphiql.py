"""GraphiQL in place of the endpoint, for whoever looks at it with a browser: the documented question, ready to play.

Its parts come from a network of mirrors of npm, and are run only if they are, byte for byte, those that were tried.
"""

from __future__ import annotations

import json
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_server.examples import Example

CDN = "https://cdn.jsdelivr.net/npm/"
# The last release that is one file and needs no bundler; React 19 has none.
PARTS = {
    "style": (
        "graphiql@4.1.2/graphiql.min.css",
        "sha384-1el1QShFBnnXTx9x/Cprg82hZWKt0ry29OAYIXt05swbi0KcZDFoj0CWguMpopJr",
    ),
    "react": (
        "react@18.3.1/umd/react.production.min.js",
        "sha384-DGyLxAyjq0f9SPpVevD6IgztCFlnMF6oW/XQGmfe+IsZ8TqEiDrcHkMLKI6fiB/Z",
    ),
    "react_dom": (
        "react-dom@18.3.1/umd/react-dom.production.min.js",
        "sha384-gTGxhz21lVGYNMcdJOyq01Edg0jhn/c22nsx0kyqP0TxaV5WVdsSH1fSDUf5YJj1",
    ),
    "graphiql": (
        "graphiql@4.1.2/graphiql.min.js",
        "sha384-9XdHu7ajgGJziD4J1zNBKQ842Q/+zZfDv+ib1eMhZWBH6hPAs806x+Jbcf0yNO6B",
    ),
}
_TEMPLATE = Template((Path(__file__).parent / "graphiql.html").read_text(encoding="utf-8"))


def wanted(method: str, headers: Mapping[str, str]) -> bool:
    """Tell whether a request is a browser's that shows what it gets: it takes pages by name and carries no token."""
    return method in ("GET", "HEAD") and "text/html" in headers.get("Accept", "") and "Authorization" not in headers


def page(example: Example | None, *, with_token: bool) -> web.Response:
    """Return the page with the question in it and a token to ask with, unless that is left to be typed."""
    token = example.token if example and with_token else "…"
    texts = {
        "query": example.query if example else "{ __typename }",
        "variables": json.dumps(example.variables if example else {}, indent=2),
        "headers": json.dumps({"Authorization": f"Bearer {token}"}, indent=2, ensure_ascii=False),
    }
    # So that no text ends the element that it stands in.
    parts = {"example": json.dumps(texts).replace("<", "\\u003c")}
    for name, (path, integrity) in PARTS.items():
        parts |= {name: CDN + path, f"{name}_integrity": integrity}
    headers = {"Vary": "Accept, Authorization", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return web.Response(text=_TEMPLATE.substitute(parts), content_type="text/html", charset="utf-8", headers=headers)
