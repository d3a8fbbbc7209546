"""The facts that a series is decided from: who is invited, when they and the rooms are taken, who is away."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler.core.bookings.snapshot import Snapshot
from scheduler.core.ground import audiences
from scheduler.core.ground.bookings import OFF_SITE, Absence, Draft
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.core.ground.people import Room
from scheduler.core.ground.spans import Span, lasting, midnight, next_midnight
from scheduler.core.sessions.series import Invited, SeriesRequest, SeriesRoom
from scheduler.services.bookings import drafts as booking_drafts
from scheduler.services.sessions.series_orders import NO_ROOM, SeriesOrder
from scheduler.store import load

FURTHER = timedelta(days=92)
"""So far beyond the last day a later one is looked for."""


def around(session: Session, order: SeriesOrder) -> Snapshot:
    """What is true on the first day; raises Malformed for people, groups and rooms that are not known."""
    return booking_drafts.facts(session, first_draft(order, load.working_time(session).zone))


def first_draft(order: SeriesOrder, zone: ZoneInfo) -> Draft:
    """What is ordered, as one booking at the beginning of its first day."""
    opens = midnight(order.first, zone)
    span = lasting(opens, order.minutes)
    return Draft(order.kind, span, order.people, order.audience, order.room or None)


def invited(order: SeriesOrder, snapshot: Snapshot) -> tuple[PersonId, ...]:
    """Everybody the series is for. Raises Malformed if somebody must come who is not."""
    people = tuple(p.person for p in audiences.participants(order.people, order.audience, snapshot.roster))
    for person in order.must_come:
        if person not in people:
            raise Malformed("not_invited", "must_come", value=snapshot.roster.name(person))
    return people


def request(session: Session, order: SeriesOrder, snapshot: Snapshot, count: int, clock: Clock) -> SeriesRequest:
    """The request that core decides."""
    people = invited(order, snapshot)
    until = min(order.last + FURTHER, order.reach_by or order.last + FURTHER)
    zone = snapshot.working_time.zone
    span = Span(midnight(order.first, zone), next_midnight(until, zone))
    rooms = _rooms(order, snapshot, len(people))
    taken = load.taken_spans(session, [*(f"p:{p}" for p in people), *(f"r:{r}" for r in rooms or ())], span)
    away: dict[PersonId, list[Absence]] = {}
    for absence in load.away(session, people, order.first, until, zone):
        away.setdefault(absence.person, []).append(absence)
    must_come = {*order.people, *order.must_come}
    return SeriesRequest(
        count,
        order.minutes,
        order.first,
        order.last,
        tuple(Invited(p, p in must_come, tuple(taken[f"p:{p}"]), tuple(away.get(p, ()))) for p in people),
        None if rooms is None else tuple(SeriesRoom(room, tuple(taken[f"r:{room}"])) for room in rooms),
        order.apart,
        order.per_week,
        order.half_days,
        order.spread,
        existing=_standing(session, order, people, until, zone),
        not_before=clock.now,
        known_until=until,
    )


def _standing(
    session: Session, order: SeriesOrder, people: Collection[PersonId], until: date, zone: ZoneInfo
) -> tuple[date, ...]:
    """The days of sessions that stand already: of the same kind, with at least half of those invited."""
    near = timedelta(days=max(order.apart, 7))
    span = Span(midnight(order.first - near, zone), next_midnight(until + near, zone))
    return tuple(
        booking.day(zone)
        for booking in load.bookings(session, kinds=(order.kind,), span=span)
        if not booking.is_cancelled and 2 * len(set(people).intersection(booking.people)) >= max(len(people), 1)
    )


def _rooms(order: SeriesOrder, snapshot: Snapshot, count: int) -> Sequence[RoomId] | None:
    """The room asked for, or all that are meant for this and large enough, the smallest first; None: none is needed."""
    if order.room in (NO_ROOM, OFF_SITE):
        return None
    if order.room:
        return [order.room]
    seats = count + audiences.external_count(order.audience, snapshot.contacts)
    return [RoomId(room.id) for room in _by_size(snapshot.rooms.values()) if room.use != "talk" and _holds(room, seats)]


def _by_size(rooms: Iterable[Room]) -> list[Room]:
    """Rooms by how many they hold, those of unknown size last."""
    return sorted(rooms, key=lambda room: (room.capacity is None, room.capacity or 0, room.id))


def _holds(room: Room, seats: int) -> bool:
    return room.capacity is None or room.capacity >= seats
