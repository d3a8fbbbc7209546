"""What absences do to bookings that stand: told when they are entered, imported and listed."""

from collections.abc import Collection, Iterable

from sqlalchemy.orm import Session

from scheduler.core.bookings import absence_hits
from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId
from scheduler.core.ground.spans import Span, next_midnight
from scheduler.store import load


def hits(
    session: Session, absences: Iterable[Absence], clock: Clock, *, without: Collection[BookingId] = ()
) -> tuple[Finding, ...]:
    """The bookings still to come, but for some, that these absences hit: for each of their people who is kept away, one finding.

    For organizers: the findings tell why somebody is away.
    """
    zone = load.organisation(session).zone
    today = clock.today(zone)
    entered = [absence for absence in absences if absence.last >= today]
    if not entered:
        return ()
    people, last = {absence.person for absence in entered}, max(absence.last for absence in entered)
    span = Span(clock.now, max(next_midnight(last, zone), next_midnight(today, zone)))
    bookings = [booking for booking in load.bookings(session, people=people, span=span) if booking.id not in without]
    if not bookings:
        return ()
    theirs = load.absences(session, people, today, last)
    return tuple(absence_hits.hits(entered, theirs, bookings, load.roster(session, today), load.working_time(session)))
