"""Sign-ins at bookings: read, written, and what they are worth. Nothing here commits."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler.core.ground.bookings import Part
from scheduler.core.ground.ids import BookingId, GuestId, PersonId
from scheduler.core.ground.spans import Span
from scheduler.core.sessions import arrivals
from scheduler.core.sessions.arrivals import Arrival, Arriver
from scheduler.core.sessions.study import Attendance, Attended
from scheduler.store.bookings.rows import ArrivalRow, BookingRow, GuestArrivalRow, ParticipantRow


def of(session: Session, booking_id: BookingId) -> list[Arrival]:
    """Who signed in at a booking, the latest first, those who wait to be accepted among them."""
    people = session.scalars(select(ArrivalRow).where(ArrivalRow.booking_id == booking_id))
    guests = session.scalars(select(GuestArrivalRow).where(GuestArrivalRow.booking_id == booking_id))
    both = [
        *(_arrival(row, Arriver(person=PersonId(row.person_id))) for row in people),
        *(_arrival(row, Arriver(guest=GuestId(row.guest_id))) for row in guests),
    ]
    return sorted(both, key=lambda arrival: arrival.at, reverse=True)


def at(session: Session, booking_id: BookingId, seat: Arriver) -> Arrival | None:
    """The sign-in of one at a booking; None: there is none, or it was not accepted."""
    row = _row(session, booking_id, seat)
    return _arrival(row, seat) if row else None


def keep(session: Session, arrival: Arrival, accepted_at: datetime | None) -> None:
    """Write a sign-in; what stood there for the same one is replaced."""
    row = _row(session, arrival.booking, arrival.seat)
    if row is None:
        row = (
            ArrivalRow(booking_id=arrival.booking, person_id=arrival.seat.person)
            if arrival.seat.person
            else GuestArrivalRow(booking_id=arrival.booking, guest_id=arrival.seat.guest)
        )
        session.add(row)
    row.arrived_at, row.number, row.accepted_at = arrival.at, arrival.number, accepted_at


def drop(session: Session, booking_id: BookingId, seat: Arriver) -> None:
    """Take a sign-in away."""
    table, is_theirs = (
        (ArrivalRow, ArrivalRow.person_id == seat.person)
        if seat.person
        else (GuestArrivalRow, GuestArrivalRow.guest_id == seat.guest)
    )
    session.execute(delete(table).where(table.booking_id == booking_id, is_theirs))


def attendance(session: Session, booking_id: BookingId | None = None) -> list[Attendance]:
    """What sign-ins that were accepted say of who was there: at one booking, or at all."""
    row, booking, part = ArrivalRow, BookingRow, ParticipantRow
    query = (
        select(row.booking_id, row.person_id, row.arrived_at, booking.starts_at, booking.ends_at, part.part)
        .join(booking, booking.id == row.booking_id)
        .outerjoin(part, (part.booking_id == row.booking_id) & (part.person_id == row.person_id))
        .where(row.accepted_at.is_not(None))
        .order_by(row.booking_id, row.person_id)
    )
    if booking_id is not None:
        query = query.where(row.booking_id == booking_id)
    return [
        Attendance(BookingId(name), PersonId(person), arrivals.status(moment, span, Part(how) if how else None))
        for name, person, moment, start, end, how in session.execute(query)
        if arrivals.counts(moment, span := Span(start, end))
    ]


def of_guests(session: Session, booking_id: BookingId, span: Span) -> dict[GuestId, Attended]:
    """The same of guests from outside, at a booking that lies at a time."""
    row = GuestArrivalRow
    query = select(row.guest_id, row.arrived_at).where(row.booking_id == booking_id, row.accepted_at.is_not(None))
    return {
        GuestId(guest): arrivals.status(moment, span, None)
        for guest, moment in session.execute(query)
        if arrivals.counts(moment, span)
    }


def _row(session: Session, booking_id: BookingId, seat: Arriver) -> ArrivalRow | GuestArrivalRow | None:
    if seat.person:
        return session.get(ArrivalRow, (booking_id, seat.person))
    return session.get(GuestArrivalRow, (booking_id, seat.guest))


def _arrival(row: ArrivalRow | GuestArrivalRow, seat: Arriver) -> Arrival:
    return Arrival(BookingId(row.booking_id), seat, row.arrived_at, row.number, row.accepted_at is not None)
