"""Processes killed in the middle of writing: what they had acknowledged is there afterwards, and nothing is half there."""

import random
import subprocess
import sys
import time
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.errors import Refused
from scheduler.core.ground.ids import BookingId
from scheduler.services.bookings import acts as bookings
from scheduler.store import engine as engines
from scheduler.store.bookings.rows import BookingRow
from tests import hammer
from tests.builders import REAL, a_clock
from tests.databases import Databases
from tests.trust.figures import Figure


def killed(databases: Databases, kind: str, times: int) -> Figure:
    """So many processes, one after the other on one database, each killed (SIGKILL) after a moment."""
    address, dice = databases.make(kind, hammer.fill), random.Random(3)
    acknowledged: set[str] = set()
    for number in range(times):
        command = [sys.executable, "-m", "tests.trust.kills", address, str(number)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout
            first = writer.stdout.readline().strip()  # it is under way
            time.sleep(dice.uniform(0.01, 0.3))
            writer.kill()
            acknowledged |= {first, *writer.stdout.read().split("\n")[:-1]} - {""}
    engine = engines.make(address)
    with Session(engine) as session:
        kept = set(session.scalars(select(BookingRow.id)))
    with engine.connect() as connection:
        overlaps, halves = hammer.count_overlaps(connection), hammer.count_halves(connection)
    engine.dispose()
    databases.drop(address)
    lost = len(acknowledged - kept)
    told = f"{times} kills, {len(acknowledged)} acknowledged, {lost} lost, {halves} half, {overlaps} overlaps"
    return Figure(f"kills on {kind}", told, bool(acknowledged) and not (lost or halves or overlaps))


def write_on(address: str, seed: int) -> None:
    """Book without end, and tell each booking once it is committed."""
    engine, dice, number = engines.make(address), random.Random(seed), 0
    with Session(engine, expire_on_commit=False) as session:
        while True:
            number += 1
            clock = a_clock("2014-06-30T08:00", REAL + timedelta(seconds=number))
            try:
                booked = bookings.book(session, OPERATOR, hammer.a_random_draft(dice), clock).booking
            except Refused:
                bookings.cancel(session, OPERATOR, _any(session, dice), clock)  # or there would soon be no room left
                continue
            print(booked.id, flush=True)


def _any(session: Session, dice: random.Random) -> BookingId:
    """Some booking that stands."""
    standing = session.scalars(select(BookingRow.id).where(BookingRow.is_cancelled.is_(False))).all()
    return BookingId(dice.choice(standing))


if __name__ == "__main__":
    write_on(sys.argv[1], int(sys.argv[2]))
