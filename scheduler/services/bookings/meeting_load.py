"""Meeting load of people, week by week: organizers see everybody's, anybody else only their own."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from scheduler.core.bookings import meeting_load as core
from scheduler.core.bookings.meeting_load import Joinable, PersonWeek
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.spans import Span, midnight, next_midnight
from scheduler.store import load

__all__ = ["LoadQuery", "MeetingLoad", "meeting_load"]


@dataclass(frozen=True, slots=True)
class LoadQuery:
    """Whose load, over which weeks, held against how many hours a week."""

    person: PersonId | None = None
    """None: everybody's, of those who may see it; else one's own."""
    first: date | None = None
    """None: this week."""
    last: date | None = None
    """None: four weeks in all."""
    ceiling: int = core.USUAL_CEILING


@dataclass(frozen=True, slots=True)
class MeetingLoad:
    """Everybody's weeks, or somebody's own, and which meetings could be one."""

    person: PersonId | None
    first: date
    """A Monday."""
    last: date
    """A Sunday."""
    ceiling: int
    weeks: tuple[PersonWeek, ...]
    joinable: tuple[Joinable, ...]
    """Of those that have not begun."""
    bookings: tuple[Booking, ...]
    """What it was counted from."""

    @property
    def over(self) -> tuple[PersonWeek, ...]:
        """The weeks with more hours than the ceiling."""
        return tuple(week for week in self.weeks if week.is_over(self.ceiling))

    @property
    def mondays(self) -> tuple[date, ...]:
        """The Mondays of all weeks looked at."""
        return tuple(self.first + core.WEEK * number for number in range(((self.last - self.first).days + 1) // 7))

    @property
    def by_id(self) -> dict[BookingId, Booking]:
        """The bookings by id."""
        return {booking.id: booking for booking in self.bookings}


def meeting_load(session: Session, actor: Actor, query: LoadQuery, clock: Clock) -> MeetingLoad:
    """How many hours of bookings people have, week by week. Raises NotAllowed for somebody else's, Malformed for odd days.

    Of one person only their own bookings are read, never those of the organisation.
    """
    person = query.person
    if not access.may(actor, Action.BOOK):
        person = person or actor.person
        if person is None or person != actor.person:
            access.require(actor, Action.BOOK)
    table = load.working_time(session)
    first, last = _days(query, clock.today(table.zone))
    span = Span(midnight(first, table.zone), next_midnight(last, table.zone))
    bookings = load.bookings(session, people=None if person is None else [person], span=span)
    ahead = [booking for booking in bookings if booking.span.start > clock.now]
    return MeetingLoad(
        person,
        first,
        last,
        query.ceiling,
        tuple(core.weeks(bookings, first, last, table, None if person is None else {person})),
        tuple(core.joinable(ahead, table)),
        tuple(bookings),
    )


def _days(query: LoadQuery, today: date) -> tuple[date, date]:
    """Whole weeks, from a Monday to a Sunday."""
    if not 0 < query.ceiling <= core.MAX_CEILING:
        raise Malformed("out_of_range", "ceiling", value=query.ceiling, first=1, last=int(core.MAX_CEILING))
    first = core.monday_of(query.first or (min(today, query.last) if query.last else today))
    usual = first + core.WEEK * (core.USUAL_WEEKS - 1)
    last = core.monday_of(query.last or usual) + timedelta(days=6)
    if last < first:
        raise Malformed("ends_before_it_starts", "last")
    if (last - first).days // 7 >= core.MAX_WEEKS:
        raise Malformed("window_too_long", "last", days=core.MAX_WEEKS * 7)
    return first, last
