"""Meetings that come round by themselves: every second Wednesday, the third workday of the month, its last Friday."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.sessions.series import monday

MAX_WEEKS = 12
MAX_NTH = 23
"""No month has more workdays."""
LAST = -1
_A_WEEK, _A_MONTH = 7, timedelta(days=31)


class Round(StrEnum):
    """By what it comes round."""

    WEEKS = "weeks"
    """On weekdays of every n-th week."""
    WORKDAY = "workday"
    """On the n-th workday of each month."""
    WEEKDAY = "weekday"
    """On the n-th such weekday of each month."""


class DayOff(StrEnum):
    """What becomes of a day on which nobody works."""

    SKIP = "skip"
    NEXT = "next"
    """The next workday instead."""
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How meetings come round."""

    by: Round
    every: int = 1
    """Every so-manieth week, counted from that of the first day."""
    weekdays: tuple[int, ...] = ()
    """Monday is 0."""
    nth: int = 1
    """`LAST`: the last one."""
    day_off: DayOff = DayOff.SKIP


def days(rhythm: Rhythm, first: date, last: date, time: WorkingTime) -> list[date]:
    """The days within a range on which it comes round, each once and in order."""
    in_range: dict[date, None] = {}
    for day in _regular(rhythm, first, last, time):
        moved = _moved(day, rhythm.day_off, time)
        if moved and first <= moved <= last:
            in_range[moved] = None
    return sorted(in_range)


def _regular(rhythm: Rhythm, first: date, last: date, time: WorkingTime) -> Iterator[date]:
    """The days as the calendar has them, whether anybody works on them or not."""
    if rhythm.by is Round.WEEKS:
        week = monday(first)
        while week <= last:
            yield from (week + timedelta(days=weekday) for weekday in rhythm.weekdays)
            week += timedelta(days=_A_WEEK * rhythm.every)
        return
    month = first.replace(day=1)
    while month <= last:
        after = (month + _A_MONTH).replace(day=1)
        all_days = [month + timedelta(days=number) for number in range((after - month).days)]
        if rhythm.by is Round.WORKDAY:
            yield from _nth([day for day in all_days if time.is_workday(day)], rhythm.nth)
        else:
            for weekday in rhythm.weekdays:
                yield from _nth([day for day in all_days if day.weekday() == weekday], rhythm.nth)
        month = after


def _nth(some: list[date], nth: int) -> list[date]:
    """The n-th of some days, if there are so many."""
    if nth == LAST:
        return some[-1:]
    return some[nth - 1 : nth]


def _moved(day: date, day_off: DayOff, time: WorkingTime) -> date | None:
    """The day itself, or what becomes of it when nobody works on it."""
    if day_off is DayOff.KEEP or time.is_workday(day):
        return day
    if day_off is DayOff.SKIP:
        return None
    return next(time.workdays_between(day, day + _A_MONTH), None)
