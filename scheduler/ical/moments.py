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


@dataclass(frozen=True, slots=True)
class Length:
    """How long something lasts (RFC 5545, 3.3.6): days go by the clock on the wall, hours by what goes by."""

    nominal: timedelta = timedelta()
    """Added on the wall clock."""
    exact: timedelta = timedelta()
    """Added to the moment that comes out."""

    @property
    def total(self) -> timedelta:
        """About how long it is, whatever clocks do meanwhile."""
        return self.nominal + self.exact


def moment(line: Property, zones: Zones, of: tzinfo | None = None) -> LocalMoment:
    """A date or a moment; `of` is the zone of one that names none. A whole day has no zone of its own. Raises Odd."""
    parts = _MOMENT.fullmatch(line.value.strip())
    if not parts:
        raise Odd("unreadable")
    named = line.parameters.get("TZID")
    # A second of 60 is the last of its minute.
    clock = re.sub(r"60$", "59", parts[2] or "000000")
    local = datetime.strptime(parts[1] + clock, "%Y%m%d%H%M%S")  # noqa: DTZ007 - the zone stands beside it
    if parts[3]:
        return LocalMoment(local, UTC)  # whatever zone is named beside it
    is_day = parts[2] is None or (clock == "000000" and line.parameters.get("VALUE", "").upper() == "DATE")
    if is_day:
        return LocalMoment(local, zones.of(None), is_day=True)
    return LocalMoment(local, of if of and not named else zones.of(named))


def each(line: Property) -> Iterator[Property]:
    """The dates of a list, one by one."""
    for value in line.value.split(","):
        yield Property(value.strip(), line.parameters)


def period(line: Property, zones: Zones, of: tzinfo | None = None) -> tuple[LocalMoment, Length | None]:
    """A moment of a list, and its own length if it has one. Raises Odd."""
    begins, separator, ends = line.value.partition("/")
    start = moment(Property(begins, line.parameters), zones, of)
    if not separator:
        return start, None
    if ends.strip().upper().startswith(("P", "+P")):
        return start, length(ends)
    return start, length_of(start, moment(Property(ends, line.parameters), zones, start.zone))


def length(text: str) -> Length:
    """A length such as `P1DT1H30M`. Raises Odd."""
    parts = _LENGTH.fullmatch(text.strip().upper())
    if not parts or not any(parts.groups()[1:]):
        raise Odd("unreadable")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in parts.groups()[1:])
    sign = -1 if parts[1] == "-" else 1
    return Length(
        sign * timedelta(weeks=weeks, days=days), sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)
    )


def length_of(start: LocalMoment, end: LocalMoment) -> Length:
    """How long it is from one to the other: exactly, or on the wall clock where one of them is a day (RFC 5545, 3.8.5.3)."""
    if start.is_day or end.is_day:
        return Length(nominal=end.local - start.local)
    begins, ends = (at.local.replace(tzinfo=at.zone).astimezone(UTC) for at in (start, end))
    return Length(exact=ends - begins)
