"""One meeting of a series changed or cancelled: it alone, it and those after it, or all that have not begun.

Each is a booking of its own; one that was changed by itself is an exception, and keeps what it was given when others follow.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler.core.bookings import rights as booking_rights
from scheduler.core.feeds import visibility
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.access import Actor, may_see_booking
from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId
from scheduler.services.bookings import acts
from scheduler.services.bookings.acts import Booked, BookingChange
from scheduler.store import load, writing


class SeriesScope(StrEnum):
    """How much of a series is meant."""

    ONE = "one"
    LATER = "later"
    """This one and those after it."""
    ALL = "all"
    """This one and all that have not begun."""


def of(session: Session, booking: Booking) -> list[Booking]:
    """The series of a booking by start, cancelled ones included; of what is in none, nothing."""
    return load.bookings(session, series=booking.series) if booking.series else []


def seen(session: Session, actor: Actor, booking_id: BookingId, clock: Clock) -> list[SeenBooking]:
    """The series of a booking by start, as far as the viewer may know of each. Raises NotFound."""
    booking = load.booking(session, booking_id)
    booking_rights.require_see(actor, booking)
    as_of = load.as_of(session, None, clock)
    return [visibility.see(each, actor, as_of) for each in of(session, booking) if may_see_booking(actor, each)]


@writing.verb
def change(
    session: Session, actor: Actor, booking_id: BookingId, change: BookingChange, scope: SeriesScope, clock: Clock
) -> list[Booked]:
    """Change a meeting and those of its series that are meant: all of them, or none and Refused with every reason.

    Raises Malformed for what is in no series.
    """
    writing.begin(session)
    anchor = load.booking(session, booking_id, lock=True)
    zone = load.organisation(session).zone
    others = _meant(session, anchor, scope, clock)
    planned = [(booking, _following(anchor, booking, change, zone)) for booking in others]
    changes = [(anchor, change), *((booking, new) for booking, new in planned if new)]
    goes_on = change.start is not None and change.start > anchor.span.start
    done: dict[BookingId, Booked] = {}
    refused: list[Finding] = []
    for booking, new in sorted(changes, key=lambda pair: pair[0].span.start, reverse=goes_on):  # none in another's way
        try:
            done[booking.id] = acts.put_change(session, actor, booking.id, new, clock)
        except Refused as no:
            refused += [_with_day(finding) for finding in no.blocking]
    if refused:
        raise Refused(refused)
    return [done[booking.id] for booking, _ in changes]


@writing.verb
def cancel(session: Session, actor: Actor, booking_id: BookingId, scope: SeriesScope, clock: Clock) -> list[Booked]:
    """Cancel a meeting and those of its series that are meant."""
    writing.begin(session)
    anchor = load.booking(session, booking_id, lock=True)
    others = [booking.id for booking in _meant(session, anchor, scope, clock)]
    return [acts.put_cancel(session, actor, name, clock) for name in (booking_id, *others)]


def _meant(session: Session, anchor: Booking, scope: SeriesScope, clock: Clock) -> Sequence[Booking]:
    """The others that are meant: those that stand and have not begun."""
    if scope is SeriesScope.ONE:
        return []
    if not anchor.series:
        raise Malformed("not_in_a_series", "scope", value=anchor.id)
    since = max(clock.now, anchor.span.start) if scope is SeriesScope.LATER else clock.now
    return [b for b in of(session, anchor) if not b.is_cancelled and b.span.start >= since and b.id != anchor.id]


def _following(anchor: Booking, other: Booking, change: BookingChange, zone: ZoneInfo) -> BookingChange | None:
    """What a change of one makes of another that was like it; an exception keeps what it has of its own."""
    is_like = _clock(anchor, zone) == _clock(other, zone) and anchor.span.length == other.span.length
    follows = replace(change, version=None, title=change.title if anchor.title == other.title else None)
    if not is_like:
        follows = replace(follows, start=None, minutes=None)
    elif change.start is not None:
        follows = replace(follows, start=_shifted(anchor, other, change.start, zone))
    if other.room != anchor.room:
        follows = replace(follows, room=None)
    if other.host != anchor.host:
        follows = replace(follows, host=None)
    named = set(other.people)
    follows = replace(follows, remove_people=tuple(p for p in change.remove_people if p in named))
    return None if follows == BookingChange() else follows


def _clock(booking: Booking, zone: ZoneInfo) -> object:
    return booking.span.start.astimezone(zone).time()


def _shifted(anchor: Booking, other: Booking, start: datetime, zone: ZoneInfo) -> datetime:
    """As many days further as the first one goes, at its new time of the wall clock."""
    new, old = start.astimezone(zone), anchor.span.start.astimezone(zone)
    day = other.day(zone) + timedelta(days=(new.date() - old.date()).days)
    return datetime.combine(day, new.time(), zone)


def _with_day(finding: Finding) -> Finding:
    """A reason that tells its day: beside several meetings it could be any."""
    return replace(finding, details={**finding.details, "day": None}) if "day" in finding.details else finding
