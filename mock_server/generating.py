"""A world from Faker and a seed: the same one on every machine, for whoever has the same Faker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from math import isqrt
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from mock_server import awkward
from mock_server.crowding import crowd
from mock_server.months import month
from mock_server.records import Caller, Day, Organization, Project, Record, Role, ServiceAccount, World
from mock_server.refusals import Misconfigured, unknown_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from faker import Faker

# Three full pages of 20 and a rest, in each month.
FLOWS = 67
SEED = 20
LOCALE = "en_US"
NOW = datetime(2026, 6, 24, 15, 30, tzinfo=UTC)

# The current month and the three before it: all that `last_3_months` may mean.
_MONTHS = range(-3, 1)
_DAYS_A_MONTH = 4
# So many flows are made one by one; beyond them a world is a crowd with the usage of these.
_ONE_BY_ONE = 2304
_WORDS = 48


def generate(flows: int = FLOWS, seed: int = SEED, locale: str = LOCALE, now: datetime = NOW) -> World:
    """Return a world with an organization of this many flows, and a small one that its callers cannot see.

    Awkwardness is part of it: ties, twins, odd names, disabled flows, months without runs, runs without tasks and
    last runs that nobody knows. Raises Misconfigured for a locale that Faker does not have.
    """
    if flows < 0:
        raise Misconfigured(f"a world has no {flows} flows")
    faker = _faker(locale, seed)
    random = Random(f"{seed} {locale}")  # noqa: S311 - the same every time is the point
    words = _Words.drawn(faker, flows)
    own = _organization("301234567", flows, random, words, now)
    other = _organization("301765432", 5, random, words, now)
    return World(
        name=f"{flows} flows from seed {seed}, {locale}",
        sentence=f"{flows} flows that Faker made from seed {seed} and locale {locale}.",
        now=now,
        organizations=(own, other),
        callers=callers(own.id),
        service_accounts=(service_account(own.id),),
    )


def callers(organization: str) -> tuple[Caller, ...]:
    """Return a Super Admin, an Admin, a Member and one whose token has expired, all of one organization."""
    return (
        Caller("super-admin-token", Role.SUPER_ADMIN, (organization,)),
        Caller("admin-token", Role.ADMIN, (organization,)),
        Caller("member-token", Role.NORMAL, (organization,)),
        Caller("expired-token", Role.SUPER_ADMIN, (organization,), expired=True),
    )


def service_account(organization: str) -> ServiceAccount:
    """Return an account whose tokens see the usage of an organization."""
    return ServiceAccount("service-account", "service-account-secret", Role.ADMIN, (organization,))


@dataclass(frozen=True, slots=True)
class _Words:
    """What names are put together from. Drawn once: Faker takes its time over each."""

    companies: Sequence[str]
    deeds: Sequence[str]
    things: Sequence[str]

    @classmethod
    def drawn(cls, faker: Faker, flows: int) -> _Words:
        # A name is put together from two of them, so that there are as many names as flows.
        several = max(_WORDS, isqrt(flows))
        return cls(
            companies=[faker.company() for _ in range(several // 2)],
            deeds=[faker.catch_phrase() for _ in range(several)],
            things=[faker.job() for _ in range(several)],
        )

    def name(self, random: Random) -> str:
        deed = random.choice(self.deeds)
        return random.choice((deed, f"{random.choice(self.things)}: {deed}"))

    def long_name(self, random: Random) -> str:
        return f"{random.choice(self.things)}: {random.choice(self.deeds)}"


def _faker(locale: str, seed: int) -> Faker:
    # Faker takes a good part of the start, and a world from a file does without it.
    from faker import Faker
    from faker.config import AVAILABLE_LOCALES

    if locale not in AVAILABLE_LOCALES:
        raise unknown_name("locale", locale, sorted(AVAILABLE_LOCALES))
    # The other providers take half of the time, and no word comes from them.
    faker = Faker(locale, providers=["faker.providers.company", "faker.providers.job", "faker.providers.person"])
    faker.seed_instance(seed)
    return faker


def _organization(id_: str, flows: int, random: Random, words: _Words, now: datetime) -> Organization:
    projects = _projects(random, words)
    records: list[Record] = []
    for index in range(min(flows, _ONE_BY_ONE)):
        records.append(_flow(index, records, random, words, projects, now))
    uuid = str(UUID(int=random.getrandbits(128), version=4))
    found: Sequence[Record]
    if flows > _ONE_BY_ONE:
        months = [(whole.first.year, whole.first.month) for whole in (month(now.date(), shift) for shift in _MONTHS)]
        found = crowd(records, flows, random, lambda: words.long_name(random), projects, months)
    else:
        random.shuffle(records)
        found = tuple(records)
    return Organization(id_, uuid, random.choice(words.companies), projects, found)


def _projects(random: Random, words: _Words) -> tuple[Project, ...]:
    odd = [Project(name) for name in random.sample(awkward.PROJECT_NAMES, 3)]
    plain = [Project(name) for name in words.companies[:4]]
    # Reserved fields may be null; here and there they are not.
    plain[0] = replace(plain[0], icon="rocket", color="#3b82f6")
    return (*plain, *odd)


def _flow(
    index: int, before: Sequence[Record], random: Random, words: _Words, projects: Sequence[Project], now: datetime
) -> Record:
    match index % 8:
        case 2:  # a tie: other names, the same usage in every period
            return replace(_named(random, words, projects), usage=before[-1].usage)
        case 5 if index % 16 == 5:  # a twin: equal in all that is shown
            return before[-1]
        case 1 | 4 | 6:
            odd = awkward.FLOW_NAMES[(index // 8 * 3 + index % 8 // 2) % len(awkward.FLOW_NAMES)]
            flow = replace(_named(random, words, projects), name=odd)
        case _:
            flow = _named(random, words, projects)
    # Three in four months have runs; in the current month nearly all do, so that its pages are full.
    ran = [shift for shift in _MONTHS if (index % 23 != 22 if shift == 0 else random.random() < 0.75)]
    digits = index % 5
    usage = [day for shift in ran for day in _month(shift, digits, index, random, now)]
    return replace(flow, usage=tuple(usage))


def _named(random: Random, words: _Words, projects: Sequence[Project]) -> Record:
    name = words.name(random)
    status = "DISABLED" if random.random() < 0.3 else "ENABLED"
    return Record(name, random.choice(projects), status, ())


def _month(shift: int, digits: int, index: int, random: Random, now: datetime) -> list[Day]:
    """Return some days of a month; the tasks of a flow have up to so many digits, so that text sorts them otherwise."""
    whole = month(now.date(), shift)
    days = min(whole.last, now.date()).day
    chosen = sorted(random.sample(range(1, days + 1), min(days, random.randint(1, _DAYS_A_MONTH))))
    return [_day(whole.first.replace(day=day), digits, index, random, now) for day in chosen]


def _day(day: date, digits: int, index: int, random: Random, now: datetime) -> Day:
    # Some flows run and complete no counted step, and of some runs the time is not known.
    tasks = 0 if index % 19 == 7 else random.randint(1, 10**digits)
    latest = now.hour * 3600 + now.minute * 60 + now.second if day == now.date() else 86_399
    at = random.randint(0, latest)
    last = None if index % 17 == 3 else time(at // 3600, at // 60 % 60, at % 60)
    return Day(day, tasks, random.randint(1, 3 + tasks // 2), last)
