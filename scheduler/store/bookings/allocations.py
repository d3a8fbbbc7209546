"""What standing bookings take, as the guards watch it: people and rooms, and when."""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.ids import BookingId
from scheduler.core.ground.spans import Span
from scheduler.store.bookings import load
from scheduler.store.bookings.rows import AllocationRow, BookingRow
from scheduler.store.organisation.load_hours import hours_of_day
from scheduler.store.upserts import portions, table_of

_TABLE, _BOOKING = table_of(AllocationRow), table_of(BookingRow).c
_A_NIGHT = timedelta(hours=8)
"""No office has less between the work of two days; what is not longer takes all of its time."""


def write(session: Session, changed: Sequence[Booking], old: Collection[BookingId]) -> None:
    """Write whom and what these bookings take now; `old` are those of them that took something before.

    One statement, sorted by resource: two writers then take turns in the same order.
    """
    clear(session, old)
    standing = [b for b in changed if not b.is_cancelled]
    time = hours_of_day(session) if any(_may_last_days(b.span) for b in standing) else None
    rows = [
        _row(b.id, resource, span)
        for b in standing
        for span in (time.taken(b.span) if time else (b.span,))
        for resource in resources_of(b)
    ]
    _insert(session, rows)


def write_again(session: Session) -> None:
    """After the hours of a day have changed: let what lasts several days take the working time of now.

    Where something else has come to stand in what is working time only now, that keeps its place.
    """
    time = hours_of_day(session)
    times = session.execute(
        select(_BOOKING.id, _BOOKING.starts_at, _BOOKING.ends_at).where(_BOOKING.is_cancelled.is_(False))
    )
    ids = [BookingId(name) for name, start, end in times if _may_last_days(Span(start, end))]
    for booking in load.bookings(session, ids=ids):
        clear(session, [booking.id])
        names = resources_of(booking)
        taken = load.taken_spans(session, names, booking.span)
        parts = (
            (name, left) for name in names for span in time.taken(booking.span) for left in span.without(taken[name])
        )
        _insert(session, [_row(booking.id, name, left) for name, left in parts])


def clear(session: Session, ids: Iterable[BookingId]) -> None:
    """Let bookings take nobody and nothing."""
    for portion in portions(list(ids)):
        session.execute(delete(_TABLE).where(_TABLE.c.booking_id.in_(portion)))


def resources_of(b: Booking) -> list[str]:
    """Whom and what a booking takes, or took before it was cancelled."""
    return load.resources_of(b.people, b.room)


def _may_last_days(span: Span) -> bool:
    """Whether it is long enough to have working time on two days."""
    return span.length > _A_NIGHT


def _row(booking: BookingId, resource: str, span: Span) -> dict[str, object]:
    return {
        "booking_id": booking,
        "resource": resource,
        "starts_at": load.seconds(span.start),
        "ends_at": load.seconds(span.end),
    }


def _insert(session: Session, rows: list[dict[str, object]]) -> None:
    for portion in portions(
        sorted(rows, key=lambda row: (str(row["resource"]), str(row["booking_id"]), str(row["starts_at"])))
    ):
        session.execute(insert(_TABLE).values(portion))
