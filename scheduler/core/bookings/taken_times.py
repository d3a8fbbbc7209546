"""When some people cannot be had, as one set of stretches: it tells neither who of them nor why."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.spans import Span, coarse, local_days

STEP = 30
"""Minutes: to people who may not see whose bookings these are, times are told by half hours that are touched."""


def told(spans: Iterable[Span], zone: ZoneInfo, *, exactly: bool) -> list[Span]:
    """Times that are taken, as they are told."""
    return list(spans) if exactly else [coarse(span, STEP, zone) for span in spans]


def away(absences: Iterable[Absence], stretch: Span, zone: ZoneInfo) -> Iterator[Span]:
    """When one person cannot be had within a stretch; `absences` are all of that person, read as `absences.hindering` does."""
    listed = list(absences)
    for absence in listed:
        if absence.busy:
            yield absence.busy
    for day, start, end in local_days(stretch, zone):
        on_day = [absence for absence in listed if absence.busy is None and absence.first <= day <= absence.last]
        if not on_day:
            continue
        whole = Span(start.replace(tzinfo=zone), end.replace(tzinfo=zone))
        if all(absence.only_weekdays for absence in on_day):
            hours = [_hours(absence, whole.start, zone) for absence in on_day if day.weekday() in absence.only_weekdays]
            yield from whole.without(hours)
        else:
            yield whole


def _hours(only: Absence, day: datetime, zone: ZoneInfo) -> Span:
    """The hours of a day at which somebody can be had."""
    opens, closes = only.hours
    return Span(datetime.combine(day, opens, zone), datetime.combine(day, closes, zone))
