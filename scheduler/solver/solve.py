"""Where the solver begins: a problem in, the best plan that is found out, with what is proven of it and what keeps it from being better.

A portfolio, the quick before the thorough: bounds, greedy construction, ejection, CP-SAT (`docs/reference/planner.md`). The goals are
taken in the order asked; what one of them has reached is a rule for those after it. Steps are counted rather than timed, so the same
seed gives the same plan, unless the watch cuts it short.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.placements import Plan, PlanStatus, Unplaced
from scheduler.core.plans.problems import Goal, PlanProblem
from scheduler.solver import answers, bounds, fairness, placing, soft_constraints
from scheduler.solver.horizons import HorizonSearch
from scheduler.solver.instance import compiled
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.repairs import fewest_moved
from scheduler.solver.schedule import Schedule
from scheduler.solver.watch import Progress, Watch

Tell = Callable[[Progress], None]


def solve(
    problem: PlanProblem,
    *,
    seed: int = 1,
    watch: Watch | None = None,
    tell: Tell = lambda _: None,
    explains: bool = True,
) -> Plan:
    """The best plan that is found until all is proven or the watch says stop; never none, if only an empty one.

    `explains` asks for reasons and repairs of talks that found no place.
    """
    watch = watch or Watch()
    clock = PARAMETERS.clock
    watch.reserve(len(problem.talks) / clock.written_per_second + watch.left() * clock.end_share)
    kept = len(problem.talks) / clock.explained_per_second + watch.left() * clock.repairs_share if explains else 0.0
    run = _Run(problem, seed, watch, tell, watch.reserve(kept))
    plan = run.plan()
    run.give_back()
    if (plan.unplaced or plan.status is PlanStatus.IMPOSSIBLE) and explains:
        from scheduler.solver import explanations

        plan = explanations.explained(run.instance, plan, seed, watch)
    return replace(plan, seconds=round(watch.seconds(), 3))


class _Run:
    """One problem on its way through the portfolio."""

    def __init__(self, problem: PlanProblem, seed: int, watch: Watch, tell: Tell, kept: float = 0.0) -> None:
        """`kept`: seconds that are reserved for repairs, until everything has a place."""
        self.problem, self.seed, self.watch, self._tell, self._kept = problem, seed, watch, tell, kept
        self.instance = compiled(problem)
        self.goals = tuple(goal for goal in dict.fromkeys(problem.goals) if goal is not Goal.UNPLACED)
        self.bounds: dict[Goal, int] = {}
        self.why: Finding | None = None
        self.is_proven = True
        """Whether every goal so far is proven."""
        self.horizon = self.instance.grid.count
        self._quiet_until = self.instance.count / PARAMETERS.clock.told_per_second

    def plan(self, initial: Plan | None = None) -> Plan:
        """Everything placed if it can be, then goal by goal; else the best part. `initial` is a plan of everything to begin with.

        How places are looked for does not depend on the goals that follow, so that none of them costs any.
        """
        placed = self._placed(initial)
        if not placed.is_complete:
            return self._part(placed)
        schedule = placed.schedule
        self.tell_of(schedule)
        self.bounds[Goal.UNPLACED] = 0
        for goal in self.goals:
            schedule = self._improved(goal, schedule)
        status = PlanStatus.OPTIMAL if self.is_proven else PlanStatus.FEASIBLE
        if Goal.BREAKS not in self.goals:
            schedule = soft_constraints.improved(schedule, self.watch)
        return self._answer(schedule, status)

    def _placed(self, initial: Plan | None) -> placing.Placed:
        """A place for everything, or for as much as can be."""
        if initial:
            return placing.Placed(answers.schedule(self.instance, initial), 0, None)
        return placing.placed(self.instance, self.seed, self.watch)

    def give_back(self) -> None:
        """Use the time that was reserved for repairs."""
        self.watch.give_back(self._kept)
        self._kept = 0.0

    def tell_of(self, schedule: Schedule) -> None:
        """Tell of a better schedule, in which everything has a place."""
        self.give_back()
        if self.watch.seconds() < self._quiet_until:
            return
        self._quiet_until = self.watch.seconds() + self.instance.count / PARAMETERS.clock.told_per_second
        plan = self._answer(schedule, PlanStatus.FEASIBLE)
        placed = len(plan.placements)
        of = self.instance.talk_count
        self._tell(Progress(self.watch.seconds(), placed, of, plan.values, dict(self.bounds), plan))

    def _answer(self, schedule: Schedule, status: PlanStatus) -> Plan:
        left = [self.instance.id_of(t) for t in range(self.instance.talk_count) if schedule.start[t] < 0]
        return replace(
            answers.plan(self.instance, schedule, status),
            unplaced=tuple(map(Unplaced, left)),
            bounds={goal: self.bounds[goal] for goal in (Goal.UNPLACED, *self.goals) if goal in self.bounds},
            binding=self.why,
        )

    def _improved(self, goal: Goal, schedule: Schedule) -> Schedule:
        """The schedule after one more goal, those before it being rules."""
        done = self.goals[: self.goals.index(goal)]
        match goal:
            case Goal.MAKESPAN if not done:
                return self._soonest(schedule)
            case Goal.MAKESPAN if done == (Goal.MOVED,):
                return self._soonest_with_few_moves(schedule)
            case Goal.MOVED if done in ((), (Goal.MAKESPAN,)):
                return self._fewest_moved(schedule)
            case Goal.BREAKS:
                return self._fewest_idle_gaps(schedule)
            case Goal.MAKESPAN:
                return self._after_idle_gaps(goal, schedule, bounds.lowest(self.instance).horizon)
            case Goal.UNPLACED | Goal.MOVED:
                return self._after_idle_gaps(goal, schedule, 0)
            case _:
                assert_never(goal)

    def _soonest(self, initial: Schedule) -> Schedule:
        """Everything placed, and over soonest."""

        def news(schedule: Schedule, _: int) -> None:
            self.bounds[Goal.MAKESPAN] = hunt.bound.horizon
            self.tell_of(schedule)

        hunt = HorizonSearch(self.instance, self.seed, self.watch, news)
        soonest = hunt.soonest(initial)
        self.bounds[Goal.MAKESPAN], self.why = soonest.bound, soonest.why
        self.is_proven = soonest.horizon == soonest.bound
        self.horizon = soonest.horizon
        return soonest.schedule

    def _fewest_moved(self, initial: Schedule) -> Schedule:
        """Fewest talks at another start."""
        repaired = fewest_moved(self.instance, self.horizon, self.seed, self.watch, self._tell_if_whole)
        self.bounds[Goal.MOVED] = repaired.moved_bound
        is_whole = fairness.is_whole(repaired.schedule)
        self.is_proven &= repaired.is_proven and is_whole
        either = [repaired.schedule, initial] if is_whole else [initial]
        return min(either, key=lambda schedule: answers.moved(self.instance, schedule))

    def _tell_if_whole(self, schedule: Schedule) -> None:
        if fairness.is_whole(schedule):
            self.tell_of(schedule)

    def _soonest_with_few_moves(self, schedule: Schedule) -> Schedule:
        """Over soonest with no more moves than before: halving, each horizon asked for its fewest moves."""
        most = answers.moved(self.instance, schedule)
        low = max(answers.soonest_by_existing(self.instance, most), bounds.lowest(self.instance).horizon)
        high = answers.makespan(self.instance, schedule)
        while low < high and not self.watch.is_over():
            middle = (low + high) // 2
            repaired = fewest_moved(self.instance, middle, self.seed, self.watch)
            if not repaired.unplaced and repaired.moved <= most:
                schedule, high = repaired.schedule, answers.makespan(self.instance, repaired.schedule)
                self.tell_of(schedule)
            elif repaired.is_proven or repaired.unplaced_bound or repaired.moved_bound > most:
                low = middle + 1
            else:  # pragma: no cover - a model was given up for want of time
                break
        self.bounds[Goal.MAKESPAN] = low
        self.is_proven &= low == high
        self.horizon = high
        return schedule

    def _fewest_idle_gaps(self, initial: Schedule) -> Schedule:
        """Fewest idle gaps, spread as evenly as is asked, with what the goals before have reached."""
        if Goal.MAKESPAN in self.bounds:  # as it would end without this goal, so that this one costs nothing
            initial = soft_constraints.improved(initial, self.watch)
            self.horizon = min(self.horizon, answers.makespan(self.instance, initial))
        most = self.max_moved(initial)
        fewest = fairness.fewest_idle_gaps(
            self.instance, self.horizon, most, initial, self.seed, self.watch, self.tell_of
        )
        if fewest.schedule is None:  # pragma: no cover - the time was over before what is known was looked at
            self.is_proven = False
            return initial
        self.bounds[Goal.BREAKS] = fewest.bound
        self.is_proven &= fewest.idle_gaps == fewest.bound
        return fewest.schedule

    def _after_idle_gaps(self, goal: Goal, schedule: Schedule, low: int) -> Schedule:
        """A goal that comes after idle gaps: halving, each value asked for its fewest idle gaps."""
        reached = answers.makespan if goal is Goal.MAKESPAN else answers.moved
        max_idle_gaps, high = fairness.idle_gaps(schedule), reached(self.instance, schedule)
        while low < high and not self.watch.is_over():
            middle = (low + high) // 2
            horizon, max_moved = self.horizon, self.max_moved(schedule)
            if goal is Goal.MAKESPAN:
                horizon = middle
            else:
                max_moved = middle
            fewest = fairness.fewest_idle_gaps(self.instance, horizon, max_moved, None, self.seed, self.watch)
            if fewest.schedule and fewest.idle_gaps <= max_idle_gaps:
                schedule, high = fewest.schedule, reached(self.instance, fewest.schedule)
                self.tell_of(schedule)
            elif fewest.is_impossible or fewest.bound > max_idle_gaps:
                low = middle + 1
            else:  # pragma: no cover - a model was given up for want of time
                break
        self.bounds[goal] = low
        self.is_proven &= low == high
        if goal is Goal.MAKESPAN:
            self.horizon = high
        return schedule

    def max_moved(self, schedule: Schedule) -> int | None:
        """How many may move: as many as do, once that is settled."""
        return answers.moved(self.instance, schedule) if Goal.MOVED in self.bounds else None

    def _part(self, placed: placing.Placed) -> Plan:
        """The best part of a plan: the talks that have a place are arranged as well as they can be, the others are listed."""
        instance = self.instance
        kept = {talk.id for t, talk in enumerate(self.problem.talks) if placed.schedule.start[t] >= 0}
        plan = answers.plan(instance, placed.schedule, PlanStatus.FEASIBLE)
        if placed.has_all_sessions and not self.watch.is_over():
            inner = _Run(placing.reduced(self.problem, kept), self.seed, self.watch, lambda _: None).plan(plan)
            plan = plan if inner.unplaced else inner
        left = [t for t, talk in enumerate(self.problem.talks) if talk.id not in kept]
        status = PlanStatus.IMPOSSIBLE if placed.why else PlanStatus.FEASIBLE
        return replace(
            plan,
            status=status,
            unplaced=tuple(Unplaced(instance.id_of(t)) for t in left),
            values={**plan.values, Goal.UNPLACED: sum(instance.weight[t] for t in left)},
            bounds={
                Goal.UNPLACED: placed.bound
            },  # what is proven of the talks kept says nothing of others that could be kept
            binding=placed.why,
        )
