"""When people cannot be had: absences of whole days, and people who can be had at certain hours only."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.spans import Span, local_days


def hindering(absences: Iterable[Absence], taken: Sequence[Span], zone: ZoneInfo) -> Absence | None:
    """What keeps one person from what takes these stretches of time, if anything; `absences` are all of that person.

    An absence of whole days hinders on each of its days. Whoever is available only at certain hours can be had
    within any one of the hours that hold on a day. What somebody is busy with elsewhere hinders while it lasts, and is
    told only where nothing else is.
    """
    whole_days, elsewhere = [], []
    for absence in sorted(absences, key=lambda absence: (absence.first, absence.id)):
        if absence.busy is None:
            whole_days.append(absence)
        elif any(absence.busy.overlaps(span) for span in taken):
            elsewhere.append(absence)
    for day, start, end in (part for span in taken for part in local_days(span, zone)):
        on_day = [absence for absence in whole_days if absence.first <= day <= absence.last]
        if whole := next((absence for absence in on_day if not absence.only_weekdays), None):
            return whole
        if on_day and not any(is_available(absence, day, start, end) for absence in on_day):
            return on_day[0]
    return next(iter(elsewhere), None)


def is_available(only: Absence, day: date, start: datetime, end: datetime) -> bool:
    """Whether a part of one day (wall-clock times) lies within the hours somebody can be had at."""
    if day.weekday() not in only.only_weekdays:
        return False
    opens, closes = (datetime.combine(day, clock) for clock in only.hours)
    return opens <= start and end <= closes
