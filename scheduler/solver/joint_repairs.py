"""The cheapest set of repairs with which everything has a place, all talks together: what one repair for each of them does not say.

The problem is relaxed: nobody and no day maximum, order, fixed time, last moment or window stands in the way any more, there are rooms
enough, and a few days follow. What of that a schedule makes use of has a price, and CP-SAT looks for the schedule that costs least. Where
a model of all talks is too large, those that share nobody with a talk without a place stay where they are.

A set is offered only if the problem with all of it made has the schedule that was found, as `check` sees it, which knows nothing of prices.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from scheduler.core.plans.check import check
from scheduler.core.plans.grid import steps_of
from scheduler.core.plans.placements import LATER_DAY, Plan, PlanStatus, Repair
from scheduler.core.plans.problems import PlanProblem, ProblemRoom, ProblemTalk, Wall
from scheduler.solver import answers, search
from scheduler.solver.instance import UNLIMITED, Instance, compiled
from scheduler.solver.joint_making import Making
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.remedies import next_workdays, unused
from scheduler.solver.schedule import Schedule
from scheduler.solver.watch import Watch

Literal = cp_model.IntVar


@dataclass(frozen=True, slots=True)
class RepairSet:
    """Repairs that help together, what they cost, and the problem with all of them made."""

    repairs: tuple[Repair, ...]
    cost: int
    problem: PlanProblem
    is_cheapest: bool
    """Proven among all such sets; else it is the cheapest that was found."""


def cheapest_set(instance: Instance, plan: Plan, seed: int, watch: Watch) -> RepairSet | None:
    """The cheapest repairs with which everything in the problem of a plan has a place; None if none were found in a while."""
    if instance.problem.max_break_difference is not None:
        return None
    relaxed = _Relaxed(instance, plan)
    if relaxed.literals > PARAMETERS.joint.max_starts:
        return None
    return _Model(relaxed).solved(seed, watch)


class _Relaxed:
    """A problem without all that a repair could do away with, beside the problem with the days that would be added."""

    def __init__(self, instance: Instance, plan: Plan) -> None:
        problem = instance.problem
        later = problem.later_days or tuple(next_workdays(problem.days[-1], PARAMETERS.joint.later_days))
        self.later_days = [day for day in later if day > problem.days[-1]][: PARAMETERS.joint.later_days]
        self.problem = replace(problem, days=(*problem.days, *self.later_days))
        self.within = compiled(self.problem)
        self.known_steps = instance.grid.count
        placed = {placement.talk for placement in plan.placements}
        without = [talk for talk in problem.talks if talk.id not in placed]
        self.seated = {session.session: session.start for session in plan.sessions}
        self.extra = min(len(problem.talks) + len(problem.sessions), max(len(without), PARAMETERS.joint.extra_rooms))
        self.instance = compiled(self._without_rules())
        self._start = {placement.talk: placement.start for placement in plan.placements}
        near = {name for talk in without for name in (*talk.people, *(name for pool in talk.any_of for name in pool))}
        near |= {name for session in problem.sessions if session.id not in self.seated for name in session.people}
        self.starts = [self.instance.allowed[t] for t in range(self.instance.count)]
        if self.literals > PARAMETERS.joint.max_starts:
            for t, talk in enumerate(problem.talks):
                if talk.id in placed and near.isdisjoint(
                    (*talk.people, *(name for pool in talk.any_of for name in pool))
                ):
                    self.starts[t] &= 1 << self.instance.grid.step_at[self._start[talk.id]]

    @property
    def literals(self) -> int:
        """How many booleans a model has, about."""
        return sum(self.instance.literals(t, mask) for t, mask in enumerate(self.starts))

    def _without_rules(self) -> PlanProblem:
        problem = self.problem
        names = {room.id for room in problem.rooms}
        rooms = list(problem.rooms)
        for _ in range(1 if self.within.are_rooms_alike else self.extra):
            rooms.append(ProblemRoom(unused(names)))
            names.add(rooms[-1].id)
        longest = max((block.last - block.first for block in self.within.grid.blocks), default=0)
        moments = self.within.grid.starts
        return replace(
            problem,
            people=tuple(replace(person, busy=(), max_talks_per_day=None) for person in problem.people),
            rooms=tuple(rooms),
            talks=tuple(self._free_talk(talk, longest * problem.grid_minutes) for talk in problem.talks),
            sessions=tuple(replace(session, windows=moments) for session in problem.sessions),
        )

    def _free_talk(self, talk: ProblemTalk, longest: int) -> ProblemTalk:
        minutes = (
            min(talk.minutes, longest)
            if self.problem.steps(talk.minutes) * self.problem.grid_minutes > longest
            else talk.minutes
        )
        return replace(talk, minutes=minutes, latest=None, after=(), fixed=None)


class _Model:
    """Which start each takes, and what of the relaxation is made use of."""

    def __init__(self, relaxed: _Relaxed) -> None:
        self.relaxed, self.instance, self.within = relaxed, relaxed.instance, relaxed.within
        self.model = cp_model.CpModel()
        self.costs: list[cp_model.LinearExpr] = []
        self.x: list[dict[int, Literal]] = []
        self.picked: defaultdict[tuple[int, int], list[tuple[int, int, Literal]]] = defaultdict(list)
        """Talk and start → pool, person, whether this person comes then."""
        self.sits: defaultdict[tuple[int, int], list[tuple[int, Literal]]] = defaultdict(list)
        self.used: dict[tuple[str, int], Literal] = {}
        """Kind of a repair, and what it is about → whether, or how often, it is made."""
        self._choose()
        self._keep_people_apart()
        self._keep_rooms_apart()
        self._keep_order()
        self._price_days()
        self.model.minimize(cp_model.LinearExpr.sum(self.costs))

    def repair(self, kind: str, number: int, most: int = 1) -> Literal:
        """How often a repair is made."""
        if (kind, number) not in self.used:
            self.used[kind, number] = self.model.new_int_var(0, most, f"{kind}{number}")
            self.costs.append(getattr(PARAMETERS.joint, kind) * self.used[kind, number])
        return self.used[kind, number]

    def needs(self, literal: Literal, kind: str, number: int) -> None:
        """Something that is possible only with a repair."""
        self.model.add(self.repair(kind, number) >= literal)

    def _choose(self) -> None:
        problem, grid = self.within.problem, self.within.grid
        for t in range(self.instance.count):
            talk = problem.talks[t] if t < self.instance.talk_count else None
            self.x.append(
                {start: self.model.new_bool_var(f"x{t}@{start}") for start in steps_of(self.relaxed.starts[t])}
            )
            self.model.add_exactly_one(self.x[t].values())
            for start, literal in self.x[t].items():
                end = Wall(grid.starts[start] + self.instance.length[t] * grid.minutes)
                if talk and talk.latest is not None and end > talk.latest:
                    self.needs(literal, "later_end", t)
                if talk and talk.fixed and grid.starts[start] != talk.fixed.start:
                    self.needs(literal, "unfix", t)
                if not talk and grid.starts[start] not in problem.sessions[t - self.instance.talk_count].windows:
                    self.needs(literal, "other_window", t)
                self._pick(t, start, literal)
                self._free(literal, self.instance.people[t], t, start)

    def _pick(self, t: int, start: int, literal: Literal) -> None:
        """Somebody of each pool, different people of different pools."""
        by_person: defaultdict[int, list[Literal]] = defaultdict(list)
        for number, pool in enumerate(self.instance.pools[t]):
            comes = {p: self.model.new_bool_var("") for p in pool}
            self.model.add_exactly_one([*comes.values(), ~literal])
            for p, here in comes.items():
                self.picked[t, start].append((number, p, here))
                by_person[p].append(here)
                self._free(here, (p,), t, start)
        for several in by_person.values():
            self.model.add_at_most_one(several)

    def _free(self, literal: Literal, people: Sequence[int], t: int, start: int) -> None:
        """The price of the time in which these people are busy."""
        bits = ((1 << self.instance.length[t]) - 1) << start
        busy = sum((bits & ~self.within.free[p]).bit_count() for p in people)
        if busy:
            self.costs.append(PARAMETERS.joint.more_time * self.instance.grid.minutes * busy * literal)

    def _takes(self) -> Iterator[tuple[int, int, int, Literal]]:
        """Every person, start and talk that a literal brings together."""
        for t, starts in enumerate(self.x):
            for start, literal in starts.items():
                for p in self.instance.people[t]:
                    yield p, start, t, literal
                for _, p, here in self.picked[t, start]:
                    yield p, start, t, here

    def _keep_people_apart(self) -> None:
        at: defaultdict[tuple[int, int], list[Literal]] = defaultdict(list)
        on: defaultdict[tuple[int, int], list[Literal]] = defaultdict(list)
        for p, start, t, literal in self._takes():
            for step in range(start, start + self.instance.length[t]):
                at[p, step].append(literal)
            if t < self.instance.talk_count and self.within.day_limit[p] < UNLIMITED:
                on[p, self.instance.grid.day_of[start]].append(literal)
        for literals in at.values():
            self.model.add_at_most_one(literals)
        for (p, _), literals in on.items():
            if len(literals) > (limit := self.within.day_limit[p]):
                most = self.instance.talk_count
                self.model.add(cp_model.LinearExpr.sum(literals) <= limit + self.repair("lift_day_maximum", p, most))

    def _keep_rooms_apart(self) -> None:
        at: defaultdict[tuple[int, int], list[Literal]] = defaultdict(list)
        """Room (or -1, where they are alike) and step → who is there."""
        for t, starts in enumerate(self.x):
            rooms = self.instance.rooms_for[t]
            for start, literal in starts.items() if rooms is not None else ():
                steps = range(start, start + self.instance.length[t])
                if self.within.are_rooms_alike:
                    places = [(-1, literal)]
                else:
                    self.sits[t, start] = places = self._seats(t, start, literal)
                for r, here in places:
                    for step in steps:
                        at[r, step].append(here)
        extra = self.relaxed.extra
        for (r, step), literals in at.items():
            if r >= 0:
                self.model.add_at_most_one(literals)
            else:
                free = sum(free >> step & 1 for free in self.within.room_free)
                self.model.add(cp_model.LinearExpr.sum(literals) <= free + self.repair("more_rooms", 0, extra))

    def _seats(self, t: int, start: int, literal: Literal) -> list[tuple[int, Literal]]:
        """The rooms that something may be in from a start on; one more is used only if those before it are there as well."""
        bits, existing = ((1 << self.instance.length[t]) - 1) << start, len(self.within.room_free)
        talk = self.within.problem.talks[t] if t < self.instance.talk_count else None
        seats = []
        for r in self.instance.rooms_for[t] or ():
            if self.instance.room_free[r] & bits != bits:
                continue
            here = self.model.new_bool_var("")
            seats.append((r, here))
            if r >= existing:
                self.model.add(self.repair("more_rooms", 0, self.relaxed.extra) >= (r - existing + 1) * here)
            if talk and talk.fixed and talk.fixed.room not in (None, self.instance.problem.rooms[r].id):
                self.needs(here, "unfix", t)
        self.model.add_exactly_one([*(here for _, here in seats), ~literal])
        return seats

    def _keep_order(self) -> None:
        for t in range(self.instance.talk_count):
            for earlier in self.within.before[t]:
                dropped = self.repair("drop_order", t)
                for start, literal in self.x[t].items():
                    late = [x for s, x in self.x[earlier].items() if s + self.instance.length[earlier] > start]
                    if late:
                        self.model.add(cp_model.LinearExpr.sum(late) + literal <= 1 + dropped)

    def _price_days(self) -> None:
        """Each of the days that follow, if something is on it or later."""
        first = len(self.within.grid.day_masks) - len(self.relaxed.later_days)
        for starts in self.x:
            for start, literal in starts.items():
                if (day := self.within.grid.day_of[start]) >= first:
                    self.model.add(
                        self.repair(LATER_DAY, 0, len(self.relaxed.later_days)) >= (day - first + 1) * literal
                    )

    def solved(self, seed: int, watch: Watch) -> RepairSet | None:
        """The cheapest set, checked."""
        parameters = cp_model.SatParameters()
        parameters.max_deterministic_time = PARAMETERS.joint.effort
        outcome = search.run(self.model, seed=seed, watch=watch, parameters=parameters)
        solution = outcome.solution
        if solution is None:
            return None
        held = []
        for t, starts in enumerate(self.x):
            start = next(start for start, literal in starts.items() if solution.value(literal))
            chosen = tuple(p for _, p, here in self.picked[t, start] if solution.value(here))
            room = next((r for r, here in self.sits[t, start] if solution.value(here)), None)
            held.append((t, start, chosen, room))
        made = Making(self.relaxed, {key: solution.value(count) for key, count in self.used.items()}, held)
        instance = compiled(made.problem)
        plan = answers.plan(instance, Schedule.of(instance, held), PlanStatus.FEASIBLE)
        if (
            check(made.problem, plan)
            or len(plan.placements) < instance.talk_count
            or len(plan.sessions) < len(instance.sessions)
        ):
            return None  # pragma: no cover - said twice, so that a mistake in the one is seen by the other
        is_cheapest = outcome.bound >= solution.objective and self.relaxed.starts == list(self.instance.allowed)
        return RepairSet(made.repairs, solution.objective + made.cost, made.problem, is_cheapest)
