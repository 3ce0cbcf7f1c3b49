"""Let a mock bear generated queries, faults, tokens, reloads and life together, and see whether its memory stays flat.

python ci/soak.py --minutes 20
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import psutil
import requests

from mock_server.faults import FAULTS
from mock_server.generating import generate
from mock_server.writing import written

MIB = 1024 * 1024
CLIENTS = 4
# Few, so that what is remembered of their names is all there once the server is warm.
WORLDS = 12
# In seconds, between two reloads and between two looks at the memory.
RELOAD, LOOK = 0.5, 2.0
# What may be kept is kept after so much of the time; from then on nothing grows.
WARM = 0.3
# Allocators keep a little more here and there: a tenth, and as much as a few answers.
MORE, MORE_MIB = 1.1, 4

BASE = generate()
OWN = BASE.organizations[0]
PERIODS = ("current_month", "last_month", "last_3_months", "this_year")
SELECTED = ("totalFlows", "totalTasks", "edges { node { name tasks } }", "edges { cursor }", "pageInfo { endCursor }")
TOKENS = (*(caller.token for caller in BASE.callers), "nobody", "")
WORDS = ("a", "an", "é", "%", "_", "\\", '"', "\x00", "\ud800", "🙂", "x" * 2_000, "")


def body(lots: random.Random) -> dict[str, object]:
    """Return a request that was most likely never sent before, and one in ten that is wrong."""
    arguments = ["organizationUuid: $u", f"period: {lots.choice(PERIODS[: 3 + (lots.random() < 0.1)])}"]
    if lots.random() < 0.5:
        arguments.append(f"first: {lots.randint(-2, 5_100)}")
    if lots.random() < 0.5:
        arguments.append("search: $s")
    if lots.random() < 0.3:
        arguments.append(f'after: "{lots.choice(("MQ", "Ng", "!!!", "OTk"))}"')
    fields = " ".join(f"f{lots.randrange(10**6)}: {field}" for field in lots.sample(SELECTED, lots.randint(1, 4)))
    query = f"query($u: ID!, $s: String) {{ integrationsUsageDetails({', '.join(arguments)}) {{ {fields} }} }}"
    if lots.random() < 0.1:
        query = query[: lots.randrange(len(query))]
    return {"query": query, "variables": {"u": OWN.uuid, "s": lots.choice(WORDS)}}


def headers(lots: random.Random) -> dict[str, str]:
    """Return who asks, and in one of three requests the trouble that it asks for."""
    sent = {"Authorization": f"Bearer {TOKENS[0] if lots.random() < 0.8 else lots.choice(TOKENS)}"}
    if lots.random() < 0.3:
        sent["Mock-Error"] = lots.choice([*FAULTS, "bogus"])
    if lots.random() < 0.05:
        sent["Mock-Latency"] = "1..50ms"
    return sent


def asking(url: str, seed: int, until: float, told: Counter[str]) -> None:
    """Ask until the time is over, and count what came."""
    lots = random.Random(seed)
    session = requests.Session()
    (account,) = BASE.service_accounts
    grant = {"client_id": account.client_id, "client_secret": account.client_secret, "grant_type": "client_credentials"}
    while time.monotonic() < until:
        try:
            # Hangs and drips are given up, as impatient clients do.
            if lots.random() < 0.05:
                answer = session.post(url.replace("/graphql", "/oauth/token"), json=grant, timeout=5)
            else:
                answer = session.post(url, json=body(lots), headers=headers(lots), timeout=0.4)
            told[str(answer.status_code)] += 1
        except requests.RequestException as trouble:
            told[type(trouble).__name__] += 1


def reloading(file: Path, until: float, told: Counter[str]) -> None:
    """Edit the world again and again, one time in five so that it is broken."""
    lots = random.Random(0)
    texts = [_world(lots.randint(0, 300), seed) for seed in range(WORLDS)]
    while time.monotonic() < until:
        new = file.with_suffix(".new")
        new.write_text("{" if lots.random() < 0.2 else lots.choice(texts), encoding="utf-8")
        new.replace(file)
        told["reloads"] += 1
        time.sleep(RELOAD)


def _world(flows: int, seed: int) -> str:
    made = generate(flows=flows, seed=seed)
    own = replace(made.organizations[0], id=OWN.id, uuid=OWN.uuid)
    return written(replace(made, organizations=(own, *made.organizations[1:])))


def watched(process: psutil.Process, seconds: float, told: Counter[str]) -> list[float]:
    """Return the memory in MiB every two seconds, and tell it every half minute."""
    began, looks = time.monotonic(), list[float]()
    while (passed := time.monotonic() - began) < seconds:
        looks.append(process.memory_info().rss / MIB)
        if (len(looks) - 1) % 15 == 0:
            print(f"{passed:6.0f} s  {looks[-1]:7.1f} MiB  {sum(told.values()):8} requests and reloads", flush=True)
        time.sleep(LOOK)
    return looks


def main() -> int:
    """Run the command line; return 0 where the server lived and its memory stayed flat."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0)
    seconds = 60 * parser.parse_args().minutes
    with tempfile.TemporaryDirectory() as folder:
        file, errors = Path(folder) / "world.json", Path(folder) / "errors"
        file.write_text(written(BASE), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "mock_server",
            "--port",
            "0",
            "--world",
            str(file),
            "--watch",
            "--live",
            "50ms",
        ]
        with errors.open("w") as said:
            server = subprocess.Popen(
                [*command, "--error-rate", "0.02"], stdout=subprocess.PIPE, stderr=said, text=True
            )
            assert server.stdout
            url = server.stdout.readline().split()[-1]
            threading.Thread(target=server.stdout.read, daemon=True).start()
            told: Counter[str] = Counter()
            until = time.monotonic() + seconds
            crowd = [threading.Thread(target=asking, args=(url, seed, until, told)) for seed in range(CLIENTS)]
            crowd.append(threading.Thread(target=reloading, args=(file, until, told)))
            for one in crowd:
                one.start()
            looks = watched(psutil.Process(server.pid), seconds, told)
            for one in crowd:
                one.join()
            alive = server.poll() is None
            server.terminate()
            code = server.wait(timeout=30)
        said_in_the_end = errors.read_text(encoding="utf-8")
        tracebacks = said_in_the_end.count("Traceback")
    warm = looks[int(WARM * len(looks)) :]
    third = len(warm) // 3
    before, after = statistics.median(warm[:third]), statistics.median(warm[-third:])
    print(f"told     {dict(told.most_common())}")
    print(f"memory   {looks[0]:.1f} MiB at the start, {before:.1f} MiB once warm, {after:.1f} MiB at the end")
    print(f"server   {'lived' if alive else 'died'}, ended with {code}, {tracebacks} tracebacks")
    if tracebacks:
        print(said_in_the_end[said_in_the_end.rindex("Traceback") :][:4_000])
    return int(not alive or code != 0 or tracebacks > 0 or after > MORE * before + MORE_MIB)


if __name__ == "__main__":
    sys.exit(main())
