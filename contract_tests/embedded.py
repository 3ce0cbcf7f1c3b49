"""The one door to the mock: serves it on a free port, and says which deviations it has."""

from collections.abc import Iterator
from contextlib import contextmanager

from contract_tests.access import Access
from contract_tests.options import Setting
from mock_server.deviations import DEVIATIONS, chosen
from mock_server.generating import generate
from mock_server.records import Role, World
from mock_server.rulings import Rulings, ruled
from mock_server.serving import MockServer
from mock_server.worlds import load


@contextmanager
def served(setting: Setting) -> Iterator[Access]:
    """Serve the mock until the end of the block, on the world and under the rulings in which its deviations show."""
    faults = chosen(setting.deviations)
    name = setting.world or next((fault.world for fault in faults if fault.world), None)
    world = load(name) if name else generate()
    rulings = next((fault.rulings for fault in faults if fault.rulings), Rulings())
    with MockServer(world, ruled(setting.rulings, rulings), setting.deviations) as server:
        yield _access(world, server.url)


def _access(world: World, url: str) -> Access:
    """Return what there is to try: the first caller, one without access to usage, one organization that is foreign."""
    caller, own = world.callers[0], world.organizations[0]
    member = next((one for one in world.callers if one.role is Role.NORMAL and own.id in one.organizations), None)
    foreign = next((one for one in world.organizations if one.id not in caller.organizations), None)
    return Access(
        url,
        caller.token,
        own.id,
        member_token=member.token if member else None,
        foreign_organization_uuid=foreign.uuid if foreign else None,
    )


def deviations() -> dict[str, tuple[str, ...]]:
    """Return the clauses that each deviation says it breaks."""
    return {name: deviation.breaks for name, deviation in DEVIATIONS.items()}
