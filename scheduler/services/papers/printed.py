"""Papers that were handed out: noted, and held against what the booking says now."""

from sqlalchemy.orm import Session

from scheduler.core.bookings import rights
from scheduler.core.ground.access import Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import BookingId
from scheduler.core.papers.printed import PrintedPaper
from scheduler.services.ground import journal
from scheduler.store import load, writing
from scheduler.store.papers import printed as kept

NOTED = ("notice", "sign-in", "name-list", "correction")
"""The papers that are handed out."""


@writing.verb
def note_printed(session: Session, actor: Actor, booking_id: BookingId, paper: str, clock: Clock) -> PrintedPaper:
    """Note that a paper of a booking was handed out as it stands. Raises NotFound, NotAllowed, Malformed for another paper."""
    if paper not in NOTED:
        raise Malformed("unknown_choice", "paper", value=paper[:20])
    writing.begin(session)
    booking = load.booking(session, booking_id)
    rights.require_change(actor, booking)
    by = actor.person or journal.name_of(actor)
    printed = PrintedPaper(paper, clock.now, by, booking.span, booking.room, booking.title)
    kept.add(session, booking_id, printed)
    journal.note(session, actor, "handed_out", "booking", booking_id, clock, paper=paper)
    return printed


def printed_of(session: Session, actor: Actor, booking_id: BookingId, clock: Clock) -> list[PrintedPaper]:
    """What was handed out of a booking, the first first; nothing for those who may not change it. Raises NotFound."""
    del clock  # every verb is given one
    booking = load.booking(session, booking_id)
    rights.require_see(actor, booking)
    return kept.of_booking(session, booking_id) if rights.may_change(actor, booking) else []
