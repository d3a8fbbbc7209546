"""A place for every talk if there is one; else for as many as can be, weighed by priority, with a proof where it is had."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.problems import PlanProblem
from scheduler.solver import bounds, fairness
from scheduler.solver.ejection import Ejection, construct, steps_worth
from scheduler.solver.instance import Instance
from scheduler.solver.items import SlotItem
from scheduler.solver.openings import by_need, opened, pinned
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.schedule import Schedule
from scheduler.solver.watch import Watch


@dataclass(frozen=True, slots=True)
class Placed:
    """A schedule, and what is proven: so much weight at least has no place, and why."""

    schedule: Schedule
    bound: int
    why: Finding | None

    @property
    def is_complete(self) -> bool:
        """Whether everything has a place."""
        return all(start >= 0 for start in self.schedule.start)

    @property
    def has_all_sessions(self) -> bool:
        """Whether every session has a window."""
        return all(self.schedule.start[t] >= 0 for t in self.schedule.instance.sessions)


def placed(instance: Instance, seed: int, watch: Watch, partial: Schedule | None = None) -> Placed:
    """As many talks as can be, weighed by their priority; `partial` is taken as it is where there is no time for more."""
    if partial and watch.is_over():
        return Placed(fairness.thinned(partial), 0, None)
    schedule = _by_ejection(instance, seed, watch)
    if fairness.is_whole(schedule):
        return Placed(schedule, 0, None)
    why = next(bounds.against(instance, instance.grid.count), None)
    best = _exactly(instance, schedule, why, seed, watch)
    return best or Placed(fairness.thinned(schedule), min(instance.weight[: instance.talk_count]) if why else 0, why)


def _exactly(instance: Instance, initial: Schedule, why: Finding | None, seed: int, watch: Watch) -> Placed | None:
    """The least weight without a place by CP-SAT; None if the model would be too large, or it finds nothing in time."""
    starts = [instance.starts(t, instance.grid.count) for t in range(instance.count)]
    is_any_fair = instance.problem.max_break_difference is None
    most = PARAMETERS.placing.max_starts if is_any_fair else PARAMETERS.placing.max_fair_starts
    if sum(mask.bit_count() for mask in starts) > most or watch.is_over():
        return None
    unit = 1 + instance.talk_count  # more weight is worse than any number of talks that weigh nothing
    prices = [1 + unit * weight for weight in instance.weight[: instance.talk_count]]
    dearest = 1 + sum(prices)  # a session without a window is worse than any number of talks
    prices += [dearest for _ in instance.sessions]
    from scheduler.solver import decisions

    items = [SlotItem(t, mask, let_go=prices[t]) for t, mask in enumerate(starts)]
    patience = decisions.Patience(seed, PARAMETERS.placing.effort, watch)
    answer = decisions.answer(instance, items, patience, hint=initial.start, is_fair=True)
    if answer.choices is None:
        return None
    if answer.bound and why is None:
        why = bounds.tried_all(instance, instance.grid.count)
    # What is not proven of the sessions says nothing of the talks.
    proven = answer.bound - answer.cost // dearest * dearest
    return Placed(answer.schedule(instance), max(0, proven) // unit, why)


def reduced(problem: PlanProblem, kept: Collection[str]) -> PlanProblem:
    """The problem with these talks only."""
    talks = tuple(
        replace(talk, after=tuple(earlier for earlier in talk.after if earlier in kept))
        for talk in problem.talks
        if talk.id in kept
    )
    return replace(problem, talks=talks)


def _by_ejection(instance: Instance, seed: int, watch: Watch) -> Schedule:
    """Everything that greedy construction and ejection find a place for, and the best on the way."""
    horizon = instance.grid.count
    schedule = opened(instance)
    talks = [t for t in range(instance.talk_count) if schedule.start[t] < 0]
    left = construct(schedule, by_need(instance, talks, horizon), horizon)
    if left:
        ejection = Ejection(schedule, seed, pinned(instance))
        ejection.run(left, horizon, steps_worth(instance, horizon), watch, keeps_best=True)
        return ejection.schedule
    return schedule
