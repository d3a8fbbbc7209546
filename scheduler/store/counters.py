"""Counters: the next id of each letter, and ids that came from elsewhere."""

from collections.abc import Iterable

from sqlalchemy import case
from sqlalchemy.orm import Mapped, Session, mapped_column

from scheduler.core.ground.bookings import ID_PREFIX, Kind
from scheduler.core.ground.ids import BookingId
from scheduler.store.base import Base
from scheduler.store.upserts import table_of, upsert

DIGITS = {"T": 3, "P": 3, "RS": 0, "F": 0}
"""Digits of a new id after its letter; two for letters that are not named here."""


class CounterRow(Base):
    """The last number given to an id of each letter."""

    __tablename__ = "counter"
    prefix: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


def next_booking_id(session: Session, kind: Kind) -> BookingId:
    """The next id for a booking of a kind: `T051`, `S27`, `E15`."""
    return BookingId(next_id(session, ID_PREFIX.get(kind, "E")))


def next_id(session: Session, prefix: str) -> str:
    """The next id within a letter; whoever wants one at the same moment waits until we are done."""
    row = table_of(CounterRow).c
    first = upsert(session, CounterRow).values(prefix=prefix, last=1)
    counted = first.on_conflict_do_update(index_elements=["prefix"], set_={"last": row.last + 1}).returning(row.last)
    return f"{prefix}{session.execute(counted).scalar_one():0{DIGITS.get(prefix, 2)}d}"


def next_ids(session: Session, prefix: str, count: int) -> list[str]:
    """So many ids at once, one after the other."""
    row = table_of(CounterRow).c
    first = upsert(session, CounterRow).values(prefix=prefix, last=count)
    counted = first.on_conflict_do_update(index_elements=["prefix"], set_={"last": row.last + count})
    last = int(session.execute(counted.returning(row.last)).scalar_one())
    return [f"{prefix}{number:0{DIGITS.get(prefix, 2)}d}" for number in range(last - count + 1, last + 1)]


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
    statement = upsert(session, CounterRow).values([{"prefix": p, "last": n} for p, n in sorted(highest.items())])
    raised = case((statement.excluded.last > row.last, statement.excluded.last), else_=row.last)
    session.execute(statement.on_conflict_do_update(index_elements=["prefix"], set_={"last": raised}))
