"""When a group of people could meet: facts → bit masks of the working time → starts, best first.

Everybody's taken time is one mask, so that the answer costs a few operations on whole numbers, however many days are looked at.
How many are missing at each start is counted for all starts at once, in binary, one mask for each digit.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from math import gcd
from zoneinfo import ZoneInfo

from scheduler.core.bookings import conflicts
from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.core.ground.people import Room
from scheduler.core.ground.spans import DayRange, Span, lasting
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.plans.grid import Grid, runs, steps_of
from scheduler.core.plans.problems import MINUTES_A_DAY, PlanProblem, Stretch, day_of, wall
from scheduler.core.plans.wall_clock import minute_of, moment_at, stretch_of, wall_at

MAX_OFFERED = 200
"""More times than this nobody reads."""
STARTS = 30
"""Minutes: times are offered on a grid of half hours, counted from the start of each working block."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who is to come, and what is known of their time."""

    person: PersonId
    taken: tuple[Span, ...] = ()
    absences: tuple[Absence, ...] = ()
    is_needed: bool = True
    """Named one by one. Without those who come in through an audience it can be held: they are missing."""


@dataclass(frozen=True, slots=True)
class OfferedRoom:
    """A room that would do, when it is taken, and what speaks against it."""

    room: Room
    taken: tuple[Span, ...] = ()
    warnings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, and the facts within the days looked at."""

    working_time: WorkingTime
    first: date
    last: date
    earliest: datetime
    """It starts not before this."""
    minutes: int
    attendees: tuple[Attendee, ...]
    rooms: tuple[OfferedRoom, ...] = ()
    """In the order they are liked; none: no room is needed."""
    windows: tuple[DayRange, ...] = ()
    """It had better lie in one of these; none: on any day."""
    window_subject: str = ""
    """Whose windows they are."""


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A time at which it can be, in which room (None: none is needed, or none would do), and what is to be minded."""

    span: Span
    room: RoomId | None = None
    missing: int = 0
    """How many who come in through an audience cannot come."""
    missing_people: tuple[PersonId, ...] = ()
    """Who; empty for those who may not know."""
    warnings: tuple[Finding, ...] = ()


def best(search: Search) -> Iterator[FreeTime]:
    """The times that are free, best first: fewest missing, fewest warnings, soonest; in the room liked most of those free.

    Whoever is named is there at all of them, and nobody is in two places.
    """
    masks = _Masks.of(search)
    for level in _levels(masks.starts, masks.missing):
        for sublevel in _levels(level, masks.flaws):
            for step in steps_of(sublevel):
                yield _free_time(search, masks, step)


