"""Which standing bookings absences hit: somebody who is expected cannot be had then."""

from collections.abc import Iterable, Iterator

from scheduler.core.ground.bookings import Absence, Booking
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId
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
        if booking.is_cancelled:
            continue
        taken = time.taken(booking.span)
        days = [day for day, _, _ in local_days(booking.span, time.zone)]
        for person in booking.people:
            meets = any(absence.first <= day <= absence.last for absence in entered_of.get(person, ()) for day in days)
            hindrance = away.hindering(known_of.get(person, ()), taken, time.zone) if meets else None
            if hindrance:
                details = {"name": roster.name(person), "absence": hindrance, "zone": time.zone, "booking": booking}
                yield Finding(ABSENCE_HITS, booking.id, details)


def _by_person(absences: Iterable[Absence]) -> dict[PersonId, list[Absence]]:
    by_person: dict[PersonId, list[Absence]] = {}
    for absence in absences:
        by_person.setdefault(absence.person, []).append(absence)
    return by_person
