"""When people and rooms can be had for an arrangement: bookings, absences and hours, as busy stretches of the wall clock."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, time

from scheduler.core.arranging.facts import ArrangingFacts
from scheduler.core.ground import intervals
from scheduler.core.ground.bookings import OFF_SITE, Absence, Booking
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.core.ground.intervals import Interval
from scheduler.core.plans.problems import MINUTES_A_DAY, Stretch, Wall, day_of, wall
from scheduler.core.plans.wall_clock import minute_of

Taken = dict[str, list[Stretch]]


def taken_by(bookings: Iterable[Booking], facts: ArrangingFacts) -> tuple[Taken, Taken]:
    """When people, and when rooms, are taken by these bookings."""
    people: Taken = defaultdict(list)
    rooms: Taken = defaultdict(list)
    for booking in bookings:
        stretches = [facts.stretch(span) for span in facts.working_time.taken(booking.span)]
        for person in booking.people:
            people[person] += stretches
        if booking.room and booking.room != OFF_SITE:
            rooms[booking.room] += stretches
    return people, rooms


def away(facts: ArrangingFacts, days: Sequence[date]) -> Taken:
    """When people cannot be had for other reasons: absences of whole days, and all but the hours they can be had at."""
    by_person: dict[PersonId, list[Absence]] = defaultdict(list)
    busy: Taken = defaultdict(list)
    for absence in facts.absences:
        if absence.busy:
            busy[absence.person].append(facts.stretch(absence.busy))
        else:
            by_person[absence.person].append(absence)
    for person, absences in by_person.items():
        busy[person] += [stretch for day in days for stretch in _away_on(day, absences)]
    return busy


def _away_on(day: date, absences: Iterable[Absence]) -> list[Stretch]:
    """When somebody cannot be had on a day."""
    on_day = [absence for absence in absences if absence.first <= day <= absence.last]
    if not on_day:
        return []
    if any(not absence.only_weekdays for absence in on_day):
        return [(wall(day, 0), wall(day, MINUTES_A_DAY))]
    hours = (Interval(*hours) for hours in _hours(day, on_day))
    return [(wall(day, busy.start), wall(day, busy.end)) for busy in Interval(0, MINUTES_A_DAY).without(hours)]


def _hours(day: date, absences: Iterable[Absence]) -> list[tuple[int, int]]:
    """The hours at which somebody can be had on a day, apart from one another.

    A talk lies within one of them, so of hours that touch each other only the longer are kept.
    """
    hours = {
        (minute_of(absence.hours[0]), minute_of(absence.hours[1]))
        for absence in absences
        if day.weekday() in absence.only_weekdays
    }
    kept: list[tuple[int, int]] = []
    for opens, closes in sorted(hours, key=lambda span: (span[0] - span[1], span)):
        if opens < closes and all(closes < other[0] or other[1] < opens for other in kept):
            kept.append((opens, closes))
    return sorted(kept)


def blocks_of(facts: ArrangingFacts) -> tuple[tuple[int, int], ...]:
    """The working blocks of a day in minutes, ascending, without lunch and without overlaps."""
    lunch = [_minutes(facts.working_time.lunch)] if facts.working_time.lunch else []
    parts: list[Interval[int]] = []
    for block in sorted(map(_minutes, facts.working_time.blocks)):
        parts += block.without([*parts, *lunch])
    return tuple((part.start, part.end) for part in parts)


def _minutes(hours: tuple[time, time]) -> Interval[int]:
    return Interval(*map(minute_of, hours))


def merged(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The same time in as few stretches as possible, ascending."""
    parts = intervals.merged(Interval(*stretch) for stretch in stretches)
    return tuple((part.start, part.end) for part in parts)


def outside(kept: Iterable[Stretch], first: Wall, last: Wall) -> Iterator[Stretch]:
    """All of a stretch but these parts."""
    left = Interval(first, last).without(Interval(*stretch) for stretch in kept)
    return ((part.start, part.end) for part in left)


def talks_by_day(talks: Iterable[Booking], facts: ArrangingFacts) -> Mapping[PersonId, Counter[date]]:
    """How many talks everybody has on each day."""
    counts: dict[PersonId, Counter[date]] = defaultdict(Counter)
    for talk in talks:
        for person in talk.people:
            counts[person][day_of(facts.stretch(talk.span)[0])] += 1
    return counts


def contradictions(facts: ArrangingFacts, people: Collection[str], rooms: Collection[RoomId]) -> Iterator[Finding]:
    """Standing bookings that take one person, or one room, at the same time: each two once, for each they share."""
    last: dict[str, Booking] = {}
    for booking in sorted(facts.existing, key=lambda existing: (existing.span.start, existing.id)):
        shared: list[str] = [person for person in booking.people if person in people]
        shared += [booking.room] if booking.room and booking.room in rooms else []
        for subject in shared:
            before = last.get(subject)
            if before and facts.working_time.shared(before.span, booking.span):
                yield _contradiction(subject, before, booking, facts)
            if before is None or before.span.end < booking.span.end:
                last[subject] = booking


def _contradiction(subject: str, first: Booking, second: Booking, facts: ArrangingFacts) -> Finding:
    room = facts.rooms.get(RoomId(subject))
    name: object = room or facts.roster.name(PersonId(subject))
    start = second.span.start.astimezone(facts.as_of.zone)
    return Finding("double_booked", subject, {"name": name, "bookings": (first.id, second.id), "start": start})