@dataclass(frozen=True, slots=True)
class _Masks:
    """The steps of the days looked at, as sets of starts."""

    grid: Grid
    starts: int
    """At which it can start."""
    missing: tuple[int, ...]
    """For each who comes in through an audience and is away at times: the starts at which they cannot come."""
    missed: tuple[PersonId, ...]
    """Who these are."""
    flaws: tuple[int, ...]
    """For each kind of warning: the starts that it is said of."""
    rooms: tuple[int, ...]
    """For each room: the starts at which it is free."""

    @classmethod
    def of(cls, search: Search) -> "_Masks":
        """Lay the facts out on the grid."""
        grid = _grid(search)
        length = -(-search.minutes // grid.minutes)
        zone = search.working_time.zone
        busy = grid.touched(stretch_of(span, zone) for attendee in search.attendees for span in attendee.taken)
        starts = _on_time(grid, search.earliest.astimezone(zone)) & grid.startable(length)
        starts &= runs(grid.all & ~busy, length)
        away = [
            (attendee, mask) for attendee in search.attendees if (mask := _away(grid, attendee.absences, length, zone))
        ]
        for attendee, mask in away:
            starts &= ~mask if attendee.is_needed else -1
        free = [
            runs(grid.all & ~grid.touched(stretch_of(span, zone) for span in room.taken), length)
            for room in search.rooms
        ]
        missed = [(attendee.person, mask) for attendee, mask in away if not attendee.is_needed]
        return cls(
            grid,
            starts & (_any(free) if free else -1),
            tuple(mask for _, mask in missed),
            tuple(person for person, _ in missed),
            _flaws(grid, search, length),
            tuple(free),
        )


def _grid(search: Search) -> Grid:
    """The working time of the days looked at.

    Every start and every end lies on its steps, so nothing is lost when taken time is rounded to whole steps.
    """
    table = search.working_time
    blocks = tuple((minute_of(opens), minute_of(closes)) for opens, closes in sorted(table.blocks))
    days = tuple(table.workdays_between(search.first, search.last))
    return Grid.of(PlanProblem(gcd(STARTS, search.minutes), days, blocks, (), (), ()))


def _on_time(grid: Grid, earliest: datetime) -> int:
    """The steps on the grid of offered starts that are not before a moment."""
    stride = STARTS // grid.minutes
    mask = sum(1 << step for block in grid.blocks for step in range(block.first, block.last, stride))
    moment = wall_at(earliest) + bool(earliest.second or earliest.microsecond)
    before = sum(start < moment for start in grid.starts)
    return mask >> before << before


def _away(grid: Grid, absences: Sequence[Absence], length: int, zone: ZoneInfo) -> int:
    """The starts from which somebody cannot be had for so many steps, as `absences.hindering` says it.

    Whoever is available only at certain hours can be had within any one of the hours that hold on a day.
    """
    if not absences:
        return 0
    elsewhere = (stretch_of(absence.busy, zone) for absence in absences if absence.busy)
    whole = grid.touched(
        _days(absence.first, absence.last) for absence in absences if not (absence.only_weekdays or absence.busy)
    )
    whole |= grid.touched(elsewhere)
    restricted, reachable = 0, 0
    for absence in absences:
        if absence.only_weekdays:
            days = grid.touched([_days(absence.first, absence.last)])
            restricted |= days
            reachable |= runs(days & _hours(grid, absence), length)
    return grid.all & ~runs(grid.all & ~whole, length) | restricted & ~reachable


def _hours(grid: Grid, only: Absence) -> int:
    """The steps that lie wholly within the hours somebody can be had at, on whichever day."""
    opens, closes = (minute_of(clock) for clock in only.hours)
    days = _days_of(grid)
    morning = grid.touched((wall(day, 0), wall(day, opens)) for day in days)
    evening = grid.touched((wall(day, closes), wall(day, MINUTES_A_DAY)) for day in days)
    return _where(grid, [day.weekday() in only.only_weekdays for day in days]) & ~morning & ~evening


def _flaws(grid: Grid, search: Search, length: int) -> tuple[int, ...]:
    """The starts that something is to be said against: the day lies in no window, its year is not published, lunch is crossed."""
    table = search.working_time
    days = _days_of(grid)
    outside = _where(grid, [_is_outside(day, search.windows) for day in days])
    guessed = _where(grid, [not table.is_published(day.year) for day in days])
    lunch = [
        (wall(day, minute_of(starts)), wall(day, minute_of(ends))) for day in days for starts, ends in _lunch(table)
    ]
    at_lunch = grid.all & ~runs(grid.all & ~grid.touched(lunch), length)
    return outside, guessed, at_lunch


def _lunch(table: WorkingTime) -> tuple[tuple[time, time], ...]:
    return (table.lunch,) if table.lunch else ()


def _days_of(grid: Grid) -> list[date]:
    """The days of the grid, in their order."""
    return list(dict.fromkeys(day_of(block.start) for block in grid.blocks))


def _where(grid: Grid, is_meant: Sequence[bool]) -> int:
    """The steps of those days that are meant; where there are no working blocks, there are none."""
    return _any(mask for mask, meant in zip(grid.day_masks, is_meant, strict=False) if meant)


def _is_outside(day: date, windows: Sequence[DayRange]) -> bool:
    return bool(windows) and not any(day in window for window in windows)


def _levels(starts: int, masks: Iterable[int]) -> Iterator[int]:
    """The starts, parted by how many of these masks hold them: those in none first."""
    digits: list[int] = []
    for mask in masks:
        carry = mask
        for place, digit in enumerate(digits):
            digits[place], carry = digit ^ carry, digit & carry
        if carry:
            digits.append(carry)
    yield from _parted(starts, digits)


def _parted(starts: int, digits: Sequence[int]) -> Iterator[int]:
    """The starts by ascending number, when `digits` are its binary digits, the last one the highest."""
    if not starts:
        return
    if not digits:
        yield starts
        return
    yield from _parted(starts & ~digits[-1], digits[:-1])
    yield from _parted(starts & digits[-1], digits[:-1])


def _free_time(search: Search, masks: _Masks, step: int) -> FreeTime:
    """What is to be said of one start."""
    start = moment_at(masks.grid.starts[step], search.working_time.zone)
    span = lasting(start, search.minutes)
    room = next(
        (candidate for candidate, free in zip(search.rooms, masks.rooms, strict=True) if free >> step & 1), None
    )
    missing = tuple(p for p, mask in zip(masks.missed, masks.missing, strict=True) if mask >> step & 1)
    warnings = [*(room.warnings if room else ()), *conflicts.calendar(span, search.working_time)]
    if _is_outside(start.date(), search.windows):
        window = search.windows[0]
        details = {"first": window.first, "last": window.last, "day": start.date()}
        warnings.append(Finding("outside_window", search.window_subject, details))
    return FreeTime(span, RoomId(room.room.id) if room else None, len(missing), missing, tuple(warnings))


def _days(first: date, last: date) -> Stretch:
    """Whole days, both included."""
    return wall(first, 0), wall(last, MINUTES_A_DAY)


def _any(masks: Iterable[int]) -> int:
    """What is in at least one mask."""
    union = 0
    for mask in masks:
        union |= mask
    return union
