"""What a supervisor would ask about in a ledger: talks that are said to have been held and are odd. A list, and no verdict."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from scheduler.core.ground.bookings import OFF_SITE, Absence, Booking
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.core.ground.people import Room, Roster
from scheduler.core.ground.spans import local_days
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.organisation import absences as away

MANY_A_DAY = 5
"""So many talks of one person in a day are told of."""
LATE_DAYS = 14
"""A talk that was entered more days after it than this is told of."""

Oddities = Mapping[BookingId, Sequence[Finding]]
_Resource = tuple[Literal["person", "room"], str]
"""A person or a room, whose ids may be alike."""
_Taking = dict[tuple[_Resource, date], list[Booking]]


@dataclass(frozen=True, slots=True)
class PlausibilityFacts:
    """What talks that were held are compared with."""

    talks: tuple[Booking, ...]
    """Those that are said to have been held."""
    bookings: tuple[Booking, ...]
    """Whatever else stands on their days, themselves included."""
    absences: tuple[Absence, ...]
    roster: Roster
    rooms: Mapping[RoomId, Room]
    working_time: WorkingTime


def oddities(facts: PlausibilityFacts) -> Oddities:
    """What is odd about each talk, in the order of the talks; those about which nothing is are left out.

    Five or more talks of somebody in a day; somebody, or the room, was elsewhere taken at that time; somebody was away; the talk was
    entered more than two weeks after it. O(bookings × their people and days); a talk is held against what its people and its room had
    on its days.
    """
    zone = facts.working_time.zone
    taking = _taking(facts)
    in_a_day: dict[tuple[PersonId, date], int] = defaultdict(int)
    for talk in facts.talks:
        for person in talk.people:
            in_a_day[person, talk.day(zone)] += 1
    absences: dict[PersonId, list[Absence]] = defaultdict(list)
    for absence in facts.absences:
        absences[absence.person].append(absence)
    by_talk = {}
    for talk in facts.talks:
        day = talk.day(zone)
        odd = [
            *_many({person: in_a_day[person, day] for person in talk.people}, facts),
            *_taken(talk, taking, facts),
            *_away(talk, absences, facts),
            *_late(talk, day, facts),
        ]
        if odd:
            by_talk[talk.id] = odd
    return by_talk


def _many(counts: Mapping[PersonId, int], facts: PlausibilityFacts) -> Iterator[Finding]:
    """Who had many talks that day."""
    for person, count in counts.items():
        if count >= MANY_A_DAY:
            yield Finding("many_in_a_day", person, {"name": facts.roster.name(person), "count": count})


def _taking(facts: PlausibilityFacts) -> _Taking:
    """What takes each person and each room on each day, what lasts several days on each of them."""
    taking: _Taking = defaultdict(list)
    for booking in facts.bookings:
        if booking.is_cancelled:
            continue
        for day, _, _ in local_days(booking.span, facts.working_time.zone):
            for resource in _resources(booking):
                taking[resource, day].append(booking)
    return taking


def _resources(booking: Booking) -> Iterator[_Resource]:
    """Its people, and its room; off site is no one place."""
    yield from (("person", person) for person in booking.people)
    if booking.room and booking.room != OFF_SITE:
        yield "room", booking.room


def _taken(talk: Booking, taking: _Taking, facts: PlausibilityFacts) -> Iterator[Finding]:
    """Who, or which room, another booking took at the same time."""
    days = [day for day, _, _ in local_days(talk.span, facts.working_time.zone)]
    for resource in _resources(talk):
        others = {other.id: other for day in days for other in taking.get((resource, day), ()) if other.id != talk.id}
        for other in others.values():
            if facts.working_time.shared(other.span, talk.span):
                yield Finding("was_taken", resource[1], {"name": _name(resource, facts), "other": other.id})


def _name(resource: _Resource, facts: PlausibilityFacts) -> object:
    """How a person or a room is called."""
    kind, name = resource
    return facts.rooms.get(RoomId(name), name) if kind == "room" else facts.roster.name(PersonId(name))


def _away(talk: Booking, absences: Mapping[PersonId, Sequence[Absence]], facts: PlausibilityFacts) -> Iterator[Finding]:
    """Who was away at that time; never why."""
    times = facts.working_time.taken(talk.span)
    for person in talk.people:
        if away.hindering(absences.get(person, ()), times, facts.working_time.zone):
            yield Finding("was_away", person, {"name": facts.roster.name(person)})


def _late(talk: Booking, day: date, facts: PlausibilityFacts) -> Iterator[Finding]:
    """Whether it was entered long after it; of imported talks nobody knows when."""
    if talk.recorded_at is None:
        return
    days = (talk.recorded_at.astimezone(facts.working_time.zone).date() - day).days
    if days > LATE_DAYS:
        yield Finding("entered_late", talk.id, {"days": days})
