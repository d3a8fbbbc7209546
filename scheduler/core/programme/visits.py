"""Visits to bodies outside, and whose contact points these are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.core.ground.bookings import AsOf, Booking, State
from scheduler.core.ground.ids import PersonId


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


def without_visit(points: Iterable[OutsidePoint], visits: Sequence[Booking], as_of: AsOf) -> tuple[PersonId, ...]:
    """Who has a contact point on a day, and was on no visit by then."""
    went = {person for visit in visits if visit.state(as_of) is State.HELD for person in visit.people}
    return tuple(dict.fromkeys(p.person for p in points if p.holds(as_of.day) and p.person not in went))
