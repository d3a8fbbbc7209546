"""Stretches of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.core.ground.intervals import Interval


class Span(Interval[datetime]):
    """A stretch of time: starts at `start`, and is over at `end`. Both carry a zone."""

    __slots__ = ()

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("A span needs a zone at both ends.")
        super().__post_init__()

    @property
    def length(self) -> timedelta:
        """How long it lasts in truth, whatever the clocks on the wall do meanwhile."""
        return self.end.astimezone(UTC) - self.start.astimezone(UTC)

    @property
    def hours(self) -> float:
        """How long it lasts, in hours."""
        return self.length.total_seconds() / 3600


@dataclass(frozen=True, slots=True, order=True)
class DayRange:
    """Days from `first` to `last`, both included; None is without end on that side."""

    first: date | None
    last: date | None

    def __post_init__(self) -> None:
        if self.first and self.last and self.first > self.last:
            raise ValueError("A range of days ends on or after the day it starts.")

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def intersection(self, other: "DayRange") -> "DayRange | None":
        """The days that both share, if any."""
        first = max((day for day in (self.first, other.first) if day), default=None)
        last = min((day for day in (self.last, other.last) if day), default=None)
        return None if first and last and first > last else DayRange(first, last)


def lasting(start: datetime, minutes: int) -> Span:
    """From a moment for so many minutes, both ends in its zone: minutes are real ones, though clocks may jump in between."""
    return Span(start, (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(start.tzinfo))


def at_wall(time: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment at which the local clock shows so; None where it skips that time.

    Of two moments that it shows alike in an autumn night the first is meant; a time with an offset of its own is just that one.
    """
    aware = time if time.tzinfo else time.replace(tzinfo=zone)
    local = aware.astimezone(UTC).astimezone(zone)
    return None if time.tzinfo is None and local.replace(tzinfo=None) != time else local


def shown_twice(local: datetime) -> bool:
    """Whether the clock of its zone shows this time twice, as it does in the night in which clocks go back."""
    other = local.replace(fold=1 - local.fold)
    return other.utcoffset() != local.utcoffset() and other.astimezone(UTC).astimezone(local.tzinfo) == other


def coarse(span: Span, minutes: int, zone: ZoneInfo) -> Span:
    """The shortest stretch around a span that begins and ends at so many whole minutes of the local hour."""
    start, end = span.start.astimezone(zone), span.end.astimezone(zone)
    before = timedelta(minutes=start.minute % minutes, seconds=start.second, microseconds=start.microsecond)
    over = timedelta(minutes=end.minute % minutes, seconds=end.second, microseconds=end.microsecond)
    after = timedelta(minutes=minutes) - over if over else over
    return Span(span.start.astimezone(UTC) - before, span.end.astimezone(UTC) + after)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment a local day begins, in UTC; at the ends of the calendar the first or last moment there is."""
    try:
        return datetime.combine(day, time.min, zone).astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC) if day.year == 1 else datetime.max.replace(tzinfo=UTC)


def next_midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment a local day is over, in UTC."""
    return datetime.max.replace(tzinfo=UTC) if day == date.max else midnight(day + timedelta(days=1), zone)


def local_days(span: Span, zone: ZoneInfo) -> Iterator[tuple[date, datetime, datetime]]:
    """The local days a stretch touches, each with the wall-clock times (without zone) of its part on that day."""
    start, end = (moment.astimezone(zone).replace(tzinfo=None) for moment in (span.start, span.end))
    last = (end - timedelta(microseconds=1)).date()
    for ordinal in range(start.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        day_ends = end if day == last else datetime.combine(day + timedelta(days=1), time.min)
        yield day, max(start, datetime.combine(day, time.min)), day_ends
