"""A place for every talk if there is one; else for as many as can be, weighed by priority, with a proof where it is had."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.problems import PlanProblem
from scheduler.solver import bounds, fairness
from scheduler.solver.ejection import Ejection, construct, steps_worth
from scheduler.solver.instance import Instance
from scheduler.solver.items import SlotItem
from scheduler.solver.openings import by_need, keep, opened, pinned
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


def placed(instance: Instance, seed: int, watch: Watch) -> Placed:
    """As many talks as can be, weighed by their priority: by greedy construction, by ejection, exactly; each as far as it is needed.

    What stands begins where it stands.
    """
    return _Placing(instance, seed, watch).placed()


class _Placing:
    """Tries one way after the other."""

    def __init__(self, instance: Instance, seed: int, watch: Watch) -> None:
        self.instance, self.seed, self.watch = instance, seed, watch
        self.horizon = instance.grid.count
        self.why: Finding | None = None

    def placed(self) -> Placed:
        """The best that is found."""
        instance = self.instance
        schedule = opened(instance)
        left = keep(schedule, {t: at for t, at in enumerate(instance.current) if at is not None and at >= 0})
        left = construct(schedule, by_need(instance, left, self.horizon), self.horizon, self._is_late)
        if fairness.is_whole(schedule):
            return Placed(schedule, 0, None)
        is_hurried = instance.count > PARAMETERS.placing.max_hurried
        self.why = next(bounds.against(instance, self.horizon, self.watch if is_hurried else None), None)
        ejection = Ejection(schedule, self.seed, pinned(instance))
        few = PARAMETERS.ejection.few_steps
        left = ejection.run(left, self.horizon, few, self.watch, keeps_best=True)
        if fairness.is_whole(ejection.schedule):
            return Placed(ejection.schedule, 0, None)
        everything = self._everything(ejection.schedule)
        if everything:
            return Placed(everything, 0, None)
        ejection.run(left, self.horizon, steps_worth(instance, self.horizon) - few, self.watch, keeps_best=True)
        if fairness.is_whole(ejection.schedule):
            return Placed(ejection.schedule, 0, None)
        least = min(instance.weight[: instance.talk_count], default=0) if self.why else 0
        return self._least(ejection.schedule) or Placed(fairness.thinned(ejection.schedule), least, self.why)

    def _is_late(self) -> bool:
        return self.watch.is_over(PARAMETERS.clock.construction_grace)

    def _everything(self, initial: Schedule) -> Schedule | None:
        """A place for everything by CP-SAT; None if there is none, or none is found in a while: that it was proven is remembered."""
        tuned = PARAMETERS.placing
        if self.why or self.watch.is_over() or self.instance.size(self.horizon) > tuned.max_fair_starts:
            return None
        from scheduler.solver import decisions

        items = [SlotItem(t, self.instance.starts(t, self.horizon)) for t in range(self.instance.count)]
        patience = decisions.Patience(self.seed, tuned.first_effort, self.watch)
        for is_fair in (False, True):
            answer = decisions.answer(self.instance, items, patience, hint=initial.start, is_fair=is_fair)
            if answer.is_impossible:
                self.why = bounds.tried_all(self.instance, self.horizon)
            if not answer.choices:
                return None
            schedule = answer.schedule(self.instance)
            if fairness.is_whole(schedule):
                return schedule
        raise AssertionError("What is fair is whole.")  # pragma: no cover

    def _least(self, initial: Schedule) -> Placed | None:
        """The least weight without a place by CP-SAT; None if the model would be too large, or it finds nothing in time."""
        instance = self.instance
        is_any_fair = instance.problem.max_break_difference is None
        most = PARAMETERS.placing.max_starts if is_any_fair else PARAMETERS.placing.max_fair_starts
        if self.watch.is_over() or instance.size(self.horizon) > most:
            return None
        from scheduler.solver import decisions

        prices = _prices(instance)
        items = [SlotItem(t, instance.starts(t, self.horizon), let_go=prices[t]) for t in range(instance.count)]
        patience = decisions.Patience(self.seed, PARAMETERS.placing.effort, self.watch)
        answer = decisions.answer(instance, items, patience, hint=initial.start, is_fair=True)
        if answer.choices is None:
            return None
        if answer.bound and self.why is None:
            self.why = bounds.tried_all(instance, self.horizon)
        # What is not proven of the sessions says nothing of the talks.
        dearest = prices[-1] if instance.sessions else 1 + sum(prices)
        proven = answer.bound - answer.cost // dearest * dearest
        return Placed(answer.schedule(instance), max(0, proven) // _unit(instance), self.why)


def _unit(instance: Instance) -> int:
    """What a weight of 1 costs: more weight is worse than any number of talks that weigh nothing."""
    return 1 + instance.talk_count


def _prices(instance: Instance) -> list[int]:
    """What it costs to let each go: a session without a window is worse than any number of talks."""
    prices = [1 + _unit(instance) * weight for weight in instance.weight[: instance.talk_count]]
    return [*prices, *(1 + sum(prices) for _ in instance.sessions)]


def reduced(problem: PlanProblem, kept: Collection[str]) -> PlanProblem:
    """The problem with these talks only."""
    talks = tuple(
        replace(talk, after=tuple(earlier for earlier in talk.after if earlier in kept))
        for talk in problem.talks
        if talk.id in kept
    )
    return replace(problem, talks=talks)
