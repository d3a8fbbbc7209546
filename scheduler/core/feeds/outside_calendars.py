"""Calendars that people keep elsewhere: when they are busy there, and nothing else of what stands in them."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.ids import CalendarId, PersonId
from scheduler.core.ground.spans import Span, local_days, midnight

BACK, AHEAD = timedelta(days=7), timedelta(days=366)
"""How far around today busy times are kept."""
FETCH_EVERY = timedelta(hours=2)
MAX_WAIT = timedelta(days=1)
"""However often fetching failed, it is tried again within this."""


@dataclass(frozen=True, slots=True)
class ZoneGuess:
    """A name of a time zone that is in no table of zones, and what it was taken for; an empty name: none was written."""

    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Entries that did not become busy times, by reason."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class BusyTimes:
    """What a calendar says of somebody's time."""

    busy: tuple[Span, ...] = ()
    """Apart from one another, in order."""
    skipped: tuple[Skipped, ...] = ()
    zone_guesses: tuple[ZoneGuess, ...] = ()


class Unusable(Exception):
    """A calendar that cannot be fetched or read at all; `kind` says why, and names nothing that it holds."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class OutsideCalendar:
    """A calendar of one person. Its address is not among what is known of it: that is used, and told to nobody."""

    id: CalendarId
    person: PersonId
    name: str
    host: str
    """Where it is fetched from; empty: it was uploaded."""
    is_on: bool
    """Whether its busy times count."""
    added_at: datetime
    good_at: datetime | None = None
    """When its busy times were last read."""
    tried_at: datetime | None = None
    failures: int = 0
    """How often in a row fetching failed since."""
    error: str = ""
    """What was wrong the last time; empty: nothing."""
    next_at: datetime | None = None
    """When it is fetched next; None: never, it was uploaded."""
    skipped: tuple[Skipped, ...] = ()
    zone_guesses: tuple[ZoneGuess, ...] = field(default=())


def kept_window(today: date, zone: ZoneInfo) -> Span:
    """The stretch of time for which busy times are kept."""
    return Span(midnight(today - BACK, zone), midnight(today + AHEAD, zone))


def wait_after(failures: int) -> timedelta:
    """How long to wait until the next fetch: twice as long after each failure, a day at most."""
    return min(FETCH_EVERY * (1 << min(failures, 8)), MAX_WAIT)


def as_absence(person: PersonId, busy: Span, zone: ZoneInfo) -> Absence:
    """A busy time as what it is for others: somebody cannot be had, and nobody learns why."""
    days = [day for day, _, _ in local_days(busy, zone)]
    return Absence(0, person, days[0], days[-1], busy=busy)
