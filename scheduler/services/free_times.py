"""When some people could talk: a simple search for times at which they and a room are free."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from sqlalchemy.orm import Session

from scheduler.core import absences, booking_rights
from scheduler.core.access import Actor
from scheduler.core.bookings import Absence, Kind
from scheduler.core.clock import Clock
from scheduler.core.errors import Malformed
from scheduler.core.ids import PersonId, RoomId
from scheduler.core.spans import Span, midnight, next_midnight
from scheduler.core.working_time import WorkingTime
from scheduler.store import load

GRID = timedelta(minutes=30)
LONGEST_SEARCH = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A time at which everybody is free, and a room for talks that is free too; None: no such room is."""

    span: Span
    room: RoomId | None


@dataclass(frozen=True, slots=True)
class _Facts:
    """When people and rooms are taken within the days looked at."""

    working_time: WorkingTime
    people: tuple[PersonId, ...]
    rooms: tuple[RoomId, ...]
    taken: Mapping[str, Sequence[Span]]
    absences: Mapping[PersonId, Sequence[Absence]]

    def is_free(self, resource: str, span: Span) -> bool:
        """Whether nothing takes a person or a room in a stretch."""
        return not any(taken.overlaps(span) for taken in self.taken[resource])

    def are_there(self, span: Span) -> bool:
        """Whether everybody is free, and at work."""
        zone = self.working_time.zone
        return all(
            self.is_free(f"p:{person}", span) and not absences.hindering(self.absences.get(person, ()), span, zone)
            for person in self.people
        )

    def room(self, span: Span) -> RoomId | None:
        """The first room that is free."""
        return next((room for room in self.rooms if self.is_free(f"r:{room}", span)), None)


def free_times(  # noqa: PLR0913 - a question with this many parts
    session: Session,
    actor: Actor,
    people: Sequence[PersonId],
    minutes: int,
    clock: Clock,
    first: date,
    last: date,
    *,
    limit: int = 5,
) -> list[FreeTime]:
    """The next times within working hours at which these people can talk, on a grid of half hours, from now on.

    Only for those who may book such a talk: others would learn who is busy when.
    """
    booking_rights.require_arrange(actor, Kind.TALK, people, ())
    if minutes < 1:
        raise Malformed("out_of_range", "minutes", value=minutes, first=1, last=LONGEST_SEARCH.days * 24 * 60)
    last = min(last, first + LONGEST_SEARCH)
    if last < first:
        return []
    facts = _load(session, people, first, last)
    spans = (span for span in _grid(facts.working_time, minutes, first, last) if span.start >= clock.now)
    free = (FreeTime(span, facts.room(span)) for span in spans if facts.are_there(span))
    return list(islice((time for time in free if time.room or not facts.rooms), limit))


def _load(session: Session, people: Sequence[PersonId], first: date, last: date) -> _Facts:
    """What is known of these people and of the rooms for talks."""
    working_time = load.working_time(session)
    rooms = tuple(room.id for room in load.rooms(session).values() if room.use == "talk")
    span = Span(midnight(first, working_time.zone), next_midnight(last, working_time.zone))
    resources = [f"p:{person}" for person in people] + [f"r:{room}" for room in rooms]
    away: dict[PersonId, list[Absence]] = {}
    for absence in load.absences(session, people, first, last):
        away.setdefault(absence.person, []).append(absence)
    taken = load.taken_spans(session, resources, span)
    return _Facts(working_time, tuple(people), tuple(map(RoomId, rooms)), taken, away)


def _grid(working_time: WorkingTime, minutes: int, first: date, last: date) -> Iterator[Span]:
    """Every stretch of so many minutes that begins on the grid and lies within one block of a workday."""
    length = timedelta(minutes=minutes)
    for day in working_time.workdays_between(first, last):
        for opens, closes in working_time.blocks:
            start, end = (datetime.combine(day, moment, working_time.zone) for moment in (opens, closes))
            while start + length <= end:
                yield Span(start, start + length)
                start += GRID
