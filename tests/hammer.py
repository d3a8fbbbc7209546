"""Many bookers at once: whatever they do, nobody and no room may be in two places, and no booking half there.

    python -m tests.hammer [--processes 16] [--operations 2000] [--database sqlite|postgresql|both] [--control]

Of the operations 70 % book, 20 % cancel, 10 % move, all through `services.bookings.acts`, each process on its own
connection. Afterwards a control, a tenth as long, does the same without the database's guard and without the lock that
writers take: it has to produce double bookings, or the hammer would not notice any. `--control` runs the control alone.
"""

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.bookings import Draft, Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Busy, Malformed, Refused
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.core.ground.spans import Span
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import BookingChange
from scheduler.store import engine as engines
from scheduler.store import guards, writing
from scheduler.store.engine import WRITES
from tests import cluster
from tests.builders import REAL, a_clock, at
from tests.databases import Databases
from tests.seeds import an_organisation

PEOPLE, ROOMS, DAYS = 24, ("R04", "R05", "R06", "R07"), 12
FIRST = at("2014-07-01T08:00")
COLD = 10
Waits = list[float]
"""How long somebody waited for each answer, in seconds, in the order of asking."""


@dataclass(frozen=True)
class Outcome:
    """What a run left behind."""

    database: str
    counts: Counter[str]
    overlaps: int
    halves: int
    seconds: float
    slowest: float
    """The longest that anybody waited for an answer, in seconds, but for the first few of each process."""

    slowest_cold: float
    """The longest of those: a process that has just begun imports, connects and compiles its statements."""

    def __str__(self) -> str:
        done = sum(self.counts.values())
        told = ", ".join(f"{count} {word}" for word, count in sorted(self.counts.items()))
        return (
            f"{self.database:<12} {done} operations in {self.seconds:.1f} s ({done / self.seconds:.0f}/s), "
            f"slowest answer {self.slowest:.2f} s ({self.slowest_cold:.2f} s among the first {COLD} of a process): "
            f"{told}; {self.overlaps} overlaps, {self.halves} half bookings"
        )


def fill(session: Session) -> None:
    """The organisation that is hammered."""
    an_organisation(session, people=PEOPLE, rooms=ROOMS)


def run(address: str, processes: int, operations: int, *, control: bool = False, seed: int = 1) -> Outcome:
    """Let so many processes loose on a database, and look at what they left."""
    began = time.monotonic()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        processes, spawn
    ) as pool:  # not a Pool: that waits for ever for an error it cannot unpickle
        jobs = [
            pool.submit(book_away, address, operations, seed * 1000 + number, control) for number in range(processes)
        ]
        results = [job.result() for job in jobs]
    return left_behind(address, results, time.monotonic() - began, " control" if control else "")


def left_behind(address: str, results: list[tuple[Counter[str], Waits]], seconds: float, how: str) -> Outcome:
    """What there is in a database after so many seconds, and what its bookers were told."""
    engine = engines.make(address)
    with engine.connect() as connection:
        overlaps, halves = count_overlaps(connection), count_halves(connection)
    engine.dispose()
    counts = sum((counts for counts, _ in results), Counter[str]())
    cold, warm = (
        max(wait for _, waits in results for wait in waits[part]) for part in (slice(COLD), slice(COLD, None))
    )
    return Outcome(make_url(address).get_backend_name() + how, counts, overlaps, halves, seconds, warm, cold)


def book_away(address: str, operations: int, seed: int, control: bool) -> tuple[Counter[str], Waits]:
    """What one process does; how often what came of it, and how long it waited."""
    dice, counts, waits = random.Random(seed), Counter[str](), Waits()
    engine = careless_engine(address) if control else engines.make(address)
    if control:
        writing.begin = begin_without_lock
    mine: list[BookingId] = []
    with Session(engine, expire_on_commit=False) as session:
        for number in range(operations):
            began = time.monotonic()
            clock = a_clock("2014-06-30T08:00", REAL + timedelta(seconds=number))
            counts[one_operation(session, dice, mine, clock)] += 1
            session.rollback()
            waits.append(time.monotonic() - began)
    engine.dispose()
    return counts, waits


def one_operation(session: Session, dice: random.Random, mine: list[BookingId], clock: Clock) -> str:
    """Book, cancel or move something; in one word, what came of it."""
    choice = dice.random()
    try:
        if choice < 0.7 or not mine:
            draft = a_random_draft(a_rush() if dice.random() < 0.5 else dice)
            mine.append(bookings.book(session, OPERATOR, draft, clock).booking.id)
            return "booked"
        if choice < 0.9:
            bookings.cancel(session, OPERATOR, mine.pop(dice.randrange(len(mine))), clock)
            return "cancelled"
        change = BookingChange(start=a_random_start(dice), room=RoomId(dice.choice(ROOMS)))
        bookings.change(session, OPERATOR, dice.choice(mine), change, clock)
        return "moved"
    except Refused:
        return "refused"
    except Busy:
        return "busy"
    except Malformed:
        return "too late"


