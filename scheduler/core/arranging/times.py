"""When people and rooms can be had for an arrangement: bookings, absences and hours, as busy stretches of the wall clock."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, time

from scheduler.core.arranging.facts import ArrangingFacts
from scheduler.core.ground.bookings import OFF_SITE, Absence, Booking
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.core.plans.problems import MINUTES_A_DAY, Stretch, Wall, day_of, wall

Taken = dict[str, list[Stretch]]


def taken_by(bookings: Iterable[Booking], facts: ArrangingFacts) -> tuple[Taken, Taken]:
    """When people, and when rooms, are taken by these bookings."""
    people: Taken = defaultdict(list)
    rooms: Taken = defaultdict(list)
    for booking in bookings:
        stretch = facts.stretch(booking.span)
        for person in booking.people:
            people[person].append(stretch)
        if booking.room and booking.room != OFF_SITE:
            rooms[booking.room].append(stretch)
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
    busy, start = [], 0
    for opens, closes in _hours(day, on_day):
        if start < opens:
            busy.append((wall(day, start), wall(day, opens)))
        start = closes
    return [*busy, (wall(day, start), wall(day, MINUTES_A_DAY))]


def _hours(day: date, absences: Iterable[Absence]) -> list[tuple[int, int]]:
    """The hours at which somebody can be had on a day, apart from one another.

    A talk lies within one of them, so of hours that touch each other only the longer are kept.
    """
    hours = {
        (_minute(absence.only_from), _minute(absence.only_to))
        for absence in absences
        if day.weekday() in absence.only_weekdays
    }
    kept: list[tuple[int, int]] = []
    for opens, closes in sorted(hours, key=lambda span: (span[0] - span[1], span)):
        if opens < closes and all(closes < other[0] or other[1] < opens for other in kept):
            kept.append((opens, closes))
    return sorted(kept)


def _minute(text: str) -> int:
    moment = time.fromisoformat(text)
    return moment.hour * 60 + moment.minute


def blocks_of(facts: ArrangingFacts) -> tuple[tuple[int, int], ...]:
    """The working blocks of a day in minutes, ascending, without lunch and without overlaps."""
    spans = [(_minutes(opens), _minutes(closes)) for opens, closes in facts.working_time.blocks]
    if lunch := facts.working_time.lunch:
        begins, ends = map(_minutes, lunch)
        parts = [((a, min(b, begins)), (max(a, ends), b)) for a, b in spans]
        spans = [part for both in parts for part in both]
    found: list[tuple[int, int]] = []
    for opens, closes in sorted(spans):
        begins = max(opens, found[-1][1]) if found else opens
        if begins < closes:
            found.append((begins, closes))
    return tuple(found)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def merged(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The same time in as few stretches as possible, ascending."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def outside(kept: Iterable[Stretch], first: Wall, last: Wall) -> Iterator[Stretch]:
    """All of a stretch but these parts."""
    start = first
    for opens, closes in merged(kept):
        if start < opens:
            yield start, min(opens, last)
        start = max(start, closes)
    if start < last:
        yield start, last


def talks_by_day(talks: Iterable[Booking], facts: ArrangingFacts) -> Mapping[PersonId, Counter[date]]:
    """How many talks everybody has on each day."""
    found: dict[PersonId, Counter[date]] = defaultdict(Counter)
    for talk in talks:
        for person in talk.people:
            found[person][day_of(facts.stretch(talk.span)[0])] += 1
    return found


def contradictions(facts: ArrangingFacts, people: Collection[str], rooms: Collection[RoomId]) -> Iterator[Finding]:
    """Standing bookings that take one person, or one room, at the same time: each two once, for each they share."""
    last: dict[str, Booking] = {}
    for booking in sorted(facts.standing, key=lambda one: (one.span.start, one.id)):
        shared: list[str] = [person for person in booking.people if person in people]
        shared += [booking.room] if booking.room and booking.room in rooms else []
        for subject in shared:
            before = last.get(subject)
            if before and before.span.overlaps(booking.span):
                yield _contradiction(subject, before, booking, facts)
            if before is None or before.span.end < booking.span.end:
                last[subject] = booking


def _contradiction(subject: str, one: Booking, other: Booking, facts: ArrangingFacts) -> Finding:
    room = facts.rooms.get(RoomId(subject))
    name: object = room or facts.roster.name(PersonId(subject))
    start = other.span.start.astimezone(facts.as_of.zone)
    return Finding("double_booked", subject, {"name": name, "bookings": (one.id, other.id), "start": start})
