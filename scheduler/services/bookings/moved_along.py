"""A milestone moves, and its meeting with it: by hand and by an import alike."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.campaigns import milestones
from scheduler.core.ground.access import Actor
from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Refused
from scheduler.core.ground.findings import Finding, Findings
from scheduler.services.bookings import acts
from scheduler.services.ground.booking_changes import BookingChange
from scheduler.store import load


def along_with(
    session: Session, actor: Actor, own: Iterable[Booking], day: date, clock: Clock
) -> tuple[tuple[Booking, ...], Findings]:
    """Move the meetings of a milestone to its new day, each at its time of day, as a part of a larger verb.

    Gives those that moved, and what is to be said about it: what blocks left its meeting where it was.
    """
    zone = load.organisation(session).zone
    along: list[Booking] = []
    blocking: list[Finding] = []
    warnings: list[Finding] = []
    for booking in own:
        meeting = load.booking(session, booking.id, lock=True)
        change = BookingChange(start=milestones.moved_start(meeting.span.start, day, zone), only_booking=True)
        try:
            booked = acts.move(session, actor, meeting, change, clock)
        except Refused as no:
            blocking += [Finding("meeting_cannot_follow", meeting.id), *no.blocking]
            warnings += no.warnings
        else:
            along.append(booked.booking)
            warnings += booked.findings.warnings
    return tuple(along), Findings(tuple(dict.fromkeys(blocking)), tuple(dict.fromkeys(warnings)))
