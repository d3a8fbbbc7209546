"""Answers to invitations, kept with the booking, shown to its people and to organizers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.ground import journal
from scheduler.store import load
from scheduler.store.bookings.rows import BookingRow
from scheduler.store.mail.rows import InvitationReplyRow, MailNewsRow
from scheduler.store.upserts import upsert


@dataclass(frozen=True, slots=True)
class InvitationAnswer:
    """What somebody answered."""

    booking: BookingId
    person: PersonId
    answer: str
    """`accepted`, `declined`, `tentative`; or `proposed`: another time."""


def note(
    session: Session,
    actor: Actor,
    answer: InvitationAnswer,
    sequence: int,
    clock: Clock,
    stamped_at: datetime | None = None,
) -> None:
    """Write an answer, in place of an earlier one, within the caller's transaction; `stamped_at`: given then, else now."""
    given_at = min(
        stamped_at or clock.real, clock.real
    )  # a clock that is fast shall not outlast what is answered later
    values = {"answer": answer.answer, "sequence": sequence, "answered_at": given_at}
    row = upsert(session, InvitationReplyRow).values(booking_id=answer.booking, person_id=answer.person, **values)
    session.execute(row.on_conflict_do_update(index_elements=["booking_id", "person_id"], set_=values))
    journal.note(session, actor, answer.answer, "booking", answer.booking, clock, by=answer.person)


def is_older(session: Session, answer: InvitationAnswer, sequence: int, stamped_at: datetime) -> bool:
    """Whether somebody answered the same state of a booking later than this, whatever came in first."""
    row = session.get(InvitationReplyRow, (answer.booking, answer.person), populate_existing=True)
    return row is not None and (row.sequence, row.answered_at) > (sequence, stamped_at)


def of(session: Session, actor: Actor, booking_id: BookingId) -> dict[PersonId, str]:
    """Who answered what to a booking as it stands; an answer to how it was before counts no more, and others learn of none.

    A talk stands as of its last change; a meeting, at which others may come and go, as of the last one of which somebody was told.
    """
    booking = load.booking(session, booking_id)
    if not (actor.arranges_all or (actor.person is not None and actor.person in booking.people)):
        return {}
    row = InvitationReplyRow
    told = {} if booking.is_talk else latest_told(session, booking_id)
    query = select(row.person_id, row.answer, row.sequence).where(row.booking_id == booking_id).order_by(row.person_id)
    return {
        PersonId(person): answer
        for person, answer, sequence in session.execute(query)
        if sequence >= (booking.sequence if booking.is_talk else told.get(person, 0))
    }


def accepted(session: Session, person: PersonId, ids: Collection[BookingId]) -> set[BookingId]:
    """To which of these talks, as they stand, somebody said that they will be there."""
    row = InvitationReplyRow
    query = select(row.booking_id).join(BookingRow, BookingRow.id == row.booking_id)
    said = (row.person_id == person, row.answer == "accepted", row.sequence >= BookingRow.sequence)
    return {BookingId(booking_id) for booking_id in session.scalars(query.where(row.booking_id.in_(ids), *said))}


def latest_told(session: Session, booking_id: BookingId) -> dict[str, int]:
    """Up to which change each was told of a booking."""
    row = MailNewsRow
    query = select(row.person_id, func.max(row.sequence)).where(row.booking_id == booking_id).group_by(row.person_id)
    return {person: sequence for person, sequence in session.execute(query)}  # noqa: C416 - typed rows
