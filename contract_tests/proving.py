"""The kill matrix: which clauses are broken by each deviation of the mock."""

import argparse
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

from contract_tests import contract
from contract_tests.access import Access
from contract_tests.arguments import WrongUsage, near_misses
from contract_tests.embedded import deviations
from contract_tests.options import Options, Setting, add_options, checked
from contract_tests.running import run
from contract_tests.verdict import Verdict

SEED = "1"


@dataclass(frozen=True, slots=True)
class Proof:
    """What a run said of one deviation: `named` are the clauses that it says it breaks, `broken` come with a cause."""

    deviation: str
    named: tuple[str, ...]
    broken: dict[str, str | None]

    @property
    def missed(self) -> tuple[str, ...]:
        """The clauses that should be broken and are not called so."""
        return tuple(name for name in self.named if name not in self.broken)

    @property
    def causes(self) -> tuple[str, ...]:
        """The broken clauses that follow from no other."""
        return tuple(name for name, cause in self.broken.items() if cause is None)

    @property
    def strays(self) -> tuple[str, ...]:
        """The causes that lie in a family of which the deviation names no clause."""
        families = {_family(name) for name in self.named}
        return tuple(name for name in self.causes if _family(name) not in families)


def options(
    profile: str,
    setting: Setting,
    only: Iterable[str] = (),
    *,
    access: Access | None = None,
    baseline: str | None = None,
    update: bool = False,
) -> Options:
    """Return the options of a run against the embedded mock, or against the server to which there is an access."""
    parser = argparse.ArgumentParser()
    add_options(parser.add_argument)
    selection = [f"--only={name}" for name in only]
    given = parser.parse_args(["--profile", profile, "--seed", SEED, *selection])
    given.embedded, given.baseline, given.update_baseline = setting, baseline, update
    return replace(checked(given), access=access)


def proof(deviation: str, profile: str, only: Iterable[str] = ()) -> Proof:
    """Judge the mock with one deviation, by all clauses or by some only."""
    report = run(options(profile, Setting(deviations=(deviation,)), only))
    broken = {one.clause: one.follows_from for one in report.judgements if one.verdict == Verdict.BROKEN}
    return Proof(deviation, deviations()[deviation], broken)


def proofs(names: Sequence[str], profile: str, jobs: int | None = None) -> Iterator[Proof]:
    """Judge the mock with one deviation after another, several at a time, each in a process of its own."""
    with ProcessPoolExecutor(jobs or os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield from pool.map(proof, names, [profile] * len(names))


def _family(clause: str) -> str:
    return clause.partition(".")[0]


def command(names: Sequence[str], profile: str, jobs: int | None) -> int:
    """Print the kill matrix; return 1 where a deviation is not found, or by other clauses or families than it names."""
    known = deviations()
    for name in names:
        if name not in known:
            hint = near_misses(name, known) or "; `mock-server deviations` lists them"
            raise WrongUsage(f"unknown deviation {name!r}{hint}")
    options(profile, Setting())  # says at once where the profile is not known
    survivors, incomplete, strayed, proven = [], [], [], 0
    for one in proofs(names or list(known), profile, jobs):
        proven += 1
        mark = "✗" if not one.broken else "!" if one.missed or one.strays else "✓"
        consequences = len(one.broken) - len(one.causes)
        print(
            f"{mark} {one.deviation:<44} {', '.join(one.causes) or 'nothing'}"
            + (f" (+{consequences} that follow)" if consequences else "")
            + (f"  not {', '.join(one.missed)}" if one.missed else "")
            + (f"  of other families: {', '.join(one.strays)}" if one.strays else ""),
            flush=True,
        )
        survivors += [one.deviation] if not one.broken else []
        strayed += [one.deviation] if one.strays else []
        incomplete += [one.deviation] if one.missed and one.broken else []
    print(
        f"\n{proven - len(survivors)} of {proven} deviations found; "
        f"{len(incomplete)} found by other clauses than those they name, {len(strayed)} by causes of other families"
    )
    if not names:
        for line in _columns(known):
            print(line)
    return 1 if survivors or incomplete or strayed else 0


def _columns(known: dict[str, tuple[str, ...]]) -> Iterable[str]:
    """Say how many deviations name each binding clause: below three, its proof is thin."""
    for name, clause in contract.clauses().items():
        count = sum(name in named for named in known.values())
        if clause.strength.binds and count:
            yield f"{name:<34} {count} deviations"
