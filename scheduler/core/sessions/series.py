"""A series of study sessions, symposiums or other meetings: what is asked of it, and what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.core.ground.spans import Span

MAX_SESSIONS = 60
MAX_DAYS_APART = 60
MAX_SESSION_MINUTES = 24 * 60
"""Minutes."""
MAX_WINDOW = timedelta(days=366)
NOON = 12
NUMBER = "{n}"
"""Stands in the title of a series where the number of the session is to be."""
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""As half-days are written, Monday first."""


class Half(StrEnum):
    """Before or after noon; a session belongs to the half it starts in."""

    MORNING = "am"
    AFTERNOON = "pm"

    @classmethod
    def of(cls, moment: datetime) -> "Half":
        """The half that a local time lies in."""
        return cls.MORNING if moment.hour < NOON else cls.AFTERNOON


@dataclass(frozen=True, slots=True, order=True)
class HalfDay:
    """The mornings or the afternoons of a weekday; Monday is 0."""

    weekday: int
    half: Half

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]}-{self.half}"


EVERY_HALF_DAY = frozenset(HalfDay(weekday, half) for weekday in range(7) for half in Half)


def half_days(text: str) -> frozenset[HalfDay]:
    """The half-days of `Wed-pm`, or both of `Wed`; none if it cannot be understood."""
    word = text.strip().lower()
    return frozenset(
        half_day for half_day in EVERY_HALF_DAY if word in (str(half_day).lower(), WEEKDAYS[half_day.weekday].lower())
    )


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


class Spread(StrEnum):
    """Which of several equally well attended series is the best."""

    SOONEST = "soonest"
    """The last session as early as can be, then the sum of all days."""
    EVEN = "even"
    """Gaps as equal as can be, those to the ends of the window included: the least sum of their squares."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody the series is for, and what keeps them from it."""

    person: PersonId
    must_come: bool = True
    """Named one by one, or marked: their absence refuses a time. Of others it is only told that they cannot come."""
    taken: tuple[Span, ...] = ()
    """When they are elsewhere: nobody is booked twice, so this refuses a time whoever it is."""
    absences: tuple[Absence, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesRoom:
    """A room that will do, and when it is taken."""

    room: RoomId
    taken: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesRequest:
    """What is asked: so many sessions, for whom, where, and how they may lie in the window.

    Facts about people and rooms hold from `first` to `known_until`.
    """

    count: int
    minutes: int
    first: date
    last: date
    """Both days included."""
    people: tuple[Invited, ...]
    rooms: tuple[SeriesRoom, ...] | None = None
    """The better ones first; None: no room is needed."""
    apart: int = 1
    """Days from one session to the next, at least: 1 is the next day, 7 the same day of the next week."""
    per_week: int | None = None
    """So many at most from Monday to Sunday; None: any number."""
    half_days: frozenset[HalfDay] = EVERY_HALF_DAY
    """Sessions may lie on these, as far as they are working time."""
    spread: Spread = Spread.SOONEST
    existing: tuple[date, ...] = ()
    """Days of sessions that stand already: distance and sessions a week count them too."""
    not_before: datetime | None = None
    """No session starts earlier."""
    known_until: date | None = None
    """How far a later last day may be looked for; None: `last`."""

    def __post_init__(self) -> None:
        if min(self.count, self.minutes, self.apart, self.weekly) < 1:
            raise ValueError("A series has a session of some length, on different days, and one a week at least.")
        if self.first > self.last:
            raise ValueError("A window ends on or after the day it starts.")

    @property
    def weekly(self) -> int:
        """How many a week may hold."""
        return len(WEEKDAYS) if self.per_week is None else self.per_week

    def left_in_week(self, day: date) -> int:
        """How many sessions more the week of a day may hold."""
        return max(0, self.weekly - sum(monday(taken) == monday(day) for taken in self.existing))

    def is_far(self, day: date) -> bool:
        """Whether a day keeps the distance from all that stands."""
        return all(abs((day - taken).days) >= self.apart for taken in self.existing)

    @property
    def horizon(self) -> date:
        """The last day of which facts are known."""
        return max(self.last, self.known_until or self.last)


@dataclass(frozen=True, slots=True)
class PlacedSession:
    """One session of the answer."""

    span: Span
    room: RoomId | None
    missing: Mapping[PersonId, Absence]
    """Who cannot come, and why."""
    attending: int


class RepairKind(StrEnum):
    """What could be asked differently."""

    HALF_DAY = "half_day"
    APART = "apart"
    PER_WEEK = "per_week"
    LAST = "last"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class SeriesRepair:
    """A change of one thing with which everything was placed when it was decided again."""

    kind: RepairKind
    value: int | date | HalfDay
    missed: int
    """How many person-sessions would be missed."""


@dataclass(frozen=True, slots=True)
class SeriesPlan:
    """The answer. It is exact: no more sessions fit, with so many none are better attended, and of those none lie better."""

    requested: int
    sessions: tuple[PlacedSession, ...]
    """In order of time."""
    days: int
    """On how many days of the window one session could lie."""
    least_missed: int
    """Person-sessions that so many sessions miss on their best days, the distances between them left aside: a lower bound."""
    reasons: tuple[Finding, ...] = ()
    """Why it is not all of them."""
    repairs: tuple[SeriesRepair, ...] = ()
    """The smallest changes first."""

    @property
    def placed(self) -> int:
        """How many sessions have a place: the most that can be."""
        return len(self.sessions)

    @property
    def missed(self) -> int:
        """How many person-sessions are missed: the fewest that can be."""
        return sum(len(session.missing) for session in self.sessions)

    @property
    def is_complete(self) -> bool:
        """Whether everything asked has a place."""
        return self.placed == self.requested
