"""Fewer idle gaps, a few days at a time: where the model of all days is too large, or takes too long to answer.

The talks of one to three days are freed within those days, and the small model is asked for fewer idle gaps than they have. All other
talks stay, so whatever is found keeps to every rule, to the horizon, and to the moves that were settled before.
"""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from ortools.sat.python import cp_model

from scheduler.solver.idle_gap_counts import idle_gaps_by_day
from scheduler.solver.idle_gap_model import IdleGapModel, Limits
from scheduler.solver.instance import Instance
from scheduler.solver.items import SlotChoice, SlotItem
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.search import run
from scheduler.solver.watch import Watch

Choices = Mapping[int, SlotChoice]


class DayByDay:
    """Improves a schedule that is known. Idle gaps must not have to be spread evenly: that would tie all days together."""

    def __init__(
        self, instance: Instance, items: Sequence[SlotItem], choices: Choices, seed: int, watch: Watch
    ) -> None:
        self.instance, self.seed, self.watch = instance, seed, watch
        self.items = {item.talk: item for item in items}
        self.choices = dict(choices)
        self.left = PARAMETERS.idle_gap_days.total_effort
        self._dice = Random(seed)  # noqa: S311 - repeatable dice, no secrets
        self._failed: set[frozenset[int]] = set()
        """Days that no fewer idle gaps were found for as they are."""

    def improve(self, tell: Callable[[Choices, int], None]) -> None:
        """Go on until nothing more is found: single days, then two and three together; each better schedule is told with its idle gaps."""
        for size in range(1, PARAMETERS.idle_gap_days.max_days + 1):
            misses = 0
            while not self._is_over():
                by_day = idle_gaps_by_day(self.instance, self.choices)
                days = self._in_use()
                if misses > PARAMETERS.idle_gap_days.patience * len(days) or len(days) < size or not sum(by_day):
                    break
                chosen = self._chosen(size, days, by_day)
                if chosen not in self._failed and self._improved(chosen):
                    tell(dict(self.choices), sum(idle_gaps_by_day(self.instance, self.choices)))
                    self._failed = {failed for failed in self._failed if not failed & chosen}
                    misses = 0
                else:
                    self._failed.add(chosen)
                    misses += 1

    def _is_over(self) -> bool:
        return self.left <= 0 or self.watch.is_over()

    def _in_use(self) -> list[int]:
        """The days with anything on them."""
        return sorted({self.instance.grid.day_of[choice.start] for choice in self.choices.values()})

    def _chosen(self, size: int, days: Sequence[int], by_day: Sequence[int]) -> frozenset[int]:
        """One day by how many idle gaps it has, and any others."""
        (first,) = self._dice.choices(range(len(by_day)), by_day)
        others = [day for day in days if day != first]
        return frozenset((first, *self._dice.sample(others, size - 1)))

    def _improved(self, days: frozenset[int]) -> bool:
        """Whether these days have fewer idle gaps now: as few as halving finds."""
        had = have = self._idle_gaps_on(days)
        low = 0
        while low < have and not self._is_over():
            most = (low + have - 1) // 2
            if self._ask(days, most):
                have = self._idle_gaps_on(days)
            else:
                low = most + 1
        return have < had

    def _idle_gaps_on(self, days: frozenset[int]) -> int:
        by_day = idle_gaps_by_day(self.instance, self.choices)
        return sum(by_day[day] for day in days)

    def _ask(self, days: frozenset[int], most: int) -> bool:
        """Have a schedule with so many idle gaps at most on these days, if one is found."""
        items = self._freed(days)
        if sum(item.starts.bit_count() for item in items) > PARAMETERS.idle_gap_days.max_starts:
            return False
        cost = None
        if any(item.cost for item in items):
            cost = sum(item.cost.get(self.choices[item.talk].start, 0) for item in items)
        model = IdleGapModel(self.instance, items, Limits(most, cost))
        model.slots.hint([self.choices[t].start for t in range(self.instance.count)])
        outcome = run(
            model.model,
            seed=self.seed,
            watch=self.watch,
            parameters=_parameters(min(PARAMETERS.idle_gap_days.effort, self.left)),
        )
        self.left -= outcome.effort
        if outcome.solution is None:
            return False
        self.choices |= model.slots.choices(outcome.solution)
        return True

    def _freed(self, days: frozenset[int]) -> list[SlotItem]:
        """The talks of these days, each free within them; sessions stay where they are."""
        instance = self.instance
        within = sum(instance.grid.day_masks[day] for day in days)
        there = [t for t, choice in self.choices.items() if within >> choice.start & 1]
        free = {t for t in there if t < instance.talk_count}
        return [
            SlotItem(t, self.items[t].starts & within & self._in_order(t, free), self.items[t].cost)
            if t in free
            else SlotItem(t, 1 << self.choices[t].start)
            for t in there
        ]

    def _in_order(self, t: int, free: set[int]) -> int:
        """The starts of a talk after all that stay before it, and before all that stay after it."""
        instance, mask = self.instance, -1
        for earlier in instance.before[t]:
            if earlier not in free:
                mask &= ~((1 << self.choices[earlier].start + instance.length[earlier]) - 1)
        for later in instance.following[t]:
            if later not in free:
                mask &= (1 << max(0, self.choices[later].start - instance.length[t] + 1)) - 1
        return mask


def _parameters(effort: float) -> cp_model.SatParameters:
    """As for the model of all days."""
    parameters = cp_model.SatParameters()
    parameters.linearization_level = 0
    parameters.symmetry_level = 0
    parameters.max_presolve_iterations = 1
    parameters.max_deterministic_time = effort
    return parameters
