"""What absences do to bookings that stand: told when they are entered, imported and listed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from scheduler.core.bookings import absence_hits
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.access import Actor
from scheduler.core.ground.bookings import Absence, Booking
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.spans import Span, next_midnight
from scheduler.store import load


def marked(
    session: Session, actor: Actor, seen: Sequence[SeenBooking], bookings: Iterable[Booking], clock: Clock
) -> list[SeenBooking]:
    """Bookings with those of their people who are absent then, as `absent`; `bookings` are the same ones whole, a busy one stays as it is."""
    shown_ids = {each.id for each in seen if each.id}
    away = absent(session, actor, [booking for booking in bookings if booking.id in shown_ids], clock)
    return [replace(each, absent=away[each.id]) if each.id and each.id in away else each for each in seen]


def absent(
    session: Session, actor: Actor, bookings: Iterable[Booking], clock: Clock
) -> dict[BookingId, tuple[PersonId, ...]]:
    """Who cannot be had at bookings that are not over and were not cancelled: organizers are told of all, others of themselves."""
    ahead = [booking for booking in bookings if booking.span.end > clock.now]
    people = {person for booking in ahead for person in booking.people if actor.arranges_all or person == actor.person}
    if not people:
        return {}
    time = load.working_time(session)
    last = max(booking.span.end for booking in ahead).astimezone(time.zone).date()
    absences = load.absences(session, people, clock.today(time.zone), last)
    return absence_hits.absent(absences, ahead, time) if absences else {}


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
