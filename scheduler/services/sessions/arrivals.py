"""Signing in at a booking by a code on a screen: by oneself, or by a name that an organizer accepts."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from scheduler.core.bookings import rights as booking_rights
from scheduler.core.ground import access, guests
from scheduler.core.ground.access import NOBODY, Action, Actor
from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId
from scheduler.core.ground.people import Room
from scheduler.core.ground.spans import Span
from scheduler.core.sessions import arrivals
from scheduler.core.sessions.arrivals import Arrival, Arriver, Freshness, Scan
from scheduler.services.ground import journal
from scheduler.store import load, writing
from scheduler.store.bookings import arrivals as store

MAX_NAME = 40
"""Characters of a name that somebody types."""


@dataclass(frozen=True, slots=True)
class SignInScreen:
    """What the screen of a booking shows, and what waits to be compared."""

    booking: Booking
    is_open: bool
    code: str
    """The code of this moment; empty while nobody can sign in."""
    seats: Mapping[Arriver, str]
    """Who is expected, observers and guests among them, by name."""
    arrivals: tuple[Arrival, ...]
    """The latest first."""

    @property
    def accepted(self) -> tuple[Arrival, ...]:
        """Those that count."""
        return tuple(arrival for arrival in self.arrivals if arrival.is_accepted)

    @property
    def waiting(self) -> tuple[Arrival, ...]:
        """Those whose number an organizer still has to compare."""
        return tuple(arrival for arrival in self.arrivals if not arrival.is_accepted)


def screen(session: Session, actor: Actor, booking_id: BookingId, key: str, clock: Clock) -> SignInScreen:
    """What the screen of a booking shows, for whoever may record its attendance. Raises NotFound, NotAllowed."""
    booking = _recorded(session, actor, booking_id)
    is_open = not booking.is_cancelled and arrivals.is_open(booking.span, clock.now)
    shown = arrivals.code(key, booking_id, clock.real) if is_open else ""
    return SignInScreen(booking, is_open, shown, _seats(session, booking), tuple(store.of(session, booking_id)))


@dataclass(frozen=True, slots=True)
class SignInPlace:
    """What whoever scanned a code may know: what it is, where, and, to compare a name with, who is expected."""

    booking: Booking
    room: Room | None
    seats: Mapping[Arriver, str]
    units: Mapping[Arriver, str]
    """Where they are from, to tell namesakes apart."""


def scan(session: Session, booking_id: BookingId, code: str, key: str, clock: Clock) -> Scan:
    """What scanning a code opens. Raises NotFound for a code that never was; Refused for one of earlier, or when nobody can sign in."""
    match arrivals.freshness(code, key, booking_id, clock.real):
        case Freshness.UNKNOWN:
            raise NotFound("sign_in_code", "")
        case Freshness.EXPIRED:
            raise Refused((Finding("code_expired", booking_id),))
        case Freshness.GOOD:
            _require_open(session, load.booking(session, booking_id), clock)
            return Scan(booking_id, clock.now)


def place(session: Session, booking_id: BookingId, clock: Clock) -> SignInPlace:
    """Where somebody is who scanned a code. Raises NotFound."""
    del clock  # every verb is given one
    booking = load.booking(session, booking_id)
    room = load.rooms(session).get(booking.room) if booking.room else None
    roster = load.roster(session, booking.day(load.organisation(session).zone))
    units = {Arriver(guest=guest.id): guest.unit for guest in booking.guests if guest.is_from_outside}
    seats = _seats(session, booking)
    for person, seat in ((seat.person, seat) for seat in seats if seat.person):
        unit = roster.people[person].unit if person in roster.people else None
        units[seat] = roster.units[unit].name if unit and unit in roster.units else ""
    return SignInPlace(booking, room, seats, units)


def require_recent(scan: Scan, clock: Clock) -> None:
    """Raise Refused when a scan was too long ago to say still who one is."""
    if not scan.at <= clock.now < scan.at + arrivals.LASTS:
        raise Refused((Finding("code_expired", scan.booking),))


def called(seats: Mapping[Arriver, str], name: str) -> list[Arriver]:
    """Those who are expected by a name, however it is spaced."""
    typed = "".join(name.split()).casefold()
    return [seat for seat, called in seats.items() if "".join(called.split()).casefold() == typed]


def arrival(session: Session, booking_id: BookingId, seat: Arriver, clock: Clock) -> Arrival | None:
    """How somebody's sign-in stands; None: it was not accepted."""
    del clock  # every verb is given one
    return store.at(session, booking_id, seat)


