"""Guests of a booking: read from words, listed with how they were there, their attendance recorded."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from scheduler.core.bookings import rights as booking_rights
from scheduler.core.ground import audiences, guests
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Booking, Part
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.guests import Guest
from scheduler.core.ground.ids import BookingId, GuestId, PersonId
from scheduler.core.ground.people import ExternalContact
from scheduler.core.sessions.study import Attended
from scheduler.services.ground import journal
from scheduler.store import load, writing
from scheduler.store.bookings import arrivals, guest_attendance

GUEST_STATUSES = (Attended.ATTENDED, Attended.LATE, Attended.LEFT_EARLY, Attended.ON_LEAVE, Attended.ABSENT)
"""How a guest can have been there: they observe nothing and make nothing up."""
_BRACKETED = re.compile(r"(.+?)\s*[(（]([^()（）]*)[)）]")


@dataclass(frozen=True, slots=True)
class GuestLine:
    """A guest, and how they were there if that was recorded and the viewer may know it."""

    guest: Guest
    status: Attended | None = None


@dataclass(frozen=True, slots=True)
class GuestList:
    """The guests of a booking, and how many sit in the room."""

    booking: BookingId
    lines: tuple[GuestLine, ...]
    expected: int
    """Those who are neither guests nor observers."""
    outside: int
    """Guests, and contacts of whom nobody is named yet, whom the roster does not know."""
    in_room: int
    """Everybody who takes a seat."""


def listing(session: Session, actor: Actor, booking_id: BookingId, clock: Clock) -> GuestList:
    """The guests of a booking. Raises NotFound for what the viewer may not know of."""
    booking = load.booking(session, booking_id)
    booking_rights.require_see(actor, booking)
    people, contacts = set(booking.people), load.contacts(session)
    persons = guests.persons(booking.guests)
    seats = audiences.outside_count(booking.audience, contacts, booking.guests, people)
    expected = {p.person for p in booking.participants if p.part is Part.ATTENDEE} - persons
    outside = seats - len(persons - people)
    lines = lines_of(session, booking, clock, may_see_status=booking_rights.may_see_attendance(actor, booking))
    return GuestList(booking_id, lines, len(expected), outside, len(people) + seats)


def lines_of(session: Session, booking: Booking, clock: Clock, *, may_see_status: bool) -> tuple[GuestLine, ...]:
    """The guests of a booking that the caller has shown to whoever may see it."""
    status = _statuses(session, booking, has_begun=booking.span.start <= clock.now) if may_see_status else {}
    return tuple(GuestLine(guest, status.get(guest.id)) for guest in booking.guests)


def _statuses(session: Session, booking: Booking, *, has_begun: bool) -> dict[GuestId, Attended]:
    """How guests were there; of those of the roster that is recorded among the others."""
    if not booking.guests:
        return {}
    kept = (load.attendance if has_begun else load.recorded_attendance)(session, booking.id)
    people = {entry.person: entry.status for entry in kept}
    ours = {guest.id: people[guest.person] for guest in booking.guests if guest.person in people}
    signed_in = arrivals.of_guests(session, booking.id, booking.span) if has_begun else {}
    return {**signed_in, **guest_attendance.of(session, booking.id), **ours}


def read(session: Session, actor: Actor, words: Iterable[str], clock: Clock) -> tuple[Guest, ...]:
    """The guests that words name, each once: a contact or a category of contacts, somebody of the roster by id, or a name.

    A name may be followed by where somebody is from: `李志明（青石街道总工会 主席）`, `李志明/青石街道总工会/主席`.
    """
    booking_rights.require_invite(actor)
    contacts = {contact.id: contact for contact in load.contacts(session)}
    roster = load.roster(session, load.as_of(session, None, clock).day)
    named: list[Guest] = []
    for word in filter(None, (text.strip() for text in words)):
        kind = word.removeprefix(audiences.EXTERNAL)
        if of_kind := [contact for contact in contacts.values() if contact.kind == kind]:
            named += map(_of_contact, of_kind)
        elif word.startswith(audiences.EXTERNAL):
            raise Malformed("unknown", "guests", value=word)
        elif word in contacts:
            named.append(_of_contact(contacts[word]))
        elif person := roster.people.get(PersonId(word)):
            unit = roster.units.get(person.unit) if person.unit else None
            post = person.position.replace(",", "、").split("、")[-1]
            named.append(Guest(GuestId(""), person.name, unit.name if unit else "", post, person=person.id))
        else:
            named.append(_by_name(word))
    return guests.joined((), named)


def _of_contact(contact: ExternalContact) -> Guest:
    """A contact, called as the contact is until somebody says who comes."""
    return Guest(GuestId(""), contact.name, kind=contact.kind, contact=contact.id)


def _by_name(word: str) -> Guest:
    """Somebody by name, with unit and post in brackets or between strokes."""
    bracketed = _BRACKETED.fullmatch(word)
    parts = [bracketed[1], *bracketed[2].split(maxsplit=1)] if bracketed else re.split(r"[/\t]", word, maxsplit=2)
    name, unit, post = (*map(str.strip, parts), "", "")[:3]
    return Guest(GuestId(""), name, unit, post)


def named(session: Session, actor: Actor, booking_id: BookingId, text: str) -> Guest:
    """The guest of a booking that a text names: by id, contact, person or name. Raises NotFound, Malformed if several are meant."""
    booking = load.booking(session, booking_id)
    booking_rights.require_see(actor, booking)
    guest = _meant(booking, text)
    if guest is None:
        raise NotFound("guest", text)
    return guest


def named_if_any(session: Session, actor: Actor, booking_id: BookingId, text: str) -> Guest | None:
    """The same; None if no guest is meant. Raises Malformed too if somebody who is no guest is called the same."""
    booking = load.booking(session, booking_id)
    booking_rights.require_see(actor, booking)
    guest = _meant(booking, text)
    if guest and guest.name == text:
        roster = load.roster(session, booking.day(load.organisation(session).zone))
        if others := [p for p in booking.people if roster.name(p) == text and p != guest.person]:
            raise Malformed("several_guests", "person", value=text, ids="、".join([guest.id, *others]))
    return guest


def _meant(booking: Booking, text: str) -> Guest | None:
    """The guest that a text names. Raises Malformed if it names several."""
    matches = guests.meant(booking.guests, text)
    if len(matches) > 1:
        raise Malformed("several_guests", "guests", value=text, ids="、".join(guest.id for guest in matches))
    return matches[0] if matches else None


@writing.verb
def attend(
    session: Session, actor: Actor, booking_id: BookingId, statuses: Mapping[GuestId, Attended], clock: Clock
) -> None:
    """Record how guests from outside were at a booking, all of it or nothing.

    Raises NotFound, NotAllowed; Malformed for a cancelled booking, or a status that guests cannot have; Refused before it begins.
    """
    writing.begin(session)
    booking = load.booking(session, booking_id)
    booking_rights.require_see(actor, booking)
    if not booking_rights.may_record_attendance(actor, booking):
        raise NotAllowed(Action.EDIT_ATTENDANCE)
    if booking.is_cancelled:
        raise Malformed("already_cancelled", "id", value=booking_id)
    if booking.span.start > clock.now:
        raise Refused((Finding("not_yet_begun", booking_id),))
    outside = {guest.id for guest in booking.guests if guest.is_from_outside}
    for guest, status in statuses.items():
        if guest not in outside:
            raise NotFound("guest", guest)
        if status not in GUEST_STATUSES:
            raise Malformed("not_of_guests", "status", value=status.value)
    guest_attendance.record(session, booking_id, statuses)
    for guest, status in statuses.items():
        journal.note(session, actor, "attended", "booking", booking_id, clock, guest=guest, status=status.value)
