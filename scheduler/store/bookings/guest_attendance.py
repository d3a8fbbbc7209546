"""How guests were at bookings: read and written. Nothing here commits."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.ids import BookingId, GuestId
from scheduler.core.sessions.study import Attended
from scheduler.store.bookings.rows import GuestAttendanceRow
from scheduler.store.upserts import upsert


def of(session: Session, booking_id: BookingId) -> dict[GuestId, Attended]:
    """How the guests of a booking were there, as far as it was recorded."""
    row = GuestAttendanceRow
    query = select(row.guest_id, row.status).where(row.booking_id == booking_id)
    return {GuestId(guest): Attended(status) for guest, status in session.execute(query)}


def record(session: Session, booking_id: BookingId, statuses: Mapping[GuestId, Attended]) -> None:
    """Write how guests were there; what stood there is replaced."""
    rows = [{"booking_id": booking_id, "guest_id": g, "status": s.value} for g, s in statuses.items()]
    if rows:
        given = upsert(session, GuestAttendanceRow).values(rows)
        new = {"status": given.excluded.status}
        session.execute(given.on_conflict_do_update(index_elements=["booking_id", "guest_id"], set_=new))
