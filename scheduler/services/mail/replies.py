"""Answers to invitations that came by mail, read from the message."""

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.bookings import answers, swaps
from scheduler.services.bookings.answers import InvitationAnswer
from scheduler.services.ground import actors
from scheduler.store import load, writing
from scheduler.store.bookings.rows import BookingRow
from scheduler.store.mail.rows import MailContactRow

if TYPE_CHECKING:
    from scheduler.ical.invitations import Reply


def receive(session: Session, actor: Actor, message: bytes, clock: Clock) -> InvitationAnswer:
    """Note the answer that a message holds; raises Refused when it is none, or not to one of our invitations.

    Another time that they propose becomes a proposal of ours, with its rules, or is refused with the reason.
    """
    from scheduler.ical.invitations import NoReply, read_reply  # slow to import, and few commands need it
    from scheduler.ical.mail_parts import calendar_in

    access.require(actor, Action.OPERATE_FEEDS)
    try:
        sender, calendar = calendar_in(message)
        reply = read_reply(calendar)
    except NoReply as error:
        raise Refused([Finding(f"reply_{error.kind}", "")]) from error
    if sender != reply.attendee:
        if sender != reply.deputy:
            raise Refused([Finding("reply_not_theirs", "")])
        return _asked(session, actor, reply, clock)
    return _proposed(session, reply, clock) if reply.answer == "counter" else _noted(session, actor, reply, clock)


@writing.verb
def _noted(session: Session, actor: Actor, reply: "Reply", clock: Clock) -> InvitationAnswer:
    """The answer, written down; refused when they have answered later than that."""
    writing.begin(session)
    answer = _matched(session, reply)
    if answers.is_older(session, answer, reply.sequence, reply.stamped_at or clock.real):
        raise Refused([Finding("reply_outdated", "")])
    answers.note(session, actor, answer, reply.sequence, clock, reply.stamped_at)
    return answer


@writing.verb
def _asked(session: Session, actor: Actor, reply: "Reply", clock: Clock) -> InvitationAnswer:
    """What a deputy answered waits for an organizer; another time a deputy proposes to them, and what they said themselves stands."""
    if reply.answer == "counter":
        raise Refused([Finding("reply_by_deputy", "")])
    writing.begin(session)
    answer = _matched(session, reply)
    if not answers.ask(session, actor, answer, reply.sequence, clock):
        raise Refused([Finding("reply_by_deputy", "")])
    return replace(answer, answer=answers.ASKED + answer.answer)


def _proposed(session: Session, reply: "Reply", clock: Clock) -> InvitationAnswer:
    """Another time, proposed to the others as they would have done it on our pages."""
    answer = _matched(session, reply)
    if reply.start is None:
        raise Refused([Finding("reply_unreadable", "")])
    themselves = actors.themselves(session, answer.person, clock)
    try:
        swaps.propose(session, themselves, answer.booking, reply.start, clock)
    except (NotAllowed, Malformed) as error:
        raise Refused([Finding("reply_no_proposal", answer.booking)]) from error
    return replace(answer, answer="proposed")


def _matched(session: Session, reply: "Reply") -> InvitationAnswer:
    """The booking and the person that an answer is of; raises Refused when there are none, or the answer is old."""
    booking_id = session.execute(select(BookingRow.id).where(BookingRow.uid == reply.uid)).scalar_one_or_none()
    if booking_id is None:
        raise Refused([Finding("reply_unknown_booking", "")])
    booking = load.booking(session, BookingId(booking_id), lock=True)
    row = MailContactRow
    holders = session.scalars(select(row.person_id).where(func.lower(row.address) == reply.attendee))
    people = [PersonId(person) for person in holders if person in booking.people]
    if len(people) != 1 or booking.is_cancelled:
        raise Refused([Finding("reply_unknown_attendee", "")])
    if reply.sequence < answers.latest_told(session, booking.id).get(people[0], 0):
        raise Refused([Finding("reply_outdated", "")])
    return InvitationAnswer(booking.id, people[0], reply.answer)
