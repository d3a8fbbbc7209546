"""Intervals of anything that has an order (moments, days, minutes), and all that compares, cuts and joins them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Protocol, Self, TypeVar


class Ordered(Protocol):
    """What can be earlier or later than its like."""

    def __lt__(self, other: Any, /) -> bool: ...  # each kind has its own word for its like


T = TypeVar("T", bound=Ordered | None)
Whole = TypeVar("Whole", bound="Interval[Any]")


@dataclass(frozen=True, slots=True, order=True)
class Interval(Generic[T]):
    """From `start` until `end`, which is no part of it; None (for kinds that have it) is without end on that side."""

    start: T
    end: T

    def __post_init__(self) -> None:
        if not _is_before(self.start, self.end):
            raise ValueError("An interval ends after it starts.")

    def __contains__(self, point: Ordered) -> bool:
        return (self.start is None or not point < self.start) and _is_before(point, self.end)

    def starts_before(self, other: Self) -> bool:
        """Whether it starts first."""
        return other.start is not None and (self.start is None or self.start < other.start)

    def ends_before(self, other: Self) -> bool:
        """Whether it is over first."""
        return self.end is not None and (other.end is None or self.end < other.end)

    def overlaps(self, other: Self) -> bool:
        """Whether the two share anything. Touching ends do not."""
        return _is_before(self.start, other.end) and _is_before(other.start, self.end)

    def contains(self, other: Self) -> bool:
        """Whether the other lies wholly inside."""
        return not other.starts_before(self) and not self.ends_before(other)

    def intersection(self, other: Self) -> Self | None:
        """What both share, if anything."""
        if not self.overlaps(other):
            return None
        later, sooner = other if self.starts_before(other) else self, self if self.ends_before(other) else other
        return type(self)(later.start, sooner.end)

    def without(self, cuts: Iterable[Self]) -> Iterator[Self]:
        """What is left when these are cut out, in order."""
        rest = self
        for cut in sorted(cuts, key=_start):
            if not cut.overlaps(rest):
                continue
            if rest.starts_before(cut):
                yield type(self)(rest.start, cut.start)
            if not cut.ends_before(rest):
                return
            rest = type(self)(cut.end, rest.end)
        yield rest


def merged(intervals: Iterable[Whole], *, even_touching: bool = True) -> tuple[Whole, ...]:
    """The same in as few intervals as possible, in order; those that only touch may be left apart."""
    union: list[Whole] = []
    for interval in sorted(intervals, key=_start):
        last = union[-1] if union else None
        if last is None or not (last.overlaps(interval) or (even_touching and last.end == interval.start)):
            union.append(interval)
        elif last.ends_before(interval):
            union[-1] = type(last)(last.start, interval.end)
    return tuple(union)


def clipped(intervals: Iterable[Whole], whole: Whole) -> Iterator[Whole]:
    """The parts that lie inside a whole."""
    return (part for interval in intervals if (part := interval.intersection(whole)))


def hull(intervals: Collection[Whole]) -> Whole:
    """The shortest interval that all of these lie in; at least one is given."""
    first, last = min(intervals, key=_start), max(intervals, key=_end)
    return type(first)(first.start, last.end)


def _is_before(start: Ordered | None, end: Ordered | None) -> bool:
    return start is None or end is None or start < end


def _start(interval: Interval[Any]) -> tuple[bool, Any]:
    """What orders intervals by their starts: since ever comes first."""
    return interval.start is not None, interval.start


def _end(interval: Interval[Any]) -> tuple[bool, Any]:
    """What orders intervals by their ends: without end comes last."""
    return interval.end is None, interval.end
