"""The grid of an arrangement, and who is free when on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from scheduler.core.arranging.facts import PlanningReach
from scheduler.core.plans.grid import Grid, runs
from scheduler.core.plans.problems import PlanProblem, Stretch


@dataclass(frozen=True, slots=True)
class PlanCalendar:
    """Working time in steps, and what is busy in it."""

    grid: Grid
    days: tuple[date, ...]
    busy: Mapping[str, Sequence[Stretch]]
    """Of people."""
    _free: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        reach: PlanningReach,
        blocks: tuple[tuple[int, int], ...],
        minutes: int,
        busy: Mapping[str, Sequence[Stretch]],
    ) -> "PlanCalendar":
        """The calendar of some days with steps of so many minutes."""
        return cls(Grid.of(PlanProblem(minutes, reach.days, blocks, (), (), ())), reach.days, busy)

    def steps(self, minutes: int) -> int:
        """How many steps so many minutes take."""
        return -(-minutes // self.grid.minutes)

    def free(self, person: str) -> int:
        """The steps in which nothing keeps a person."""
        if person not in self._free:
            self._free[person] = self.grid.all & ~self.grid.touched(self.busy.get(person, ()))
        return self._free[person]

    def starts(self, length: int, window: Stretch) -> int:
        """The steps at which a talk of so many steps can start within a window, whoever is in it."""
        opens, closes = window
        mask = 0
        for step, start in enumerate(self.grid.starts):
            if opens <= start and start + length * self.grid.minutes <= closes:
                mask |= 1 << step
        return mask & self.grid.startable(length)

    def common_starts(self, people: Iterable[str], pool: Sequence[str], length: int, window: Stretch) -> int:
        """The steps at which these people, and somebody of a pool unless it is empty, can start within a window."""
        mask = self.starts(length, window)
        for person in people:
            mask &= runs(self.free(person), length)
        if not pool:
            return mask
        anybody = 0
        for person in pool:
            anybody |= runs(self.free(person), length)
        return mask & anybody

    def days_of(self, mask: int) -> list[date]:
        """The days of these steps."""
        return [day for day, steps in zip(self.days, self.grid.day_masks, strict=True) if steps & mask]
