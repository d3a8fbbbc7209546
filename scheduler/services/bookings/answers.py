"""Answers to invitations, kept with the booking, shown to its people and to organizers."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.spans import Span
from scheduler.services.ground import journal
from scheduler.store import load, writing
from scheduler.store.bookings.rows import BookingRow
from scheduler.store.mail.rows import InvitationReplyRow, MailNewsRow
from scheduler.store.upserts import upsert

ASKED = "asked_"
"""How an answer begins that somebody else gave, and that an organizer has not decided about."""


@dataclass(frozen=True, slots=True)
class InvitationAnswer:
    """What somebody answered."""

    booking: BookingId
    person: PersonId
    answer: str
    """`accepted`, `declined`, `tentative`; or `proposed`: another time. `asked_accepted` and the like: somebody else said so
    in their place, and an organizer has not decided yet whether it counts."""
    span: Span | None = None
    """When the booking is, where that was looked up."""


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


def ask(session: Session, actor: Actor, answer: InvitationAnswer, sequence: int, clock: Clock) -> bool:
    """Write what somebody's deputy answered, until an organizer decides; no, where they answered that state of it themselves."""
    row = session.get(InvitationReplyRow, (answer.booking, answer.person), populate_existing=True)
    if row is not None and row.sequence >= sequence and not row.answer.startswith(ASKED):
        return False
    note(session, actor, replace(answer, answer=ASKED + answer.answer), sequence, clock)
    return True


@writing.verb
def decide(
    session: Session, actor: Actor, booking_id: BookingId, person: PersonId, clock: Clock, *, counts: bool
) -> None:
    """Let what a deputy answered count, or not. Raises NotAllowed, NotFound when there is none that waits."""
    access.require(actor, Action.BOOK)
    writing.begin(session)
    row = session.get(InvitationReplyRow, (booking_id, person), populate_existing=True)
    if row is None or not row.answer.startswith(ASKED):
        raise NotFound("answer", person)
    answer = InvitationAnswer(booking_id, person, row.answer.removeprefix(ASKED))
    if counts:
        note(session, actor, answer, row.sequence, clock, row.answered_at)
    else:
        session.delete(row)
        journal.note(session, actor, "answer_refused", "booking", booking_id, clock, person=person)


def asked(session: Session, actor: Actor, clock: Clock) -> list[InvitationAnswer]:
    """What deputies answered to what lies ahead and an organizer has not decided yet; for organizers."""
    if not actor.arranges_all:
        return []
    row, booking = InvitationReplyRow, BookingRow
    query = select(row.booking_id, row.person_id, row.answer, booking.starts_at, booking.ends_at).join(
        booking, booking.id == row.booking_id
    )
    waits = (row.answer.startswith(ASKED), booking.is_cancelled.is_(False), booking.starts_at > clock.now)
    rows = session.execute(query.where(*waits).order_by(booking.starts_at, row.person_id))
    return [
        InvitationAnswer(BookingId(name), PersonId(person), answer, Span(start, end))
        for name, person, answer, start, end in rows
    ]


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
