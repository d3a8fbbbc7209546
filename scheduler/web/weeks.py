"""A week as a table: its days, what stands on them before and after noon, what is only proposed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scheduler.web import facts

NOON = 12
DAYS = 7


@dataclass(frozen=True, slots=True)
class Line:
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
    remark: str = ""
    """What is to be said besides: that it is a draft, that it would leave."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week: its bookings before and after noon."""

    day: date
    is_workday: bool
    note: str
    morning: list[Line]
    afternoon: list[Line]


def week_of(monday: date, entries: Iterable[tuple[datetime, Line]]) -> list[Day]:
    """The seven days from a Monday on, each entry at the day and the half of it in which it starts, by time."""
    table = facts.working_time()
    found = sorted(entries, key=lambda entry: entry[0])
    return [
        Day(
            on,
            table.is_workday(on),
            facts.note_of(table, on),
            [line for start, line in found if start.date() == on and start.hour < NOON],
            [line for start, line in found if start.date() == on and start.hour >= NOON],
        )
        for on in (monday + timedelta(days=number) for number in range(DAYS))
    ]
