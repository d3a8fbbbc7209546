"""Done soonest: the smallest horizon by which all talks can be over, with the proof as far as there is one.

In this order: at the bound itself by a little ejection, which is a proof when it succeeds; then the smallest horizon that a little of it
reaches; then more of it at the bound; then, where the model is small enough, exact decisions from the bound upwards, each of which either ends the search or raises the bound.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.core.ground.findings import Finding
from scheduler.solver import bounds, fairness
from scheduler.solver.answers import makespan
from scheduler.solver.ejection import Ejection, construct, steps_worth
from scheduler.solver.instance import Instance
from scheduler.solver.items import SlotItem
from scheduler.solver.openings import by_need, opened, pinned
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.schedule import Schedule
from scheduler.solver.watch import Watch

if TYPE_CHECKING:  # OR-Tools is loaded when it is needed, and not before
    from scheduler.solver import decisions


@dataclass(frozen=True, slots=True)
class Soonest:
    """A schedule that is over by `horizon`, and that none is over before `bound`."""

    schedule: Schedule
    horizon: int
    bound: int
    why: Finding | None


class HorizonSearch:
    """The search for the smallest horizon of an instance."""

    def __init__(self, instance: Instance, seed: int, watch: Watch, tell: Callable[[Schedule, int], None]) -> None:
        self.instance, self.seed, self.watch, self.tell = instance, seed, watch, tell
        self.best = Schedule(instance)
        self.horizon = instance.grid.count + 1
        self.bound = bounds.Bound(0)

    def soonest(self, initial: Schedule) -> Soonest:
        """The best that is found until everything is proven, or the watch says stop; `initial` has a place for everything."""
        self.bound = bounds.lowest(self.instance, self.watch)
        self.best, self.horizon = initial, makespan(self.instance, initial)
        low = self.bound.horizon
        if self.horizon > low and not self.watch.is_over() and not self._tried(low):
            self._halve(low)
            if self.instance.choices(low) > PARAMETERS.horizons.max_thorough_starts or not self._tried(
                low, is_thorough=True
            ):
                self._close()
        return Soonest(self.best, self.horizon, self.bound.horizon, self.bound.why)

    def _tried(self, horizon: int, *, is_thorough: bool = False) -> bool:
        """Whether ejection finds a schedule that is over by a horizon; then it is the best so far."""
        schedule = opened(self.instance)
        talks = (t for t in range(self.instance.talk_count) if schedule.start[t] < 0)
        left = construct(schedule, by_need(self.instance, talks, horizon), horizon, self.watch.is_over)
        ejection = Ejection(schedule, self.seed, pinned(self.instance))
        left = ejection.run(left, horizon, steps_worth(self.instance, horizon, is_thorough=is_thorough), self.watch)
        if left or not fairness.is_whole(schedule):
            return False
        self._keep(schedule)
        return True

    def _keep(self, schedule: Schedule) -> None:
        self.best, self.horizon = schedule, makespan(self.instance, schedule)
        self.tell(schedule, self.horizon)

    def _halve(self, failed: int) -> None:
        """The smallest horizon that ejection reaches, by halving."""
        while self.horizon - failed > 1 and not self.watch.is_over():
            middle = (failed + self.horizon) // 2
            failed = failed if self._tried(middle) else middle

    def _close(self) -> None:
        """Raise the bound by exact decisions, until one of them finds a schedule, or says nothing; then lower the horizon."""
        self._raise()
        while self.bound.horizon < self.horizon and not self.watch.is_over():
            if not self._tried(self.horizon - 1, is_thorough=True):
                break

    def _raise(self) -> None:
        """Raise the bound by exact decisions, as long as they say something."""
        while self.bound.horizon < self.horizon and not self.watch.is_over():
            horizon = self.bound.horizon
            decided = self._decided(horizon)
            if decided is None or not (decided.is_impossible or decided.choices):
                break
            if decided.is_impossible:
                self.bound = bounds.Bound(horizon + 1, bounds.tried_all(self.instance, horizon))

    def _decided(self, horizon: int) -> "decisions.Decision | None":
        """What exact search says of a horizon; None: the model would be too large."""
        instance = self.instance
        if instance.size(horizon) > PARAMETERS.horizons.max_starts:
            return None
        items = [SlotItem(t, instance.starts(t, horizon)) for t in range(instance.count)]
        from scheduler.solver import decisions

        patience = decisions.Patience(self.seed, PARAMETERS.horizons.effort, self.watch)
        hint = self.best.start
        answer = decisions.answer(instance, items, patience, hint=hint, is_fair=True, is_doubtful=True)
        if answer.choices:
            self._keep(answer.schedule(instance))
        return answer
