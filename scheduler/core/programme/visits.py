"""Visits to bodies outside, and whose contact points these are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scheduler.core.ground.bookings import AsOf, Booking, State
from scheduler.core.ground.ids import BookingId, PersonId


@dataclass(frozen=True, slots=True)
class OutsidePoint:
    """A body outside that is somebody's contact point, both days included; None: without an end."""

    person: PersonId
    contact: str
    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is theirs on a day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


class VisitState(StrEnum):
    """Whether somebody was at a contact point of theirs."""

    OPEN = "open"
    BOOKED = "booked"
    VISITED = "visited"


@dataclass(frozen=True, slots=True)
class VisitedPoint:
    """Somebody's contact point on a day, and their visits to it, the first first."""

    point: OutsidePoint
    state: VisitState
    held: tuple[BookingId, ...]
    booked: tuple[BookingId, ...]
    last: date | None
    """The day of the last visit that was held."""
    next: date | None


def visited(
    points: Iterable[OutsidePoint], visits: Sequence[Booking], contact_of: Mapping[BookingId, str], as_of: AsOf
) -> tuple[VisitedPoint, ...]:
    """The contact points of a day: those nobody was at first, then those with a visit ahead.

    A visit of which nobody knows where to counts for every contact point of who took part.
    """
    there = [visit for visit in visits if visit.state(as_of) is not State.CANCELLED]
    told = [_visited(point, there, contact_of, as_of) for point in points if point.holds(as_of.day)]
    return tuple(sorted(told, key=lambda each: list(VisitState).index(each.state)))


def _visited(
    point: OutsidePoint, visits: Sequence[Booking], contact_of: Mapping[BookingId, str], as_of: AsOf
) -> VisitedPoint:
    theirs = [
        visit
        for visit in sorted(visits, key=lambda visit: visit.span.start)
        if point.person in visit.people and contact_of.get(visit.id, point.contact) == point.contact
    ]
    held = [visit for visit in theirs if visit.state(as_of) is State.HELD]
    ahead = [visit for visit in theirs if visit not in held]
    state = VisitState.VISITED if held else VisitState.BOOKED if ahead else VisitState.OPEN
    return VisitedPoint(
        point,
        state,
        tuple(visit.id for visit in held),
        tuple(visit.id for visit in ahead),
        held[-1].day(as_of.zone) if held else None,
        ahead[0].day(as_of.zone) if ahead else None,
    )


def without_visit(points: Iterable[OutsidePoint], visits: Sequence[Booking], as_of: AsOf) -> tuple[PersonId, ...]:
    """Who has a contact point on a day, and was on no visit by then."""
    went = {person for visit in visits if visit.state(as_of) is State.HELD for person in visit.people}
    return tuple(dict.fromkeys(p.person for p in points if p.holds(as_of.day) and p.person not in went))
