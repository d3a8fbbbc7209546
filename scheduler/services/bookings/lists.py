"""Bookings as far as a viewer may see them."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from scheduler.core.bookings import rights as booking_rights
from scheduler.core.feeds import visibility
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import OFF_SITE, AsOf, Booking
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import BookingId
from scheduler.core.ground.spans import Span, midnight, next_midnight
from scheduler.services.bookings import absence_hits
from scheduler.services.ground.booking_changes import Query
from scheduler.store import load

BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
END = datetime(9999, 12, 30, tzinfo=UTC)


def listing(session: Session, actor: Actor, query: Query, clock: Clock) -> list[SeenBooking]:
    """The bookings asked for, by start; of those a viewer may not know, only that a room is taken (占用).

    Whoever asks for a person, a kind or a campaign is told only what they may know: a busy time would tell whose it is.
    """
    access.require(actor, Action.SEE_ORGANISATION)
    as_of = load.as_of(session, None, clock)
    bookings = load.bookings(
        session,
        people=None if query.person is None else [query.person],
        room=query.room,
        kinds=None if query.kind is None else [query.kind],
        span=_span(query, as_of),
    )
    if query.campaign is not None:
        bookings = [booking for booking in bookings if booking.campaign == query.campaign]
    names_something = any(named is not None for named in (query.person, query.kind, query.campaign))
    seen = [
        visibility.see(booking, actor, as_of)
        for booking in bookings
        if access.may_see_booking(actor, booking) or (not names_something and _takes_a_room(booking))
    ]
    return absence_hits.marked(session, actor, seen, bookings, clock)


def seen_booking(session: Session, actor: Actor, booking_id: BookingId, clock: Clock) -> SeenBooking:
    """One booking; raises NotFound if there is none, or the viewer may not know of it."""
    booking = load.booking(session, booking_id)
    booking_rights.require_see(actor, booking)
    seen = visibility.see(booking, actor, load.as_of(session, None, clock))
    return absence_hits.marked(session, actor, [seen], [booking], clock)[0]


def seen_among(
    session: Session, actor: Actor, ids: Collection[BookingId], clock: Clock
) -> dict[BookingId, SeenBooking]:
    """Those of some bookings that the viewer may know of, by id."""
    as_of = load.as_of(session, None, clock)
    bookings = load.bookings(session, ids=list(ids)) if ids else []
    return {b.id: visibility.see(b, actor, as_of) for b in bookings if access.may_see_booking(actor, b)}


def _takes_a_room(booking: Booking) -> bool:
    """Whether somebody who looks for a room has to know that it is taken."""
    return booking.room is not None and booking.room != OFF_SITE and not booking.is_cancelled


def _span(query: Query, as_of: AsOf) -> Span | None:
    """From the beginning of the first day to the end of the last; None: at any time."""
    if query.first is None and query.last is None:
        return None
    start = midnight(query.first, as_of.zone) if query.first else BEGINNING
    end = next_midnight(query.last, as_of.zone) if query.last else END
    return Span(start, max(start, end)) if start < end else Span(start, start.replace(microsecond=1))
