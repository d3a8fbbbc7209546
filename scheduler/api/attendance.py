"""Who was at a booking."""

from typing import Annotated

from flask import Response
from pydantic import Field

from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.api.models import Day, Name, Taken
from scheduler.api.reading import day
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.sessions.study import MAX_REASON, Attended
from scheduler.services.sessions import attendance
from scheduler.services.sessions.attendance import GivenAttendance
from scheduler.shapes.sessions import AttendanceModel


# ── What comes in ────────────────────────────────────────────────────────────────────────────────────────────────────
class AttendeeBody(Taken):
    """How somebody was there."""

    status: Attended
    makeup_date: Day | None = None
    reason: Annotated[str, Field(max_length=MAX_REASON, pattern=r"^[^\x00-\x1f\x7f]*$")] = Field(
        "", description="Of leave, in a word; shown to organizers and the person only"
    )


class AttendanceBody(Taken):
    """Some or all of the people of a booking, by id; whoever is left out stays as recorded."""

    people: Annotated[dict[Name, AttendeeBody], Field(max_length=500)]


# ── Endpoints ────────────────────────────────────────────────────────────────────────────────────────────────────────
@api.get("/bookings/<booking_id>/attendance")
@api.output(AttendanceModel)
@edge.policy(Action.SEE_STUDY, Action.EDIT_ATTENDANCE)
def show_attendance(booking_id: str) -> Response:
    """Who was at a booking, and whether that is a quorum."""
    return _sheet(BookingId(booking_id))


@api.put("/bookings/<booking_id>/attendance")
@api.input(AttendanceBody, arg_name="body")
@api.output(AttendanceModel)
@edge.policy(Action.EDIT_ATTENDANCE)
def record_attendance(booking_id: str, body: AttendanceBody) -> Response:
    """Record who was there, all of it or nothing.

    Before the booking has begun (`not_yet_begun`), and for a make-up before its day (`makeup_before_session`), the answer is 409.
    """
    given = {
        PersonId(person): GivenAttendance(
            said.status, day(said.makeup_date, f"people.{person}.makeup_date"), said.reason
        )
        for person, said in body.people.items()
    }
    wrong = attendance.attend_all(edge.session(), edge.actor(), BookingId(booking_id), given, edge.clock())
    for person, error in wrong.items():
        if isinstance(error, Malformed):
            raise Malformed(error.kind, f"people.{person}.{error.field}", **error.details)
        raise error
    return _sheet(BookingId(booking_id))


def _sheet(booking_id: BookingId) -> Response:
    sheet = attendance.sheet(edge.session(), edge.actor(), booking_id, edge.clock())
    return document(AttendanceModel.of(sheet, reader()))
