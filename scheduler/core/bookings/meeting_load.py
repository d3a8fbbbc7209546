"""Meeting load: how many hours of bookings everybody has in each week, which of them are too many, and what could be one meeting."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from scheduler.core.ground.bookings import Booking, Kind
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.intervals import clipped, merged
from scheduler.core.ground.spans import Span, midnight
from scheduler.core.ground.working_time import WorkingTime

USUAL_CEILING = 10
"""Hours in a week above which it is told of, unless an office says otherwise."""
MAX_CEILING = 168
MAX_WEEKS = 26
USUAL_WEEKS = 4
CLOSE_DAYS = 1
"""Two meetings of the same people and kind that lie no more days apart could be one."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PersonWeek:
    """What somebody has in a week, from Monday to Sunday."""

    person: PersonId
    monday: date
    hours: float
    """Of their time that bookings take; what stands at the same time counts once."""
    bookings: tuple[BookingId, ...]
    """By start."""

    def is_over(self, ceiling: int) -> bool:
        """Whether these are more hours than a ceiling."""
        return self.hours > ceiling


@dataclass(frozen=True, slots=True)
class Joinable:
    """Two meetings that could be one: the same people, on one day, or of one kind and a day apart."""

    earlier: BookingId
    later: BookingId
    people: tuple[PersonId, ...]


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weeks(
    bookings: Sequence[Booking], first: date, last: date, table: WorkingTime, only: Collection[PersonId] | None = None
) -> list[PersonWeek]:
    """The weeks in which people have something, by person and week, from the week of one day to that of another.

    Of everybody, or of some people only. Cancelled ones are no load. O(bookings × their people and weeks).
    """
    mondays = [monday_of(first) + WEEK * number for number in range((monday_of(last) - monday_of(first)).days // 7 + 1)]
    having: defaultdict[tuple[PersonId, date], list[Booking]] = defaultdict(list)
    for booking in sorted(bookings, key=lambda booking: (booking.span.start, booking.id)):
        if booking.is_cancelled:
            continue
        days = {monday for monday in mondays if booking.span.overlaps(_week(monday, table))}
        for person in set(booking.people):
            if only is None or person in only:
                for monday in days:
                    having[person, monday].append(booking)
    return [
        PersonWeek(person, monday, _hours(theirs, _week(monday, table), table), tuple(b.id for b in theirs))
        for (person, monday), theirs in sorted(having.items())
    ]


def _week(monday: date, table: WorkingTime) -> Span:
    return Span(midnight(monday, table.zone), midnight(monday + WEEK, table.zone))


def _hours(bookings: Sequence[Booking], week: Span, table: WorkingTime) -> float:
    """The hours that bookings take within a week; what lasts several days takes their working time."""
    taken = merged(part for booking in bookings for part in table.taken(booking.span))
    return round(sum(part.hours for part in clipped(taken, week)), 2)


def joinable(bookings: Sequence[Booking], table: WorkingTime) -> Iterator[Joinable]:
    """Meetings that could be one, by start; talks are none of them, and each is named once with the next that fits."""
    by_people: defaultdict[frozenset[PersonId], list[Booking]] = defaultdict(list)
    for booking in sorted(bookings, key=lambda booking: (booking.span.start, booking.id)):
        if booking.kind is not Kind.TALK and not booking.is_cancelled and booking.people:
            by_people[frozenset(booking.people)].append(booking)
    pairs = [pair for several in by_people.values() for pair in pairwise(several)]
    for earlier, later in sorted(pairs, key=lambda pair: (pair[0].span.start, pair[0].id)):
        apart = (later.day(table.zone) - earlier.day(table.zone)).days
        if apart == 0 or (apart <= CLOSE_DAYS and earlier.kind == later.kind):
            yield Joinable(earlier.id, later.id, tuple(sorted(earlier.people)))
