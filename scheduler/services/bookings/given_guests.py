"""The part of an import that concerns guests: who is known again, who is new, and what differs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.guests import Guest
from scheduler.core.ground.ids import BookingId, GuestId
from scheduler.core.organisation.facts import Change, Given, RowError, Subject, changed
from scheduler.store import load, save

_FIELDS = ("name", "unit", "post", "kind", "contact", "person")


def write(session: Session, given: Sequence[Given], clock: Clock) -> tuple[list[Change], list[RowError]]:
    """Write the given guests into their bookings; or say which rows would change what belongs to a closed campaign."""
    by_booking: defaultdict[BookingId, list[Given]] = defaultdict(list)
    for fact in given:
        by_booking[BookingId(str(fact.fields["booking"]))].append(fact)
    changes: list[Change] = []
    errors: list[RowError] = []
    news: list[Booking] = []
    closed = {campaign.id: campaign.name for campaign in load.campaigns(session) if not campaign.is_open}
    for booking in load.bookings(session, ids=list(by_booking)):
        guests, became = _merged(booking, by_booking[booking.id])
        changes += became
        if guests == booking.guests:
            continue
        if booking.campaign in closed:
            sources = (fact.source for fact in by_booking[booking.id])
            details = {"name": closed[booking.campaign]}
            errors += [RowError(source.file, source.row, "booking", "campaign_closed", details) for source in sources]
        news.append(replace(booking, guests=guests))
    if not errors:
        save.bookings(session, news, clock)
    return changes, errors


def _merged(booking: Booking, given: Iterable[Given]) -> tuple[tuple[Guest, ...], list[Change]]:
    """The guests of a booking with what rows say of them; who is in no row stays."""
    by_likeness = {guest.likeness: guest for guest in booking.guests}
    changes = []
    for fact in given:
        said: dict[str, Any] = {name: fact.fields[name] for name in _FIELDS if name in fact.fields}
        guest = Guest(GuestId(""), **said)
        old = by_likeness.get(guest.likeness)
        before = {name: getattr(old, name) for name in _FIELDS} | {"booking": booking.id} if old else None
        changes.append(changed(Subject.GUEST, fact.key, before, fact.fields))
        by_likeness[guest.likeness] = replace(old, **said) if old else guest
    return tuple(by_likeness.values()), changes
