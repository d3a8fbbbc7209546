"""Facts in, rows out: everything that services write by hand, under one name. Nothing here commits."""

from collections.abc import Collection, Iterable

from sqlalchemy import case
from sqlalchemy.orm import Session

from scheduler.core.ground.bookings import ID_PREFIX, Kind
from scheduler.core.ground.ids import BookingId
from scheduler.core.sessions.study import Attendance
from scheduler.store.booking_rows import AttendanceRow
from scheduler.store.rows import CounterRow
from scheduler.store.save_bookings import booking, bookings, let_go
from scheduler.store.save_feeds import (
    fetches,
    forget_fetches,
    keep_body,
    note_raised,
    raise_feeds,
    raise_revisions,
    reform,
    set_reach,
)
from scheduler.store.upserts import portions, table_of, upsert

__all__ = [
    "attendance",
    "booking",
    "bookings",
    "fetches",
    "forget_fetches",
    "ids_given",
    "keep_body",
    "let_go",
    "next_booking_id",
    "next_id",
    "note_raised",
    "raise_feeds",
    "raise_revisions",
    "reform",
    "set_reach",
]

DIGITS = {"T": 3, "P": 3, "RS": 0, "F": 0}
"""Digits of a new id after its letter; two for letters that are not named here."""


def next_booking_id(session: Session, kind: Kind) -> BookingId:
    """The next id for a booking of a kind: `T051`, `S27`, `E15`."""
    return BookingId(next_id(session, ID_PREFIX.get(kind, "E")))


def next_id(session: Session, prefix: str) -> str:
    """The next id within a letter; whoever wants one at the same moment waits until we are done."""
    row = table_of(CounterRow).c
    first = upsert(session, CounterRow).values(prefix=prefix, last=1)
    counted = first.on_conflict_do_update(index_elements=["prefix"], set_={"last": row.last + 1}).returning(row.last)
    return f"{prefix}{session.execute(counted).scalar_one():0{DIGITS.get(prefix, 2)}d}"


def ids_given(session: Session, ids: Iterable[str]) -> None:
    """Let the counters know of ids that came from elsewhere, so that new ones count on after the highest."""
    highest: dict[str, int] = {}
    for name in ids:
        prefix = name.rstrip("0123456789")
        if number := name.removeprefix(prefix):
            highest[prefix] = max(int(number), highest.get(prefix, 0))
    if not highest:
        return
    row = table_of(CounterRow).c
    known = upsert(session, CounterRow).values([{"prefix": p, "last": n} for p, n in sorted(highest.items())])
    raised = case((known.excluded.last > row.last, known.excluded.last), else_=row.last)
    session.execute(known.on_conflict_do_update(index_elements=["prefix"], set_={"last": raised}))


def attendance(session: Session, attended: Collection[Attendance]) -> None:
    """Write who was at which session; what stood there for the same person and session is replaced."""
    rows: list[dict[str, object]] = [
        {"booking_id": a.session, "person_id": a.person, "status": a.status.value, "makeup_date": a.makeup_date}
        for a in attended
    ]
    for portion in portions(rows):
        given = upsert(session, AttendanceRow).values(portion)
        new = {"status": given.excluded.status, "makeup_date": given.excluded.makeup_date}
        session.execute(given.on_conflict_do_update(index_elements=["booking_id", "person_id"], set_=new))