def a_rush() -> random.Random:
    """Dice that fall alike for everybody who throws them within the same twentieth of a second."""
    return random.Random(int(time.time() * 20))


def a_random_start(dice: random.Random) -> datetime:
    return FIRST + timedelta(days=dice.randrange(DAYS), minutes=15 * dice.randrange(40))


def a_random_draft(dice: random.Random) -> Draft:
    """A talk of two or three, or a meeting, at some quarter of an hour."""
    who = [PersonId(f"p{number:02d}") for number in dice.sample(range(1, PEOPLE + 1), dice.choice((2, 2, 2, 3, 6)))]
    start = a_random_start(dice)
    span = Span(start, start + timedelta(minutes=dice.choice((30, 45, 60, 90))))
    kind = Kind.TALK if len(who) < 4 else Kind.MEETING
    return Draft(kind, span, tuple(who), room=RoomId(dice.choice(ROOMS)))


def begin_without_lock(session: Session) -> None:
    """In place of `writing.begin`: the transaction is marked as one that writes, but nobody waits for anybody."""
    session.rollback()
    session.connection(execution_options={WRITES: True})


def careless_engine(address: str) -> Engine:
    """An engine as one gets it without our settings: on SQLite, a SELECT begins no transaction."""
    engine = create_engine(address)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 15000"))
    return engine


def count_overlaps(connection: Connection) -> int:
    """Pairs of standing bookings that share somebody or a room at the same moment, read from the bookings themselves."""
    shared = """
        SELECT p.person_id AS resource, b.id, b.starts_at, b.ends_at FROM booking b
        JOIN participant p ON p.booking_id = b.id WHERE NOT b.is_cancelled
        UNION ALL
        SELECT b.room_id, b.id, b.starts_at, b.ends_at FROM booking b
        WHERE NOT b.is_cancelled AND b.room_id IS NOT NULL"""
    found = connection.execute(
        text(
            f"WITH taken AS ({shared}) SELECT count(*) FROM taken one JOIN taken other"
            " ON one.resource = other.resource AND one.id < other.id"
            " AND one.starts_at < other.ends_at AND other.starts_at < one.ends_at"
        )
    )
    return int(found.scalar_one())


def count_halves(connection: Connection) -> int:
    """Bookings whose people, rooms and allocations do not agree."""
    found = connection.execute(
        text("""
        SELECT count(*) FROM booking b WHERE
            (SELECT count(*) FROM participant p WHERE p.booking_id = b.id) < 2
            OR (SELECT count(*) FROM allocation a WHERE a.booking_id = b.id
                AND a.starts_at = b.starts_at AND a.ends_at = b.ends_at)
            <> CASE WHEN b.is_cancelled THEN 0 ELSE
                (SELECT count(*) FROM participant p WHERE p.booking_id = b.id)
                + CASE WHEN b.room_id IS NULL THEN 0 ELSE 1 END END
            OR (SELECT count(*) FROM allocation a WHERE a.booking_id = b.id
                AND (a.starts_at <> b.starts_at OR a.ends_at <> b.ends_at)) > 0
        """)
    )
    return int(found.scalar_one())


def take_guards_away(address: str) -> None:
    """For the control."""
    engine = engines.make(address)
    with engine.begin() as connection:
        guards.drop(connection)
    engine.dispose()


def main() -> int:
    """Hammer, print, and say by the exit status whether all is well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=16)
    parser.add_argument("--operations", type=int, default=2000)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--control", action="store_true", help="only show that the hammer would notice")
    options = parser.parse_args()
    kinds = ("sqlite", "postgresql") if options.database == "both" else (options.database,)
    with cluster.on_call(), tempfile.TemporaryDirectory(prefix="tanxin-hammer-") as temporary:
        return hammer(Databases(Path(temporary)), kinds, options)


def hammer(databases: Databases, kinds: tuple[str, ...], options: argparse.Namespace) -> int:
    """The run on each database, then the control on each."""
    failures = 0
    for control in (True,) if options.control else (False, True):
        for kind in kinds:
            address = databases.make(kind, fill)
            if control:
                take_guards_away(address)
            operations = max(100, options.operations // 10) if control else options.operations
            outcome = run(address, options.processes, operations, control=control)
            is_well = outcome.overlaps > 0 if control else outcome.overlaps == outcome.halves == 0
            print(outcome, "" if is_well else "<-- WRONG", flush=True)
            failures += not is_well
            databases.drop(address)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
