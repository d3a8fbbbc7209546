"""Workdays with 调休, the blocks of a day, and absences: when people are at work."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.core.ground.spans import Span

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Workday:
    """What the table says of one day, and why (端午节, 劳动节调休上班 …)."""

    is_workday: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The workday table, the daily blocks and the zone of an organisation.

    A day that the table does not name is a workday from Monday to Friday. A year is published when the table
    has data for it; for other years the answer is a guess and bookings say so.
    """

    zone: ZoneInfo
    days: Mapping[date, Workday] = field(default_factory=dict)
    published_years: frozenset[int] = frozenset()
    blocks: tuple[tuple[time, time], ...] = ((time(8, 30), time(11, 30)), (time(13, 30), time(17, 30)))
    lunch: tuple[time, time] | None = (time(11, 30), time(13, 30))
    day_hours: float = 7

    def is_workday(self, day: date) -> bool:
        """Whether people work on this day."""
        named = self.days.get(day)
        return named.is_workday if named else day.weekday() < SATURDAY

    def note(self, day: date) -> str:
        """What the table says of this day; empty if nothing."""
        named = self.days.get(day)
        return named.note if named else ""

    def is_published(self, year: int) -> bool:
        """Whether the holidays of a year are known."""
        return year in self.published_years

    def hours_of(self, span: Span) -> float:
        """How many hours of work a session takes: its minutes inside the blocks of every calendar day it touches,
        holiday or not, at most `day_hours` a day. Lunch and nights do not count (contract 7).
        """
        first, last = (moment.astimezone(self.zone).date() for moment in (span.start, span.end))
        days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
        return sum(min(self._hours_on(day, span), self.day_hours) for day in days)

    def _hours_on(self, day: date, span: Span) -> float:
        """The hours of a span inside the blocks of one day."""
        blocks = (Span(*(datetime.combine(day, end, self.zone) for end in block)) for block in self.blocks)
        return sum(shared.hours for block in blocks if (shared := block.intersection(span)))

    def workdays_before(self, day: date, count: int) -> date:
        """The workday that lies `count` workdays before `day` (`day` itself is not counted; 0 gives `day`)."""
        while count > 0:
            day -= timedelta(days=1)
            count -= self.is_workday(day)
        return day

    def workdays_between(self, first: date, last: date) -> Iterator[date]:
        """The workdays of a range, both ends included."""
        for offset in range((last - first).days + 1):
            if self.is_workday(day := first + timedelta(days=offset)):
                yield day
