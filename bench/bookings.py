"""A booking with its conflict check in databases of up to 200,000 bookings, beside the same in an empty one.

The whole verb is timed, from the lock to the commit: `services.bookings.acts.book` for a talk of two with a room, with a
rule set applied, each at a time that is free. The same people, rooms and dates everywhere; only what stands on the
calendar already differs. The runs take turns, and the median counts.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.bookings import Draft, Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.core.ground.people import LEADERSHIP_TEAM, PRINCIPAL, Group
from scheduler.core.ground.spans import Span
from scheduler.services.bookings import acts as bookings
from scheduler.services.rules import sets as rules
from scheduler.store import engine as engines
from scheduler.store.bookings.rows import AllocationRow, BookingRow, ParticipantRow
from scheduler.store.upserts import table_of
from tests import cluster
from tests.databases import Databases
from tests.seeds import a_campaign, an_organisation

SIZES = {"sqlite": (0, 50_000, 100_000, 200_000), "postgresql": (0, 200_000)}
PEOPLE, ROOMS = 200, [f"R{number:02d}" for number in range(1, 21)]
ROUNDS = 150
FIRST_DAY = datetime(2012, 1, 2, tzinfo=UTC)
"""Midnight UTC is eight in the morning in Shanghai."""
HOURS_TAKEN = 8
"""From eight on, all rooms are taken for eight hours of every day; the timed talks come in the evening."""
CLOCK = Clock(datetime(2014, 7, 1, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC))


def run() -> list[dict[str, Any]]:
    """Measure, and one row for each size of each database."""
    with cluster.on_call(), tempfile.TemporaryDirectory(prefix="tanxin-bench-") as temporary:
        databases = Databases(Path(temporary))
        return [row for kind in _kinds() for row in compared(databases, kind)]


def _kinds() -> list[str]:
    """SQLite, and PostgreSQL where there is a server."""
    try:
        cluster.server()
    except cluster.NoServer:
        return ["sqlite"]
    return list(SIZES)


def compared(databases: Databases, kind: str) -> list[dict[str, Any]]:
    """The median of each size, and how it stands to that of an empty database."""
    opened = [engines.make(databases.make(kind)) for _ in SIZES[kind]]
    sessions = [Session(engine, expire_on_commit=False) for engine in opened]
    for session, size in zip(sessions, SIZES[kind], strict=True):
        fill(session, size)
    times: list[list[float]] = [[] for _ in sessions]
    for number, draft in zip(range(ROUNDS), drafts(), strict=False):
        order = random.Random(number).sample(range(len(sessions)), len(sessions))
        for place in order:
            times[place].append(timed(sessions[place], draft))
    medians = [statistics.median(measured[10:]) for measured in times]
    for session, engine in zip(sessions, opened, strict=True):
        session.close()
        engine.dispose()
        databases.drop(engine.url.render_as_string(hide_password=False))
    return [
        {"database": kind, "bookings": size, "ms": round(median * 1000, 2), "ratio": round(median / medians[0], 2)}
        for size, median in zip(SIZES[kind], medians, strict=True)
    ]


def timed(session: Session, draft: Draft) -> float:
    """Seconds that one booking took."""
    began = time.perf_counter()
    bookings.book(session, OPERATOR, draft, CLOCK)
    return time.perf_counter() - began


def drafts() -> Iterator[Draft]:
    """Talks in the evenings of the talk window, each of two others."""
    dice = random.Random(1)
    for number in range(10_000):
        start = datetime(2014, 6, 16, 9, 30, tzinfo=UTC) + timedelta(days=number % 60, minutes=45 * (number // 60))
        who = tuple(PersonId(f"p{person:02d}") for person in dice.sample(range(1, PEOPLE + 1), 2))
        span = Span(start, start + timedelta(minutes=45))
        yield Draft(Kind.TALK, span, who, room=RoomId(dice.choice(ROOMS)))


def fill(session: Session, size: int) -> None:
    """An organisation with rules, and so many talks: every hour another twenty pairs in twenty rooms."""
    team = Group(LEADERSHIP_TEAM, "班子", members=tuple(PersonId(f"p{n:02d}") for n in range(1, 9)))
    principal = Group(PRINCIPAL, "主要负责人", "role", team.members[:1])
    an_organisation(session, people=PEOPLE, rooms=ROOMS, groups=[team, principal])
    a_campaign(session)
    session.commit()
    rules.apply(session, OPERATOR, "cn.three-must-talks", None, CLOCK)
    for start in range(0, size, 20_000):
        _insert(session, range(start, min(size, start + 20_000)))
    session.commit()


def _insert(session: Session, numbers: range) -> None:
    """These bookings, straight into the tables."""
    booked: list[dict[str, object]] = []
    people: list[dict[str, object]] = []
    taken: list[dict[str, object]] = []
    for number in numbers:
        name, (hour, room) = f"E{number:06d}", divmod(number, len(ROOMS))
        day, hour_of_day = divmod(hour, HOURS_TAKEN)
        start = FIRST_DAY + timedelta(days=day, hours=hour_of_day)
        who = [f"p{1 + (hour * 37 + room * 2 + side) % PEOPLE:02d}" for side in (0, 1)]
        booked.append(_row(name, start, ROOMS[room]))
        people += [
            {"booking_id": name, "person_id": p, "place": i, "part": "attendee", "is_named": True}
            for i, p in enumerate(who)
        ]
        begins = int(start.timestamp())
        resources = [*(f"p:{p}" for p in who), f"r:{ROOMS[room]}"]
        taken += [{"booking_id": name, "resource": r, "starts_at": begins, "ends_at": begins + 2700} for r in resources]
    for row, rows in ((BookingRow, booked), (ParticipantRow, people), (AllocationRow, taken)):
        session.execute(insert(table_of(row)), rows)


def _row(name: str, start: datetime, room: str) -> dict[str, object]:
    """A talk that was held."""
    return {
        "id": name,
        "uid": name,
        "kind": "talk",
        "title": "",
        "starts_at": start,
        "ends_at": start + timedelta(minutes=45),
        "room_id": room,
        "is_off_site": False,
        "audience": [],
        "mode": "face_to_face",
        "size": "one_to_one",
        "is_cancelled": False,
        "is_held": True,
        "is_awaiting": False,
        "version": 1,
        "sequence": 0,
        "created_at": CLOCK.real,
        "revised_at": CLOCK.real,
    }
