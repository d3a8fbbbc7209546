"""The hammer from outside: many scripts book, cancel and move over HTTP, at a server with several processes.

    python -m tests.hammer_http [--processes 16] [--operations 2000] [--database sqlite|postgresql|both]

What they ask is thrown by the same dice as `tests.hammer` throws; what they leave behind is counted by it too.
"""

import argparse
import json
import multiprocessing
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.ground.access import OPERATOR, Role
from scheduler.services.accounts import register, sign_ins
from scheduler.store import engine as engines
from tests import cluster
from tests.builders import a_clock
from tests.command_line import CommandLine, surroundings
from tests.databases import Databases
from tests.hammer import ROOMS, Outcome, Waits, a_random_draft, a_random_start, a_rush, fill, left_behind
from tests.serving import a_free_port, status_of
from tests.waiting import LAST_RESORT, wait_for

NOW = "2014-06-30T08:00"
MINUTE = timedelta(minutes=1)
SERVERS = 4
"""As docs/how-to/postgresql.md starts it."""

WORDS = {200: "done", 201: "booked", 409: "refused", 422: "too late", 503: "busy"}


@dataclass
class Script:
    """Somebody with a token, and what stands of theirs: the version of each."""

    token: str
    connection: HTTPConnection
    mine: dict[str, int] = field(default_factory=dict)

    def ask(self, verb: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        """The status and the document of an answer."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        self.connection.request(verb, f"/api/v1/{path}", json.dumps(body) if body else None, headers)
        answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read())

    def one_operation(self, dice: random.Random) -> str:
        """Book, cancel or move something; in one word, what came of it."""
        choice = dice.random()
        if choice < 0.7 or not self.mine:
            return self._book(a_rush() if dice.random() < 0.5 else dice)
        booking = dice.choice(list(self.mine))
        if choice < 0.9:
            del self.mine[booking]
            status, _ = self.ask("DELETE", f"bookings/{booking}")
            return "cancelled" if status == 200 else told(status)
        change = {"start": f"{a_random_start(dice):%Y-%m-%dT%H:%M}", "room": dice.choice(ROOMS)}
        status, _ = self.ask("PATCH", f"bookings/{booking}", change | {"version": self.mine[booking]})
        self.mine[booking] += status == 200
        return "moved" if status == 200 else told(status)

    def _book(self, dice: random.Random) -> str:
        draft = a_random_draft(dice)
        wanted = {
            "kind": draft.kind,
            "people": draft.people,
            "room": draft.room,
            "start": f"{draft.span.start:%Y-%m-%dT%H:%M}",
        }
        status, answer = self.ask("POST", "bookings", wanted | {"minutes": draft.span.length // MINUTE})
        if status == 201:
            self.mine[answer["id"]] = 1
        return told(status)


def told(status: int) -> str:
    """An answer in a word; one that may not come keeps its number."""
    return WORDS.get(status, f"HTTP {status}")


def book_away(address: str, token: str, operations: int, seed: int) -> tuple[Counter[str], Waits]:
    """What one process asks; how often what came of it, and how long it waited."""
    dice, counts, waits = random.Random(seed), Counter[str](), Waits()
    at = urlsplit(address)
    script = Script(token, HTTPConnection(str(at.hostname), at.port, timeout=LAST_RESORT))
    for _number in range(operations):
        began = time.monotonic()
        counts[script.one_operation(dice)] += 1
        waits.append(time.monotonic() - began)
    script.connection.close()
    return counts, waits


def run(database: str, folder: Path, processes: int, operations: int, seed: int = 1) -> Outcome:
    """Let so many scripts loose on a server, and look at what they left."""
    token, spawn = a_token(database), multiprocessing.get_context("spawn")
    with served(database, folder) as address, ProcessPoolExecutor(processes, spawn) as pool:
        began = time.monotonic()
        jobs = [pool.submit(book_away, address, token, operations, seed * 1000 + n) for n in range(processes)]
        results = [job.result() for job in jobs]
        seconds = time.monotonic() - began
    return left_behind(database, results, seconds, " over HTTP")


def is_well(outcome: Outcome) -> bool:
    """Nothing is double or half there, and nobody was told what may not be told."""
    return not (outcome.overlaps or outcome.halves or any(word.startswith("HTTP") for word in outcome.counts))


def a_token(database: str) -> str:
    """Of an organizer."""
    engine = engines.make(database)
    with Session(engine, expire_on_commit=False) as session:
        clock = a_clock(NOW)
        account, _ = register.add(session, OPERATOR, clock, person=None, role=Role.ORGANIZER, name="scripts")
        token = sign_ins.issue_token(session, account, clock)
    engine.dispose()
    return token


@contextmanager
def served(database: str, folder: Path) -> Iterator[str]:
    """The address of a server with several processes on a database."""
    port = a_free_port()
    words = [f"--bind=127.0.0.1:{port}", f"--workers={SERVERS}", "--log-level=error", "scheduler.app:create_app()"]
    with subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *words],
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
        env=surroundings() | CommandLine(database, folder, f"{NOW}+08:00").environ(),
    ) as server:
        try:
            wait_for(lambda: hears(port), "a server that answers")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(LAST_RESORT)


def hears(port: int) -> bool:
    """Whether there is somebody at that port who lives."""
    try:
        return status_of(port, "/healthz") == 200
    except OSError:
        return False


def main() -> int:
    """Hammer, print, and say by the exit status whether all is well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=16)
    parser.add_argument("--operations", type=int, default=2000)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    options = parser.parse_args()
    kinds = ("sqlite", "postgresql") if options.database == "both" else (options.database,)
    all_is_well = True
    with cluster.on_call(), tempfile.TemporaryDirectory(prefix="tanxin-hammer-") as folder:
        databases = Databases(Path(folder))
        for kind in kinds:
            address = databases.make(kind, fill)
            outcome = run(address, Path(folder), options.processes, options.operations)
            print(outcome, "" if is_well(outcome) else "<-- WRONG", flush=True)
            all_is_well = all_is_well and is_well(outcome)
            databases.drop(address)
    return 0 if all_is_well else 1


if __name__ == "__main__":
    sys.exit(main())
