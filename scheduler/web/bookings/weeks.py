"""Days as a table: the days of a week, what stands on them before and after noon, what is only proposed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scheduler.web.page import facts

NOON = 12
DAYS = 7


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A booking as a list or the week shows it."""

    href: str
    name: str
    kind: str
    kind_shown: str
    when: str
    hours: str
    where: str
    who: str
    state: str
    is_talk: bool
    state_shown: bool
    id: str = ""
    remark: str = ""
    """What is to be said besides: that it is a draft, that it would leave."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week: its bookings before and after noon."""

    day: date
    is_workday: bool
    note: str
    morning: list[WeekLine]
    afternoon: list[WeekLine]


def week_of(monday: date, entries: Iterable[tuple[datetime, WeekLine]]) -> list[Day]:
    """The seven days from a Monday on."""
    return days_from(monday, monday + timedelta(days=DAYS - 1), entries)


def days_from(first: date, last: date, entries: Iterable[tuple[datetime, WeekLine]]) -> list[Day]:
    """The days of a range, each entry at the day and the half of it in which it starts, by time."""
    table = facts.working_time()
    by_day: dict[date, list[tuple[datetime, WeekLine]]] = {}
    for start, line in sorted(entries, key=lambda entry: entry[0]):
        by_day.setdefault(start.date(), []).append((start, line))
    return [
        Day(
            on,
            table.is_workday(on),
            facts.note_of(table, on),
            [line for start, line in by_day.get(on, ()) if start.hour < NOON],
            [line for start, line in by_day.get(on, ()) if start.hour >= NOON],
        )
        for on in (first + timedelta(days=number) for number in range((last - first).days + 1))
    ]
