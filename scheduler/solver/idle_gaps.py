"""The fewest idle gaps: asks for schedules with at most so many, from below and from above, until both meet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ortools.sat.python import cp_model

from scheduler.solver.idle_gap_bounds import idle_gaps_lower_bound
from scheduler.solver.idle_gap_counts import idle_gaps_by_person, is_fair
from scheduler.solver.idle_gap_days import DayByDay
from scheduler.solver.idle_gap_model import IdleGapModel, Limits, max_idle_gaps
from scheduler.solver.instance import Instance
from scheduler.solver.items import SlotChoice, SlotItem
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.search import run
from scheduler.solver.watch import Watch


@dataclass(frozen=True, slots=True)
class IdleGapResult:
    """What is known about the fewest idle gaps."""

    choices: Mapping[int, SlotChoice] = field(default_factory=dict)
    """Where the items go: the best known."""
    value: int | None = None
    """The idle gaps it has; None if no schedule is known."""
    bound: int = 0
    """No schedule has fewer."""
    is_impossible: bool = False
    """Proven that the items cannot all be placed within the limits."""

    @property
    def is_proven(self) -> bool:
        """Whether nothing is left to be found out."""
        return self.is_impossible or self.value == self.bound


@dataclass(frozen=True, slots=True)
class IdleGapProblem:
    """What is to be scheduled: all these items, at what cost at most, and where they could go to begin with."""

    instance: Instance
    items: Sequence[SlotItem]
    """Each with the starts it may have; what the settled goals rule out is left out of them."""
    max_cost: int | None = None
    """At most so much may the starts cost, all together."""
    initial: Mapping[int, SlotChoice] | None = None
    """A schedule within these limits."""


def fewest_idle_gaps(
    problem: IdleGapProblem,
    *,
    seed: int = 1,
    watch: Watch | None = None,
    tell: Callable[[IdleGapResult], None] = lambda _: None,
    effort: float = PARAMETERS.idle_gaps.first_effort,
) -> IdleGapResult:
    """The schedule of all items with the fewest idle gaps, fairly spread, or the best one known when the watch is over.

    Each better one is told, and so is each better bound. The same seed gives the same schedule, unless time runs out.
    `effort`: what a question is given in the first round, in deterministic seconds.
    """
    hunt = _Hunt(problem, seed, watch or Watch(), tell)
    hunt.begin()
    if sum(item.starts.bit_count() for item in problem.items) <= PARAMETERS.idle_gaps.max_starts:
        hunt.go_on(effort)
    else:
        hunt.day_by_day()
    return hunt.best


class _Hunt:
    """The best schedule and the bound, closing in on each other."""

    def __init__(self, problem: IdleGapProblem, seed: int, watch: Watch, tell: Callable[[IdleGapResult], None]) -> None:
        self.problem, self.watch, self.tell = problem, watch, tell
        self.best = IdleGapResult()
        self._seed = seed
        self._day_by_day: int | None = None
        """The idle gaps that were left when nothing more was to be had a few days at a time."""
        self._most = sum(max_idle_gaps(problem.instance, problem.items))

    @property
    def ceiling(self) -> int:
        """The most idle gaps that are still worth asking for."""
        return self._most if self.best.value is None else self.best.value - 1

    def begin(self) -> None:
        """Take the schedule that is known, if it is fair, and the bound that comes for free."""
        if self.problem.initial is not None:
            idle_gaps = idle_gaps_by_person(self.problem.instance, self.problem.initial)
            if is_fair(self.problem.instance, idle_gaps):
                self._keep(IdleGapResult(self.problem.initial, sum(idle_gaps)))
        if not self._is_over():
            least = idle_gaps_lower_bound(self.problem.instance, self.problem.items, self._seed, self.watch)
            self._rise(self._most + 1 if least is None else least)

    def go_on(self, effort: float) -> None:
        """Ask until the two meet: each round from below first, then between, with more patience than the round before."""
        while not self._is_over():
            self.day_by_day()
            self._climb(effort)
            self._halve(effort)
            effort *= 4

    def day_by_day(self) -> None:
        """Improve what is known a few days at a time, where that is another question than that of all days."""
        problem, choices = self.problem, self.best.choices
        days = {problem.instance.grid.day_of[choice.start] for choice in choices.values()}
        is_tied = len(days) <= 1 or problem.instance.problem.max_break_difference is not None
        if is_tied or self._is_over() or self.best.value == self._day_by_day:
            return
        DayByDay(problem.instance, problem.items, choices, self._seed, self.watch).improve(
            lambda choices, value: self._keep(IdleGapResult(choices, value, self.best.bound))
        )
        self._day_by_day = self.best.value

    def _climb(self, effort: float) -> None:
        """Ask for the bound itself, then with strides that double, until there is a schedule, or no answer though one is known."""
        stride, before = 0, self.best.value
        while not self._is_over() and self.best.value == before:
            most = min(self.best.bound + stride, self.ceiling)
            is_unknown = self._ask(most, effort) is None
            if is_unknown and (before is not None or most >= self.ceiling):
                break
            stride = 2 * stride + 1

    def _halve(self, effort: float) -> None:
        """Ask for half-way between the bound and the best, each time nearer to the best where there is no answer."""
        low = self.best.bound
        while not self._is_over() and self.best.value is not None and low < self.best.value:
            most = (low + self.best.value - 1) // 2
            low = low if self._ask(most, effort) else most + 1

    def _ask(self, most: int, effort: float) -> bool | None:
        """Whether there is a schedule with so many idle gaps at most; None: not known."""
        problem = self.problem
        model = IdleGapModel(problem.instance, problem.items, Limits(most, problem.max_cost))
        outcome = run(model.model, seed=self._seed, watch=self.watch, parameters=_parameters(most, effort))
        if outcome.is_impossible:
            self._rise(most + 1)
            return False
        if outcome.solution is None:
            return None
        choices = model.slots.choices(outcome.solution)
        value = sum(idle_gaps_by_person(problem.instance, choices))
        self._keep(IdleGapResult(choices, value, self.best.bound))
        return True

    def _rise(self, bound: int) -> None:
        """Know a better bound. When it is more than there can be at all, there is no schedule."""
        if bound > self.best.bound:
            self._keep(replace(self.best, bound=bound, is_impossible=bound > self._most))

    def _keep(self, best: IdleGapResult) -> None:
        self.best = best
        self.tell(best)

    def _is_over(self) -> bool:
        return self.best.is_proven or self.watch.is_over()


def _parameters(most: int, effort: float) -> cp_model.SatParameters:
    """What was measured to answer fastest: no linear programs, no symmetries, and simplifying twice only where no idle gap at all
    is asked for, as that often leaves nothing to be searched."""
    parameters = cp_model.SatParameters()
    parameters.linearization_level = 0
    parameters.symmetry_level = 0
    if most:
        parameters.max_presolve_iterations = 1
    parameters.max_deterministic_time = effort
    return parameters
