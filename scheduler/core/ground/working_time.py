"""Workdays with 调休, the blocks of a day, and absences: when people are at work."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.core.ground.intervals import clipped, merged
from scheduler.core.ground.spans import Span, local_days

SATURDAY = 5
_MOMENT = timedelta(microseconds=1)


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
        worked = (sum(part.hours for part in parts) for parts in self._worked(span).values())
        return sum(min(hours, self.day_hours) for hours in worked)

    def is_of_days(self, span: Span) -> bool:
        """Whether something lasts several days, rather than into a night: it has working time on two days at least."""
        return self._touches_days(span) and len(self._worked(span)) > 1

    def taken(self, span: Span) -> tuple[Span, ...]:
        """When something takes its people and its room: all of its time, if it lasts one day; what lasts several takes the
        working blocks of each, workday or not, and leaves lunches, evenings and nights free.
        """
        worked = self._worked(span) if self._touches_days(span) else {}
        return merged(part for parts in worked.values() for part in parts) if len(worked) > 1 else (span,)

    def shared(self, span: Span, other: Span) -> Span | None:
        """The first stretch in which two things would both take somebody or some room, if there is one."""
        if not span.overlaps(other):
            return None
        theirs = self.taken(other)
        both = (part.intersection(taken) for part in self.taken(span) for taken in theirs)
        return next(filter(None, both), None)

    def _touches_days(self, span: Span) -> bool:
        return span.start.astimezone(self.zone).date() != (span.end - _MOMENT).astimezone(self.zone).date()

    def _worked(self, span: Span) -> dict[date, list[Span]]:
        """The parts of a span inside the blocks of each day that has any."""
        days = (day for day, _, _ in local_days(span, self.zone))
        parts = {day: list(clipped((self._block(day, block) for block in self.blocks), span)) for day in days}
        return {day: shared for day, shared in parts.items() if shared}

    def _block(self, day: date, block: tuple[time, time]) -> Span:
        """A block of one day."""
        opens, closes = (datetime.combine(day, end, self.zone) for end in block)
        return Span(opens, closes)

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
