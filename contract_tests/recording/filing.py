"""The text of a world's file, in the form of those that the mock has, so that two of them can be compared."""

import json
from collections.abc import Sequence
from typing import Any

World = dict[str, Any]


def text(world: World) -> str:
    """Return the file, one line a project, a flow and a caller."""
    organizations = ",\n".join(map(_organization_text, world["organizations"]))
    return (
        "{\n"
        f'  "sentence": {_json(world["sentence"])},\n'
        f'  "now": {_json(world["now"])},\n'
        f'  "organizations": [\n{organizations}\n  ],\n'
        f'  "callers": {_lines(world["callers"], 2)}\n'
        "}\n"
    )


def _organization_text(organization: World) -> str:
    fields = (
        f'      "{name}": {_lines(value, 6) if isinstance(value, list) else _json(value)}'
        for name, value in organization.items()
    )
    return "    {\n" + ",\n".join(fields) + "\n    }"


def _lines(items: Sequence[World], indent: int) -> str:
    lines = [" " * (indent + 2) + _json(item) for item in items]
    return "[\n" + ",\n".join(lines) + "\n" + " " * indent + "]" if lines else "[]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
