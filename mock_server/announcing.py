"""What a person is told: where the server is and how to ask it, and what there is to choose."""

from __future__ import annotations

import json
from shlex import quote
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from graphql import strip_ignored_characters

from mock_server.authorizing import TOKEN_PATH
from mock_server.examples import example
from mock_server.records import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mock_server.deviations.deviation import Deviation
    from mock_server.records import Caller, World
    from mock_server.rulings import Ruling

_ROLES = {
    Role.SUPER_ADMIN: "Super Admin",
    Role.ADMIN: "Admin",
    Role.NORMAL: "Member",
    Role.COMPANY_GUEST: "Company guest",
    Role.EXTERNAL_GUEST: "External guest",
}


def welcome(
    world: World,
    url: str,
    chosen: Iterable[str] = (),
    deviations: Iterable[str] = (),
    modes: Iterable[str] = (),
) -> str:
    """Return what is printed at the start; its last line can be pasted into a shell.

    `chosen` are the rulings that were asked for, `modes` what trouble there is, and whether flows run.
    """
    lines = [
        f"endpoint       {url}",
        f"console        {url.removesuffix('/graphql')}/",
        f"world          {world.name}: {world.sentence}",
    ]
    lines += [f"now            {world.now:%Y-%m-%dT%H:%M:%SZ}"]
    lines += [f"organization   {found.id}  {found.uuid}  {found.name}" for found in world.organizations]
    lines += [f"token          {caller.token}  {_role(caller)}" for caller in world.callers]
    for account in world.service_accounts:
        told = f"{account.client_id}  {account.client_secret}  {_ROLES[account.role]}"
        lines.append(f"account        {told}, tokens at {urljoin(url, TOKEN_PATH)}")
    lines += [f"ruling         {ruling}" for ruling in chosen]
    lines += [f"deviation      {name}, so some answers are wrong" for name in deviations]
    lines += [f"mode           {mode}" for mode in modes]
    asking = curl(world, url)
    return "\n".join([*lines, "", asking] if asking else lines)


def _role(caller: Caller) -> str:
    return _ROLES[caller.role] + (", expired" if caller.expired else "")


def curl(world: World, url: str) -> str | None:
    """Return a command that asks the documented question, or None where nobody in the world may ask it."""
    found = example(world)
    if found is None:
        return None
    body = json.dumps({"query": strip_ignored_characters(found.query), "variables": found.variables})
    headers = (f"Authorization: Bearer {found.token}", "Content-Type: application/json")
    return " ".join(["curl", "-sS", *(f"-H {quote(header)}" for header in headers), "-d", quote(body), url])


def listed(sentences: Mapping[str, str]) -> str:
    """Return names with their sentences, one a line."""
    width = max(map(len, sentences), default=0)
    return "\n".join(f"{name:{width}}  {sentence}" for name, sentence in sentences.items())


def rulings(known: Iterable[Ruling]) -> str:
    """Return each ruling with its choices, the default marked with a star."""
    blocks = []
    for ruling in known:
        choices = {("* " if name == ruling.default else "  ") + name: says for name, says in ruling.choices.items()}
        blocks.append(f"{ruling.name}: {ruling.sentence}\n" + listed(choices))
    return "\n\n".join(blocks)


def deviations(known: Iterable[Deviation]) -> str:
    """Return each deviation with its sentence, the clauses it breaks and the world in which it shows."""
    return listed({deviation.name: _deviation(deviation) for deviation in known})


def _deviation(deviation: Deviation) -> str:
    world = f"; world {deviation.world}" if deviation.world else ""
    return f"{deviation.sentence} [{', '.join(deviation.breaks)}{world}]"
