"""The behaviour profile of a target, and what has changed against a saved one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from contract_tests.arguments import WrongUsage
from contract_tests.budget import CannotAsk
from contract_tests.observations import OBSERVATIONS
from contract_tests.options import Options
from contract_tests.scene import NOT_SEEN, Scene
from contract_tests.target import Target
from contract_tests.verdict import CannotJudge
from contract_tests.words import Words

# After so many observations for which no answer came, no other is tried.
PATIENCE = 3


@dataclass(frozen=True, slots=True)
class Change:
    """An observation that is not what a baseline says."""

    name: str
    before: str
    now: str

    def __str__(self) -> str:
        return f"{self.name} was {self.before} and is {self.now}"


def changes(baseline: Mapping[str, str], observed: Mapping[str, str]) -> tuple[Change, ...]:
    """Return what was observed otherwise than before; what one of the two has not seen has not changed."""
    both = ((name, baseline.get(name, NOT_SEEN), value) for name, value in observed.items())
    return tuple(Change(*one) for one in both if NOT_SEEN not in one[1:] and one[1] != one[2])


def observe(target: Target, words: Words) -> dict[str, str]:
    """Observe everything, on the first period that has a census; what cannot be asked is not seen."""
    scene = Scene(target, words)
    observed = dict.fromkeys(OBSERVATIONS, NOT_SEEN)
    unanswered = 0
    for name, see in OBSERVATIONS.items():
        try:
            observed[name] = see(scene)
        except (CannotJudge, AssertionError):
            continue
        except CannotAsk:
            unanswered += 1
        if unanswered == PATIENCE:
            break
    return observed


def baseline(options: Options) -> dict[str, str]:
    """Read the baseline that the options name: a file that `save` wrote, or a whole report.

    Raises:
        WrongUsage: where it cannot be read or is neither; where it is yet to be written it may be missing.

    """
    path = Path(options.baseline) if options.baseline else None
    if path is None or (options.update_baseline and not path.exists()):
        return {}
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongUsage(f"the baseline {path} cannot be read: {error.strerror}") from None
    except ValueError:
        raise WrongUsage(f"the baseline {path} is not JSON: write it with --update-baseline") from None
    found = read.get("observations") if isinstance(read, dict) else None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise WrongUsage(f"the baseline {path} holds no observations: write it with --update-baseline")
    return found


def save(path: Path, observed: Mapping[str, str]) -> None:
    """Write a baseline that reads well in a review."""
    path.write_text(json.dumps({"observations": observed}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
