"""Which standing bookings absences hit: somebody who is expected cannot be had then."""

from collections.abc import Iterable, Iterator

from scheduler.core.ground.bookings import Absence, Booking
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.people import Roster
from scheduler.core.ground.spans import local_days
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.organisation import absences as away

ABSENCE_HITS = "absence_hits"


def hits(
    entered: Iterable[Absence],
    absences: Iterable[Absence],
    bookings: Iterable[Booking],
    roster: Roster,
    time: WorkingTime,
) -> Iterator[Finding]:
    """For each booking that was not cancelled and each of its people whom one of the absences entered keeps away: `absence_hits`.

    `absences` are all that are known of these people: who may be had at certain hours is kept away only outside all of them.
    """
    entered_of, known_of = _by_person(entered), _by_person(absences)
    for booking in bookings:
        days = [day for day, _, _ in local_days(booking.span, time.zone)]
        for person, hindrance in _kept_away(booking, known_of, time):
            if any(absence.first <= day <= absence.last for absence in entered_of.get(person, ()) for day in days):
                details = {"name": roster.name(person), "absence": hindrance, "zone": time.zone, "booking": booking}
                yield Finding(ABSENCE_HITS, booking.id, details)


def absent(
    absences: Iterable[Absence], bookings: Iterable[Booking], time: WorkingTime
) -> dict[BookingId, tuple[PersonId, ...]]:
    """By booking that was not cancelled, who was named one by one and is kept away; bookings without anybody are left out.

    That some of an audience are away is nothing that a booking has to be moved for.
    """
    known_of = _by_person(absences)
    away_by_booking: dict[BookingId, tuple[PersonId, ...]] = {}
    for booking in bookings:
        named = {p.person for p in booking.participants if p.is_named}
        kept_away = (person for person, _ in _kept_away(booking, known_of, time) if person in named)
        away_by_booking[booking.id] = tuple(kept_away)
    return {booking: people for booking, people in away_by_booking.items() if people}


def _kept_away(
    booking: Booking, known_of: dict[PersonId, list[Absence]], time: WorkingTime
) -> Iterator[tuple[PersonId, Absence]]:
    """Who of a booking cannot be had then, and for which absence."""
    if booking.is_cancelled:
        return
    taken = time.taken(booking.span)
    for person in booking.people:
        hindrance = away.hindering(known_of[person], taken, time.zone) if person in known_of else None
        if hindrance:
            yield person, hindrance


def _by_person(absences: Iterable[Absence]) -> dict[PersonId, list[Absence]]:
    by_person: dict[PersonId, list[Absence]] = {}
    for absence in absences:
        by_person.setdefault(absence.person, []).append(absence)
    return by_person
