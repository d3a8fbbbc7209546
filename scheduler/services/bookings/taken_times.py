"""When a booking cannot be: what a calendar shades while it is dragged. For those who may book it, and without telling why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy.orm import Session

from scheduler.core.bookings import rights as booking_rights
from scheduler.core.bookings import taken_times
from scheduler.core.ground import audiences
from scheduler.core.ground.access import Actor
from scheduler.core.ground.bookings import Kind, Participant
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.core.ground.intervals import clipped, merged
from scheduler.core.ground.spans import Span, midnight, next_midnight
from scheduler.services.bookings import asking, drafts, free_times
from scheduler.services.bookings.free_times import TimeQuery
from scheduler.store import load

MAX_STRETCH = timedelta(days=62)
"""More than a month with the weeks around it no page shows."""


@dataclass(frozen=True, slots=True)
class TakenTimes:
    """When people and rooms are taken; of the people together, of rooms each for itself."""

    people: tuple[Span, ...]
    rooms: tuple[tuple[RoomId, tuple[Span, ...]], ...] = ()
    """The room it is in; for a new talk those that would do, the one liked most first."""


def for_booking(
    session: Session, actor: Actor, booking_id: BookingId, first: date, last: date, clock: Clock
) -> TakenTimes:
    """When a booking that stands cannot be moved to; only for those who may move it."""
    query = free_times.instead(session, actor, booking_id)
    room = load.booking(session, booking_id).room
    asking.note(session, actor, query.people, query.audience, clock)
    return _taken(session, actor, replace(query, room=room, needs_room=bool(room)), first, last)


def for_talk(
    session: Session, actor: Actor, people: Sequence[PersonId], first: date, last: date, clock: Clock
) -> TakenTimes:
    """When these people cannot talk; only for those who may book it, and of one's own only one that a rule asks for."""
    booking_rights.require_arrange(actor, Kind.TALK, people, ())
    query = TimeQuery(Kind.TALK, 1, tuple(people))
    draft = free_times.draft_of(query, Span(clock.now, clock.now + timedelta(minutes=1)))
    asking.require_asked(session, actor, draft, (first, last), clock)
    asking.note(session, actor, people, (), clock)
    return _taken(session, actor, query, first, last)


def _taken(session: Session, actor: Actor, query: TimeQuery, first: date, last: date) -> TakenTimes:
    """What is known of these days. Raises Malformed for too many of them, or none."""
    if not timedelta(0) <= last - first <= MAX_STRETCH:
        raise Malformed("out_of_range", "to", value=(last - first).days, first=0, last=MAX_STRETCH.days)
    zone = load.working_time(session).zone
    stretch = Span(midnight(first, zone), next_midnight(last, zone))
    draft = free_times.draft_of(query, Span(midnight(first, zone), next_midnight(first, zone)))
    about = drafts.facts(session, draft)
    participants = audiences.participants(draft.people, draft.audience, about.roster)
    rooms = [offer.room.id for offer in free_times.rooms_of(query, about, len(participants))]
    people = load.resources_of((p.person for p in participants), None)
    spans = load.taken_spans(session, [*people, *(f"r:{room}" for room in rooms)], stretch, besides=query.replaces)
    busy = [span for name in people for span in spans[name]]
    busy += _away(session, participants, first, last, stretch)
    return TakenTimes(
        _visible(taken_times.told(busy, zone, exactly=actor.sees_all), stretch),
        tuple((RoomId(room), _visible(spans[f"r:{room}"], stretch)) for room in rooms),
    )


def _visible(spans: Iterable[Span], stretch: Span) -> tuple[Span, ...]:
    """What is told of the times that are taken."""
    return merged(clipped(spans, stretch))


def _away(
    session: Session, participants: Sequence[Participant], first: date, last: date, stretch: Span
) -> Iterator[Span]:
    """When those named one by one cannot be had; those who come in through an audience are only missed."""
    zone = load.working_time(session).zone
    named = [p.person for p in participants if p.is_named]
    absences = sorted(load.away(session, named, first, last, zone), key=lambda absence: absence.person)
    for _person, theirs in groupby(absences, key=lambda absence: absence.person):
        yield from taken_times.away(theirs, stretch, zone)
