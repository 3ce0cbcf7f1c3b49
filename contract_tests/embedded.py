"""The one door to the mock: serves it on a free port, and says which deviations it has."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from contract_tests.options import Setting
from mock_server.deviations import DEVIATIONS, chosen
from mock_server.generating import generate
from mock_server.rulings import Rulings, ruled
from mock_server.serving import MockServer
from mock_server.worlds import load


@dataclass(frozen=True, slots=True)
class Access:
    """What a judge needs to know of a server that is served here."""

    url: str
    token: str
    organization_id: str


@contextmanager
def served(setting: Setting) -> Iterator[Access]:
    """Serve the mock until the end of the block, on the world and under the rulings in which its deviations show."""
    faults = chosen(setting.deviations)
    name = setting.world or next((fault.world for fault in faults if fault.world), None)
    world = load(name) if name else generate()
    rulings = next((fault.rulings for fault in faults if fault.rulings), Rulings())
    with MockServer(world, ruled(setting.rulings, rulings), setting.deviations) as server:
        yield Access(server.url, world.callers[0].token, world.organizations[0].id)


def deviations() -> dict[str, tuple[str, ...]]:
    """Return the clauses that each deviation says it breaks."""
    return {name: deviation.breaks for name, deviation in DEVIATIONS.items()}
