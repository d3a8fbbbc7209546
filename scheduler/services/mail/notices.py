"""Notices of bookings, for a chat or a text message: of one booking with its latest change, of somebody's days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.access import Actor
from scheduler.core.ground.bookings import OFF_SITE, Booking, Kind, State
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.core.ground.spans import Span
from scheduler.core.mail.news import NewsKind
from scheduler.core.mail.notices import Notice
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import Query
from scheduler.services.ground import journal
from scheduler.store import load


def of_booking(session: Session, actor: Actor, booking_id: BookingId, clock: Clock) -> Notice:
    """A booking that the viewer may know, with where it was before its latest move. Raises NotFound."""
    seen = bookings.seen_booking(session, actor, booking_id, clock)
    return _with_before(session, _notice(session, seen), booking_id)


def of_days(session: Session, actor: Actor, person: PersonId, days: tuple[date, date], clock: Clock) -> list[Notice]:
    """What stands on somebody's calendar on some days, as far as the viewer may know it; of a talk, with whom."""
    first, last = days
    seen = bookings.listing(session, actor, Query(person=person, first=first, last=last), clock)
    standing = [booking for booking in seen if booking.state != State.CANCELLED and not booking.is_busy]
    return [replace(_notice(session, booking, person), link="", remark="") for booking in standing]


def _notice(session: Session, seen: SeenBooking, reader: PersonId | None = None) -> Notice:
    zone = load.organisation(session).zone
    roster = load.roster(session, seen.span.start.astimezone(zone).date())
    is_talk = seen.kind == Kind.TALK
    names = [roster.name(person) for person in seen.people if person != reader]
    guests = [guest.name for guest in seen.guests if guest.person not in seen.people]
    return Notice(
        kind=NewsKind.REMOVED if seen.state == State.CANCELLED else NewsKind.ADDED,
        what=seen.kind,
        title="" if is_talk else seen.title,
        span=seen.span,
        zone=zone,
        place=place_name(session, seen.room),
        host=roster.name(seen.host) if seen.host else "",
        link=seen.link,
        remark=seen.remark,
        others=(*names, *guests) if is_talk else (),
    )


def of_row(session: Session, booking: Booking, before: Span | None, before_room: RoomId | None) -> Notice:
    """A booking that everybody who reads a chat is in, and where it was when they were last told; None: they never were."""
    zone = load.organisation(session).zone
    roster = load.roster(session, booking.day(zone))
    kind = NewsKind.REMOVED if booking.is_cancelled else NewsKind.CHANGED if before else NewsKind.ADDED
    return Notice(
        kind, booking.kind, booking.title, booking.span, zone, place_name(session, booking.room),
        roster.name(booking.host) if booking.host else "", booking.link, booking.remark,
        before=before, before_place=place_name(session, before_room),
    )  # fmt: skip


def place_name(session: Session, room: RoomId | str | None) -> str:
    """What a place is called, in the organisation's own words; off site says nothing."""
    if not room or room == OFF_SITE:
        return ""
    rooms = load.rooms(session)
    return rooms[RoomId(room)].name if room in rooms else str(room)


def _with_before(session: Session, notice: Notice, booking_id: BookingId) -> Notice:
    """The notice as one of a change, if the booking was moved to where it is now and that was the last that befell it."""
    entry = journal.last_of(session, "booking", booking_id, ("moved", "changed", "cancelled", "restored"))
    if entry is None or entry.action not in ("moved", "changed") or notice.kind is not NewsKind.ADDED:
        return notice
    spans, rooms = entry.details.get("span"), entry.details.get("room")
    before = _span(spans) if isinstance(spans, list) else None
    if before is None and not isinstance(rooms, list):
        return notice
    stood = place_name(session, rooms[0]) if isinstance(rooms, list) else notice.place
    return replace(notice, kind=NewsKind.CHANGED, before=before or notice.span, before_place=stood)


def _span(spans: Sequence[str]) -> Span:
    """The first of the spans of an entry of the journal."""
    start, _to, end = spans[0].partition("/")
    return Span(datetime.fromisoformat(start), datetime.fromisoformat(end))
