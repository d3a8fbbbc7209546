"""Talks that were held before anybody booked them: an organizer's word puts them down, and the journal says whose it was."""

from dataclasses import replace

from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Draft
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed
from scheduler.services.bookings import acts
from scheduler.services.ground import journal
from scheduler.services.ground.booking_changes import Booked
from scheduler.store import save, writing


@writing.verb
def record(session: Session, actor: Actor, draft: Draft, clock: Clock) -> Booked:
    """Put down a talk that has been held, confirmed for all; raises Refused if somebody was elsewhere at that time.

    When it was and between whom is all that is kept.
    """
    access.require(actor, Action.CONFIRM_FOR_ALL)
    if draft.span.start > clock.now:
        raise Malformed("lies_ahead", "day")
    writing.begin(session)
    booked = acts.put(session, actor, draft, clock)
    held = save.booking(session, replace(booked.booking, is_held=True), clock)
    journal.note(session, actor, "confirmed", "booking", held.id, clock, by="all")
    return replace(booked, booking=held)
