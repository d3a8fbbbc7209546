"""Attendance in, rows out. Nothing here commits."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from scheduler.core.ground.clock import Clock
from scheduler.core.sessions.study import Attendance
from scheduler.store.bookings.rows import AttendanceRow
from scheduler.store.operations import former
from scheduler.store.operations.former import Fact
from scheduler.store.upserts import portions, upsert


def attendance(session: Session, attended: Collection[Attendance], clock: Clock) -> None:
    """Write who was at which booking; what stood there for the same person and booking is replaced."""
    former.keep_standing(session, [Fact("attendance", a.session, a.person) for a in attended], clock)
    rows: list[dict[str, object]] = [
        {
            "booking_id": a.session,
            "person_id": a.person,
            "status": a.status.value,
            "makeup_date": a.makeup_date,
            "reason": a.reason,
        }
        for a in attended
    ]
    for portion in portions(rows):
        given = upsert(session, AttendanceRow).values(portion)
        new = {key: given.excluded[key] for key in ("status", "makeup_date", "reason")}
        session.execute(given.on_conflict_do_update(index_elements=["booking_id", "person_id"], set_=new))
