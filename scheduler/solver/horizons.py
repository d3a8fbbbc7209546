"""Done soonest: the smallest horizon by which all talks can be over, with the proof as far as there is one.

In this order: at the bound itself by ejection, which is a proof when it succeeds; then the smallest horizon that ejection reaches;
then, where the model is small enough, exact decisions from the bound upwards, each of which either ends the search or raises the bound.
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
    """A schedule that is over by `horizon` (None: none was found), and that none is over before `bound`."""

    schedule: Schedule | None
    horizon: int
    bound: int
    why: Finding | None


class HorizonSearch:
    """The search for the smallest horizon of an instance."""

    def __init__(self, instance: Instance, seed: int, watch: Watch, tell: Callable[[Schedule, int], None]) -> None:
        self.instance, self.seed, self.watch, self.tell = instance, seed, watch, tell
        self.best: Schedule | None = None
        self.partial: Schedule | None = None
        """What ejection had placed when it last gave up."""
        self.horizon = instance.grid.count + 1

    def soonest(self, initial: Schedule | None = None) -> Soonest:
        """The best that is found until everything is proven, or the watch says stop; `initial` is a schedule to begin with."""
        bound = bounds.lowest(self.instance)
        if initial:
            self._keep(initial, makespan(self.instance, initial))
        elif bound.horizon > self.instance.grid.count:
            return Soonest(None, self.horizon, bound.horizon, bound.why)
        if self.horizon > bound.horizon and not self._tried(
            bound.horizon, is_thorough=self.instance.choices(bound.horizon) <= PARAMETERS.horizons.max_thorough_starts
        ):
            self._gallop(bound.horizon)
            bound = self._close(bound) if self.best else bound
        return Soonest(self.best, self.horizon, bound.horizon, bound.why)

    def _tried(self, horizon: int, *, is_thorough: bool = False) -> bool:
        """Whether ejection finds a schedule that is over by a horizon; then it is the best so far."""
        schedule = opened(self.instance)
        talks = (t for t in range(self.instance.talk_count) if schedule.start[t] < 0)
        left = construct(schedule, by_need(self.instance, talks, horizon), horizon)
        ejection = Ejection(schedule, self.seed, pinned(self.instance))
        left = ejection.run(left, horizon, steps_worth(self.instance, horizon, is_thorough=is_thorough), self.watch)
        if left or not fairness.is_whole(schedule):
            self.partial = schedule
            return False
        self._keep(schedule, horizon)
        return True

    def _keep(self, schedule: Schedule, horizon: int) -> None:
        self.best, self.horizon = schedule, horizon
        self.tell(schedule, horizon)

    def _gallop(self, low: int) -> None:
        """Some horizon that ejection reaches, by growing steps, then the smallest by halving."""
        step, failed = 1, low
        while self.best is None and failed < self.instance.grid.count and not self.watch.is_over():
            horizon = min(failed + step, self.instance.grid.count)
            if not self._tried(horizon):
                failed, step = horizon, step * 2
        while self.best and self.horizon - failed > 1 and not self.watch.is_over():
            middle = (failed + self.horizon) // 2
            failed = failed if self._tried(middle) else middle

    def _close(self, bound: bounds.Bound) -> bounds.Bound:
        """Raise the bound by exact decisions, until one of them finds a schedule, or says nothing; then lower the horizon."""
        bound = self._raise(bound)
        while bound.horizon < self.horizon and not self.watch.is_over():
            if not self._tried(self.horizon - 1, is_thorough=True):
                break
        return bound

    def _raise(self, bound: bounds.Bound) -> bounds.Bound:
        """Raise the bound by exact decisions, as long as they say something."""
        while bound.horizon < self.horizon and not self.watch.is_over():
            decided = self._decided(bound.horizon)
            if decided is None or not (decided.is_impossible or decided.choices):
                break
            if decided.is_impossible:
                bound = bounds.Bound(bound.horizon + 1, bounds.tried_all(self.instance, bound.horizon))
        return bound

    def _decided(self, horizon: int) -> "decisions.Decision | None":
        """What exact search says of a horizon; None: the model would be too large."""
        instance = self.instance
        items = [SlotItem(t, instance.starts(t, horizon)) for t in range(instance.count)]
        if sum(item.starts.bit_count() for item in items) > PARAMETERS.horizons.max_starts:
            return None
        from scheduler.solver import decisions

        patience = decisions.Patience(self.seed, PARAMETERS.horizons.effort, self.watch)
        answer = decisions.answer(instance, items, patience, hint=self.best.start if self.best else None, is_fair=True)
        if answer.choices:
            self._keep(answer.schedule(instance), horizon)
        return answer
