"""Where the contract and the worlds stand: beside the code in an installed wheel, at the root in a checkout."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_HERE = Path(__file__).parent
_ROOT = next(folder for folder in (_HERE / "_data", _HERE.parent) if (folder / "schema").is_dir())

WORLDS = _ROOT / "fixtures" / "worlds"
WORLD_SCHEMA = _ROOT / "fixtures" / "world.schema.json"


@lru_cache
def schema_text(name: str) -> str:
    """Return a file of the contract as text, for example `operations/organization.graphql`."""
    return (_ROOT / "schema" / name).read_text(encoding="utf-8")
