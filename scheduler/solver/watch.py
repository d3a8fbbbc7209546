"""When to stop solving, and what is told meanwhile."""

import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from scheduler.core.plans.placements import Plan
from scheduler.core.plans.problems import Goal

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """News while solving."""

    seconds: float
    placed: int
    of: int
    values: Mapping[Goal, int]
    bounds: Mapping[Goal, int]
    plan: Plan | None = None
    """The best so far, when it is better than the last one told."""


class Watch:
    """Says when to stop: at a deadline so many seconds from now, or when told to, from any thread or signal handler."""

    def __init__(self, seconds: float | None = None) -> None:
        self._began = time.monotonic()
        self._ends = None if seconds is None else self._began + seconds
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Stop as soon as can be."""
        self._stopped.set()

    def reserve(self, seconds: float) -> float:
        """Be over so much earlier than at the deadline, but no earlier than half-way: something is to be done at the end.

        What is kept so can be given back.
        """
        if self._ends is None:
            return 0.0
        kept = min(seconds, self.left() / 2)
        self._ends -= kept
        return kept

    def give_back(self, seconds: float) -> None:
        """Be over so much later: it was reserved, and is not needed or needed now."""
        if self._ends is not None:
            self._ends += seconds

    def is_over(self, grace: float = 0.0) -> bool:
        """Whether to stop: told to, or so many seconds after the end."""
        return self._stopped.is_set() or (self._ends is not None and time.monotonic() >= self._ends + grace)

    def in_time(self, items: Iterable[T], look_every: int) -> Iterator[T]:
        """The items one by one, until the watch is over; it is looked at after every so many."""
        for number, item in enumerate(items, start=1):
            yield item
            if number % look_every == 0 and self.is_over():
                return

    def left(self) -> float:
        """Seconds left: infinite without a deadline, 0 once stopped."""
        if self._stopped.is_set():
            return 0.0
        return float("inf") if self._ends is None else max(0.0, self._ends - time.monotonic())

    def seconds(self) -> float:
        """Seconds gone by."""
        return time.monotonic() - self._began
