"""Facts that hold from one day to another: reading them on a day, and writing a new one over a part of time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Period:
    """From the day `start` (included) until the day `end` (not included); None is without end on that side."""

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.start >= self.end:
            raise ValueError("A period ends after it starts.")

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share any day."""
        return _begins_before(self, other.end) and _begins_before(other, self.end)


ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class Stretch(Generic[T]):
    """A value for as long as it holds."""

    period: Period
    value: T


@dataclass(frozen=True, slots=True)
class Place:
    """Where a given fact belongs in time: what it writes over, and the version it is compared with."""

    writes: Period
    compared: Period | None
    """None: nothing was known for these days."""


def value_in(stretches: Iterable[Stretch[T]], period: Period) -> T | None:
    """The value that holds in a period which crosses no change; None if nothing holds there."""
    return next((stretch.value for stretch in stretches if stretch.period.overlaps(period)), None)


def value_on(stretches: Iterable[Stretch[T]], day: date) -> T | None:
    """The value that holds on a day; None if nothing does."""
    return next((stretch.value for stretch in stretches if day in stretch.period), None)


def overwrite(stretches: Sequence[Stretch[T]], period: Period, value: T | None) -> tuple[Stretch[T], ...]:
    """The same history with `value` in `period` (None: with nothing there); neighbours that are equal become one."""
    if not stretches:
        return () if value is None else (Stretch(period, value),)
    kept = [Stretch(part, old.value) for old in stretches for part in _without(old.period, period)]
    if value is not None:
        kept.append(Stretch(period, value))
    return _joined(sorted(kept, key=lambda stretch: stretch.period.start or date.min))


def segments(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The time that any of these periods covers, cut wherever one of them begins or ends."""
    all_periods = set(periods)
    starts = {period.start for period in all_periods}
    ends = {period.end for period in all_periods}
    days = sorted({day for day in starts | ends if day})
    edges: list[date | None] = [None, *days, None]
    pieces = (Period(start, end) for start, end in pairwise(edges))
    return tuple(piece for piece in pieces if any(piece.overlaps(period) for period in all_periods))


def place(known: Sequence[Period], valid_from: date | None, today: date) -> Place:
    """Where a fact belongs among the versions that are known (in order, none overlapping).

    Without `valid_from`: since ever if nothing is known; else it corrects the version in force today, or the latest if none is.
    With it: the version in force on that day ends then and the new one takes over for the rest of its time.
    """
    if not known:
        return Place(Period(valid_from, None), None)
    if valid_from is None:
        version = next((period for period in known if today in period), known[-1])
        return Place(version, version)
    version_then = next((period for period in known if valid_from in period), None)
    if version_then:
        return Place(Period(valid_from, version_then.end), version_then)
    later = [period.start for period in known if period.start and period.start > valid_from]
    return Place(Period(valid_from, min(later, default=None)), None)


def _begins_before(period: Period, day: date | None) -> bool:
    return period.start is None or day is None or period.start < day


def _without(period: Period, cut: Period) -> list[Period]:
    """What is left of a period outside of another."""
    if not period.overlaps(cut):
        return [period]
    left = []
    if cut.start and (period.start is None or period.start < cut.start):
        left.append(Period(period.start, cut.start))
    if cut.end and (period.end is None or cut.end < period.end):
        left.append(Period(cut.end, period.end))
    return left


def _joined(stretches: Sequence[Stretch[T]]) -> tuple[Stretch[T], ...]:
    """Neighbours with the same value as one."""
    joined: list[Stretch[T]] = []
    for stretch in stretches:
        last = joined[-1] if joined else None
        if (
            last
            and last.period.end is not None
            and last.period.end == stretch.period.start
            and last.value == stretch.value
        ):
            joined[-1] = Stretch(Period(last.period.start, stretch.period.end), last.value)
        else:
            joined.append(stretch)
    return tuple(joined)
