"""Dates, moments, stretches and lengths, as an .ics writes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from scheduler.ical.lines import Property
from scheduler.ical.recurrence import Odd
from scheduler.ical.zones import Zones

_MOMENT = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.ASCII | re.IGNORECASE)
_LENGTH = re.compile(
    r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class LocalMoment:
    """A moment on the wall clock of its zone, or the beginning of a day."""

    local: datetime
    """Without a zone."""
    zone: tzinfo
    is_day: bool = False

    def on(self, zone: tzinfo) -> datetime:
        """The same moment on the wall clock of another zone."""
        if zone == self.zone:
            return self.local
        return self.local.replace(tzinfo=self.zone).astimezone(zone).replace(tzinfo=None)


def moment(line: Property, zones: Zones, of: tzinfo | None = None) -> LocalMoment:
    """A date or a moment; `of` is the zone of one that names none. Raises Odd."""
    parts = _MOMENT.fullmatch(line.value.strip())
    if not parts:
        raise Odd("unreadable")
    is_day, named = parts[2] is None, line.parameters.get("TZID")
    # A second of 60 is the last of its minute.
    clock = "000000" if is_day else re.sub(r"60$", "59", parts[2])
    local = datetime.strptime(parts[1] + clock, "%Y%m%d%H%M%S")  # noqa: DTZ007 - the zone stands beside it
    if parts[3]:
        return LocalMoment(local, UTC)  # whatever zone is named beside it
    return LocalMoment(local, of if of and not named else zones.of(named), is_day)


def moments(line: Property, zones: Zones) -> Iterator[LocalMoment]:
    """The moments of a list."""
    for value in line.value.split(","):
        yield moment(Property(value.partition("/")[0], line.parameters), zones)


def periods(line: Property, zones: Zones) -> Iterator[tuple[LocalMoment, LocalMoment | None]]:
    """The moments of a list, each with its end if it has one."""
    for value in line.value.split(","):
        begins, separator, ends = value.strip().partition("/")
        start = moment(Property(begins, line.parameters), zones)
        if not separator:
            yield start, None
        elif ends.strip().upper().startswith(("P", "+P")):
            yield start, LocalMoment(start.local + exact(ends), start.zone)
        else:
            yield start, moment(Property(ends, line.parameters), zones)


def exact(text: str) -> timedelta:
    """A length such as `PT1H30M`. Raises Odd."""
    parts = _LENGTH.fullmatch(text.strip().upper())
    if not parts or not any(parts.groups()[1:]):
        raise Odd("unreadable")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in parts.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if parts[1] == "-" else length


def length_of(start: LocalMoment, end: LocalMoment) -> timedelta:
    """How long it is from one to the other, on the wall clock of the first."""
    return (end.local if end.is_day or start.is_day else end.on(start.zone)) - start.local