def _at_the_door(session: Session, scan: Scan, clock: Clock) -> tuple[Booking, Mapping[Arriver, str]]:
    """The booking of a scan that is recent enough, and who is expected there; what follows is written."""
    writing.begin(session)
    require_recent(scan, clock)
    booking = load.booking(session, scan.booking)
    return booking, _seats(session, booking)


@writing.verb
def sign_in(session: Session, actor: Actor, scan: Scan, clock: Clock) -> Arrival:
    """Sign in oneself, known by account or page; whoever did so before stays as they are.

    Raises NotFound, Malformed for somebody who is not expected, Refused when the scan was too long ago.
    """
    booking, seats = _at_the_door(session, scan, clock)
    seat = Arriver(person=actor.person) if actor.person else None
    if seat is None or seat not in seats:
        raise Malformed("not_in_session", "name", value=actor.person or "")
    before = store.at(session, scan.booking, seat)
    if before and before.is_accepted:
        return before
    made = Arrival(scan.booking, seat, before.at if before else scan.at)
    store.keep(session, made, clock.real)
    _note(session, actor, "arrived", booking, seat, clock)
    return made


@writing.verb
def announce(session: Session, scan: Scan, seat: Arriver, clock: Clock) -> Arrival:
    """Sign in by a name: it counts, from the moment of the scan, once an organizer has compared the number.

    Raises NotFound, Malformed for somebody who is not expected, Refused when the scan was too long ago.
    """
    booking, seats = _at_the_door(session, scan, clock)
    if seat not in seats:
        raise Malformed("not_in_session", "name", value=seat.person or seat.guest or "")
    before = store.at(session, scan.booking, seat)
    if before and before.is_accepted:
        return before
    shown = {other.number for other in store.of(session, scan.booking) if not other.is_accepted}
    number = arrivals.free_number(secrets.randbelow(arrivals.NUMBERS), shown)
    made = Arrival(scan.booking, seat, before.at if before else scan.at, number, is_accepted=False)
    store.keep(session, made, None)
    _note(session, NOBODY, "announced", booking, seat, clock)
    return made


@writing.verb
def check(
    session: Session, actor: Actor, booking_id: BookingId, seat: Arriver, number: str, clock: Clock, *, accepts: bool
) -> None:
    """Accept a sign-in whose number was compared, or turn it down. Raises NotFound, also for a number that is no longer shown, and NotAllowed."""
    writing.begin(session)
    booking = _recorded(session, actor, booking_id)
    waiting = store.at(session, booking_id, seat)
    if waiting is None or waiting.is_accepted or waiting.number != number:
        raise NotFound("arrival", "")
    if accepts:
        store.keep(session, waiting, clock.real)
    else:
        store.drop(session, booking_id, seat)
    _note(session, actor, "arrival_accepted" if accepts else "arrival_refused", booking, seat, clock)


def _recorded(session: Session, actor: Actor, booking_id: BookingId) -> Booking:
    """A booking at which one signs in, and whose attendance the actor may record."""
    access.require(actor, Action.EDIT_ATTENDANCE)
    booking = load.booking(session, booking_id)
    booking_rights.require_see(actor, booking)
    if not booking_rights.may_record_attendance(actor, booking):
        raise NotAllowed(Action.EDIT_ATTENDANCE)
    if not arrivals.has_sign_in(booking.kind):
        raise NotFound("sign_in_code", booking_id)
    return booking


def _require_open(session: Session, booking: Booking, clock: Clock) -> None:
    """Raise Refused unless one may sign in at a booking now."""
    if booking.is_cancelled or not arrivals.has_sign_in(booking.kind):
        raise NotFound("sign_in_code", "")
    if not arrivals.is_open(booking.span, clock.now):
        span, zone = Span(booking.span.start - arrivals.OPENS, booking.span.end), load.organisation(session).zone
        raise Refused((Finding("sign_in_closed", booking.id, {"span": span, "zone": zone}),))


def _seats(session: Session, booking: Booking) -> dict[Arriver, str]:
    """Everybody who is expected, observes or is a guest, by name; those of the roster in order of rank."""
    roster = load.roster(session, booking.day(load.organisation(session).zone))
    people = roster.in_rank_order({*booking.people, *guests.persons(booking.guests)})
    outside = {Arriver(guest=guest.id): guest.name for guest in booking.guests if guest.is_from_outside}
    return {Arriver(person=person): roster.name(person) for person in people} | outside


def _note(session: Session, actor: Actor, action: str, booking: Booking, seat: Arriver, clock: Clock) -> None:
    whom = {"person": seat.person} if seat.person else {"guest": seat.guest}
    journal.note(session, actor, action, "booking", booking.id, clock, **whom)
