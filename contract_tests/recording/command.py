"""`contract-tests record`: reads an organization, and writes its world and what was observed of its server."""

import argparse
import json
import os
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from contract_tests.arguments import WrongUsage
from contract_tests.budget import Budget, CannotAsk
from contract_tests.observing import observe
from contract_tests.opening import opened
from contract_tests.options import RECORDING_KEY, Options, add_options, checked
from contract_tests.questions import PERIODS
from contract_tests.recording import silences
from contract_tests.recording.pseudonyms import CannotHide
from contract_tests.recording.reading import CannotRecord, Reading, read
from contract_tests.recording.world import Recording, recording
from contract_tests.reports.report import INCONCLUSIVE, KEPT
from contract_tests.target import Target
from contract_tests.words import words


def command(given: argparse.Namespace, environment: Mapping[str, str] = os.environ) -> int:
    """Record an organization; return 0, or 6 where it could not be, said in one sentence.

    Raises:
        WrongUsage: where it cannot begin as it was told to.

    """
    options, out = _options(given, environment), Path(given.out)
    _check_writable(out)
    text = given.key or environment.get(RECORDING_KEY)
    key = text.encode() if text else secrets.token_bytes(32)
    budget = Budget(options.max_requests, options.max_seconds)
    try:
        print(f"Recording {options.target}", flush=True)
        with opened(options, budget) as target:
            reading = read(target)
            for one in reading.periods.values():
                print(f"{one.period:<14} {one.totals[0]} flows, {one.totals[1]} tasks", flush=True)
            found = recording(reading, key, datetime.now(UTC))
            observed = _observed(target, reading, found)
    except (CannotAsk, CannotRecord, CannotHide) as trouble:
        said = str(trouble) if options.access is None else options.access.redacted(str(trouble))
        print(f"Nothing is recorded: {said}{_hint(budget)}.")
        return INCONCLUSIVE
    beside = observations_of(out)
    _write(out, found.text)
    _write(beside, json.dumps(observed, ensure_ascii=False, indent=2) + "\n")
    for note in found.notes:
        print(f"note: {note}")
    flows = len(found.world["organizations"][0]["flows"])
    print(f"{out} has {flows} flows under pseudonyms; {beside} says what was observed; {budget.spent} requests")
    print(f"mock-server --world {out} --rulings-from {beside}")
    return KEPT


def observations_of(out: Path) -> Path:
    """Return the file beside a world that says what was observed."""
    return out.with_name(f"{out.stem}.observations.json")


def _options(given: argparse.Namespace, environment: Mapping[str, str]) -> Options:
    """The options of a run that asks as a live run does, checked."""
    if not given.target:
        raise WrongUsage("no target: give --target URL, the server whose organization is recorded")
    parser = argparse.ArgumentParser()
    add_options(parser.add_argument)
    namespace = parser.parse_args(["--profile", "live"])
    vars(namespace).update({name: value for name, value in vars(given).items() if name in vars(namespace)})
    return checked(namespace, environment)


def _observed(target: Target, reading: Reading, found: Recording) -> dict[str, dict[str, str]]:
    """Return what is observed of the server, and the choices that serve the world as it was read."""
    censuses = [read.census for read in reading.periods.values()]
    observations = observe(target, words(PERIODS, censuses, target.largest))
    return {"observations": observations, "rulings": found.rulings | silences.asked(reading, target)}


def _hint(budget: Budget) -> str:
    return "; --max-requests and --max-time allow more" if min(budget.requests_left, budget.seconds_left) <= 0 else ""


def _check_writable(out: Path) -> None:
    """Find out before it is asked whether the files can be written."""
    if out.is_dir() or not os.access(out if out.exists() else out.absolute().parent, os.W_OK):
        raise WrongUsage(f"the world {out} cannot be written: its folder must be there, and let files be written")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise WrongUsage(f"{path} cannot be written: {error.strerror}") from None
