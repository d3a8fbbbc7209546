"""How things came along over the days of a report: coverage with where it leads, hours of everybody, load of each week."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.core.coverage.report import Coverage, CoverageState, progress
from scheduler.core.ground.bookings import CANCELLED, HELD, AsOf, Booking
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.spans import DayRange
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.rules.requirements import Severity
from scheduler.core.sessions.study import Attendance, credited_hours

PACE_DAYS = 28
"""So many days back today's pace is taken from."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class BurnUp:
    """How many requirements were covered at the end of each week, and where that leads."""

    days: tuple[date, ...]
    covered: tuple[int, ...]
    required: int
    closes: date | None
    """The last day of the window of talks."""
    done_by: date | None
    """When all would be covered if it went on as in the last four weeks; None: never, or all is covered."""


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """What a week holds: talks and other bookings that stand."""

    monday: date
    talks: int
    others: int


@dataclass(frozen=True, slots=True)
class Trends:
    """What the pictures of a report are drawn from."""

    burn_up: BurnUp | None = None
    hours: Mapping[PersonId, float] | None = None
    """Study hours of everybody of whom anything was recorded in these days."""
    weeks: tuple[WeekLoad, ...] = ()


def covered_days(coverage: Coverage) -> list[date]:
    """The days on which the must-requirements that are covered came to be so, by date."""
    talks, as_of = {talk.id: talk for talk in coverage.talks}, coverage.as_of
    days = []
    for state in coverage.requirements:
        if state.state is CoverageState.COVERED and state.requirement.severity is Severity.MUST:
            held = [talks[talk] for talk in state.talks if talks[talk].state(as_of) is HELD]
            last = progress(state.requirement, held, as_of.zone).by[-1]
            days.append(talks[last].day(as_of.zone))
    return sorted(days)


def burn_up(coverage: Coverage, first: date) -> BurnUp | None:
    """Week by week from a day, or from the first talk if that was earlier, to the day asked; None: nothing is required."""
    if not coverage.required:
        return None
    covered, last = covered_days(coverage), coverage.as_of.day
    opens, closes = coverage.resolution.window.first, coverage.resolution.window.last
    start = min(opens or first, *covered[:1], last)
    ends = list(_week_ends(start, last))
    counts = tuple(sum(day <= end for day in covered) for end in ends)
    return BurnUp(tuple(ends), counts, coverage.required, closes, _done_by(covered, coverage.required, last))


def _done_by(covered: Sequence[date], required: int, last: date) -> date | None:
    """When the rest would be covered at today's pace."""
    lately = sum(last - timedelta(days=PACE_DAYS) < day for day in covered)
    left = required - len(covered)
    if not left or not lately:
        return None
    days = -(-left * PACE_DAYS // lately)
    return last + timedelta(days=days) if days < (date.max - last).days else None


def _week_ends(first: date, last: date) -> Iterable[date]:
    """The Sundays from the week of a day on, and the last day."""
    day = first + timedelta(days=6 - first.weekday())
    while day < last:
        yield day
        day += WEEK
    yield last


def hours_by_person(
    sessions: Iterable[Booking], attendance: Iterable[Attendance], as_of: AsOf, time: WorkingTime
) -> dict[PersonId, float]:
    """The hours of these study sessions that count for everybody of whom anything was recorded at them."""
    by_id: dict[BookingId, Booking] = {session.id: session for session in sessions}
    hours: dict[PersonId, float] = {}
    for entry in attendance:
        if session := by_id.get(entry.session):
            hours[entry.person] = hours.get(entry.person, 0.0) + credited_hours(entry, session, as_of, time)
    return {person: round(count, 2) for person, count in hours.items()}


def week_loads(bookings: Iterable[Booking], days: DayRange, as_of: AsOf) -> tuple[WeekLoad, ...]:
    """Each week of some days, from the first that holds anything to the last, with what stands in it."""
    talks: Counter[date] = Counter()
    others: Counter[date] = Counter()
    for booking in bookings:
        day = booking.day(as_of.zone)
        if day in days and booking.state(as_of) is not CANCELLED:
            (talks if booking.is_talk else others)[day - timedelta(days=day.weekday())] += 1
    both = sorted(talks.keys() | others.keys())
    if not both:
        return ()
    count = (both[-1] - both[0]) // WEEK + 1
    return tuple(
        WeekLoad(monday, talks[monday], others[monday]) for monday in (both[0] + WEEK * week for week in range(count))
    )
