"""Facts that hold from one day to another: reading them on a day, and writing a new one over a part of time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Generic, TypeVar

from scheduler.core.ground.intervals import Interval

T = TypeVar("T")


class Validity(Interval[date | None]):
    """From the day `start` (included) until the day `end` (not included); None is without end on that side."""

    __slots__ = ()


ALWAYS = Validity(None, None)


@dataclass(frozen=True, slots=True)
class Version(Generic[T]):
    """A value for as long as it holds."""

    period: Validity
    value: T


@dataclass(frozen=True, slots=True)
class VersionPlace:
    """Where a given fact belongs in time: what it writes over, and the version it is compared with."""

    writes: Validity
    compared: Validity | None
    """None: nothing was known for these days."""


def value_in(versions: Iterable[Version[T]], period: Validity) -> T | None:
    """The value that holds in a period which crosses no change; None if nothing holds there."""
    return next((version.value for version in versions if version.period.overlaps(period)), None)


def value_on(versions: Iterable[Version[T]], day: date) -> T | None:
    """The value that holds on a day; None if nothing does."""
    return next((version.value for version in versions if day in version.period), None)


def overwrite(versions: Sequence[Version[T]], period: Validity, value: T | None) -> tuple[Version[T], ...]:
    """The same history with `value` in `period` (None: with nothing there); neighbours that are equal become one."""
    if not versions:
        return () if value is None else (Version(period, value),)
    kept = [Version(part, old.value) for old in versions for part in old.period.without([period])]
    if value is not None:
        kept.append(Version(period, value))
    return _joined(sorted(kept, key=lambda version: version.period.start or date.min))


def segments(periods: Iterable[Validity]) -> tuple[Validity, ...]:
    """The time that any of these periods covers, cut wherever one of them begins or ends."""
    all_periods = set(periods)
    starts = {period.start for period in all_periods}
    ends = {period.end for period in all_periods}
    days = sorted({day for day in starts | ends if day})
    edges: list[date | None] = [None, *days, None]
    pieces = (Validity(start, end) for start, end in pairwise(edges))
    return tuple(piece for piece in pieces if any(piece.overlaps(period) for period in all_periods))


def place(versions: Sequence[Validity], valid_from: date | None, today: date) -> VersionPlace:
    """Where a fact belongs among the versions that are known (in order, none overlapping).

    Without `valid_from`: since ever if nothing is known; else it corrects the version in force today, or the latest if none is.
    With it: the version in force on that day ends then and the new one takes over for the rest of its time.
    """
    if not versions:
        return VersionPlace(Validity(valid_from, None), None)
    if valid_from is None:
        version = next((period for period in versions if today in period), versions[-1])
        return VersionPlace(version, version)
    version_then = next((period for period in versions if valid_from in period), None)
    if version_then:
        return VersionPlace(Validity(valid_from, version_then.end), version_then)
    later = [period.start for period in versions if period.start and period.start > valid_from]
    return VersionPlace(Validity(valid_from, min(later, default=None)), None)


def _joined(versions: Sequence[Version[T]]) -> tuple[Version[T], ...]:
    """Neighbours with the same value as one."""
    joined: list[Version[T]] = []
    for version in versions:
        last = joined[-1] if joined else None
        if (
            last
            and last.period.end is not None
            and last.period.end == version.period.start
            and last.value == version.value
        ):
            joined[-1] = Version(Validity(last.period.start, version.period.end), last.value)
        else:
            joined.append(version)
    return tuple(joined)
