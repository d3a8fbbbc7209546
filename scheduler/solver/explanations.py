"""Why talks found no place, in counts that a person can check, and the cheapest changes that would give them one.

Every repair that is offered was made, and the problem with it solved: all that was placed before, and the talk, have a place then.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import chain

from scheduler.core.findings import Finding
from scheduler.core.plan_grid import Grid, steps_of
from scheduler.core.plans import Plan, Repair, Unplaced
from scheduler.core.problems import AskedPerson, AskedRoom, AskedTalk, PlanProblem, Stretch, Wall, wall
from scheduler.solver import bounds, placing
from scheduler.solver.ejection import Ejection
from scheduler.solver.instance import Instance, compiled
from scheduler.solver.items import Item
from scheduler.solver.openings import opened, pinned
from scheduler.solver.schedule import Schedule
from scheduler.solver.watch import Watch

MOST_EXPLAINED = 20
"""So many talks get repairs; the others only reasons."""
MOST_SOLVED = 20_000
"""So many talks may be placed anew, all in all, to see what works: fewer talks get repairs where there are many."""
MOST_REPAIRS = 3
MOST_DAYS = 3
"""Of so many days one is offered on which somebody could make time."""
STEPS = 4_000
MOST_LITERALS = 30_000
EFFORT = 3.0
"""Deterministic seconds of CP-SAT for one repair."""
SATURDAY = 5


def explained(problem: PlanProblem, plan: Plan, seed: int, watch: Watch) -> Plan:
    """The plan with reasons and repairs for each talk without a place, and what binds it, by name and with numbers."""
    return _Explainer(problem, plan, seed, watch).explained()


@dataclass(frozen=True, slots=True)
class _Try:
    """A repair, and the problem with the repair made."""

    repair: Repair
    problem: PlanProblem


class _Explainer:
    def __init__(self, problem: PlanProblem, plan: Plan, seed: int, watch: Watch) -> None:
        self.problem, self.plan, self.seed, self.watch = problem, plan, seed, watch
        self.instance = compiled(problem)
        self.number = {talk.id: t for t, talk in enumerate(problem.talks)}
        self.placed = {placement.talk for placement in plan.placements}
        self.rooms = bounds.rooms(self.instance, self.instance.grid.count)
        self.people: dict[int, Finding | None] = {}

    def explained(self) -> Plan:
        unplaced = tuple(self._explained(place, one) for place, one in enumerate(self.plan.unplaced))
        binding = self.plan.binding
        if binding is None or binding.kind == "all_ways_tried":
            binding = next((reason for one in unplaced for reason in one.reasons), binding)
        return replace(self.plan, unplaced=unplaced, binding=binding)

    def _explained(self, place: int, one: Unplaced) -> Unplaced:
        t = self.number[one.talk]
        most = min(MOST_EXPLAINED, max(1, MOST_SOLVED // len(self.problem.talks)))
        repairs = self._repairs(t) if place < most and not self.watch.is_over() else ()
        return replace(one, reasons=tuple(self._reasons(t)), repairs=repairs)

    def _reasons(self, t: int) -> list[Finding]:
        """What speaks against the talk; where nothing does alone, who of its people has the least time to spare."""
        if alone := bounds.talk_alone(self.instance, t, self.instance.grid.count):
            return [alone]
        found = [reason for p in self.instance.people[t] if (reason := self._against(p))]
        if self.rooms and self.instance.rooms_for[t] is not None:
            found.append(self.rooms)
        return found or [self._crowded_out(t)]

    def _against(self, p: int) -> Finding | None:
        """What speaks against a person's talks; it is found out once for each, and not when the time is over."""
        if p not in self.people:
            self.people[p] = None if self.watch.is_over() else bounds.person(self.instance, p, self.instance.grid.count)
        return self.people[p]

    def _crowded_out(self, t: int) -> Finding:
        """That every start is needed by others: told of the one of its people who has the least to spare."""
        instance, horizon = self.instance, self.instance.grid.count
        details = [bounds.person_details(instance, p, horizon) for p in instance.people[t]]
        tightest = min(details, key=lambda one: int(str(one["free"])) - int(str(one["needed"])))
        talk = self.problem.talks[t]
        return Finding("crowded_out", str(tightest["name"]), {**tightest, "talk": talk.id, "people": talk.people})

    def _repairs(self, t: int) -> tuple[Repair, ...]:
        """The first few repairs, cheapest first, that are shown to work."""
        found: list[Repair] = []
        for attempt in self._attempts(t):
            if len(found) == MOST_REPAIRS or self.watch.is_over():
                break
            if self._works(t, attempt.problem):
                found.append(replace(attempt.repair, is_verified=True))
        return tuple(found)

    def _attempts(self, t: int) -> Iterator[_Try]:
        """What could help, cheapest first."""
        return chain(self._more_time(t), self._lifted_maximum(t), self._more_rooms(t), self._later(t))

    def _more_time(self, t: int) -> Iterator[_Try]:
        """One of its people makes time on a day: where the others are free and a room is."""
        instance, d, schedule = self.instance, self.instance.length[t], self.standing
        for p in instance.people[t]:
            freed = _with_free(self.problem, p)
            relaxed = compiled(replace(freed, talks=(replace(self.problem.talks[t], after=()),), sessions=()))
            blocked = 0
            for other in instance.people[t]:
                taken = schedule.taken[other]
                blocked |= taken
            mask = blocked
            for _ in range(d - 1):
                blocked >>= 1
                mask |= blocked
            starts = relaxed.allowed[0] & ~mask & ~schedule.rooms.shut(t)
            days: set[int] = set()
            for start in steps_of(starts):
                day = instance.grid.day_of[start]
                if day in days or len(days) == MOST_DAYS:
                    continue
                days.add(day)
                stretch = _stretch(instance.grid, start, d)
                details = {
                    "name": self.problem.people[p].id,
                    "day": self.problem.days[day],
                    "start": stretch[0],
                    "minutes": d * instance.grid.minutes,
                }
                yield _Try(Repair("more_time", details), _with_free(self.problem, p, stretch))

    @cached_property
    def standing(self) -> Schedule:
        """What the plan places, sessions aside."""
        grid, person = self.instance.grid, {one.id: p for p, one in enumerate(self.problem.people)}
        held = []
        for placement in self.plan.placements:
            t = self.number[placement.talk]
            own = self.problem.talks[t].people
            chosen = (
                tuple(person[name] for name in placement.people if name not in own) if self.instance.pools[t] else ()
            )
            held.append((t, grid.step_at[placement.start], chosen, None))
        return Schedule.of(self.instance, held)

    def _lifted_maximum(self, t: int) -> Iterator[_Try]:
        """One of its people talks once more a day."""
        for p in self.instance.people[t]:
            one = self.problem.people[p]
            if one.max_talks_per_day is not None:
                details = {"name": one.id, "limit": one.max_talks_per_day + 1}
                lifted = replace(one, max_talks_per_day=one.max_talks_per_day + 1)
                yield _Try(Repair("lift_day_maximum", details), _with_person(self.problem, p, lifted))

    def _more_rooms(self, t: int) -> Iterator[_Try]:
        """One more room."""
        if self.problem.talks[t].needs_room:
            room = AskedRoom(_unused({room.id for room in self.problem.rooms}))
            yield _Try(Repair("more_rooms", {"count": 1}), replace(self.problem, rooms=(*self.problem.rooms, room)))

    def _later(self, t: int) -> Iterator[_Try]:
        """One working day more."""
        last = self.problem.days[-1]
        latest = self.problem.talks[t].latest
        if latest is not None:
            later = [day for day in self.problem.days if wall(day, 0) >= latest]
            days = later[:1] or [_next_workday(last)]
        else:
            days = [_next_workday(last)]
        for day in days:
            longer = self.problem if day in self.problem.days else replace(self.problem, days=(*self.problem.days, day))
            closes = wall(day, max(end for _, end in self.problem.blocks))
            yield _Try(
                Repair("later_day", {"day": day}), _with_talk(longer, t, latest=closes if latest is not None else None)
            )

    def _works(self, t: int, problem: PlanProblem) -> bool:
        """Whether everything that was placed and the talk have a place in a problem: by ejection, else exactly."""
        reduced = placing.reduced(problem, {*self.placed, self.problem.talks[t].id})
        instance = compiled(reduced)
        schedule = opened(instance)
        number = {talk.id: n for n, talk in enumerate(reduced.talks)}
        left = list(range(instance.talk_count))
        for placement in self.plan.placements:
            n = number[placement.talk]
            start = instance.grid.step_at[placement.start]
            if schedule.start[n] < 0 and schedule.open_starts(n, 1 << start):
                chosen = schedule.choose(n, start)
                if chosen is not None:
                    schedule.place(n, start, chosen)
        left = [n for n in left if schedule.start[n] < 0]
        if any(schedule.start[s] < 0 for s in instance.sessions):
            return False
        ejection = Ejection(schedule, self.seed, pinned(instance))
        return not ejection.run(left, instance.grid.count, STEPS, self.watch) or self._is_possible(instance)

    def _is_possible(self, instance: Instance) -> bool:
        """What CP-SAT says within a moment."""
        starts = [instance.starts(n, instance.grid.count) for n in range(instance.count)]
        if sum(mask.bit_count() for mask in starts) > MOST_LITERALS or not all(starts):
            return False
        from scheduler.solver import decisions

        items = [Item(n, mask) for n, mask in enumerate(starts)]
        return decisions.answer(instance, items, decisions.Patience(self.seed, EFFORT, self.watch)).schedule is not None


def _with_person(problem: PlanProblem, p: int, one: AskedPerson) -> PlanProblem:
    return replace(problem, people=(*problem.people[:p], one, *problem.people[p + 1 :]))


def _with_free(problem: PlanProblem, p: int, stretch: Stretch | None = None) -> PlanProblem:
    """The problem with a person free in a stretch; None: always."""
    one = problem.people[p]
    busy = () if stretch is None else tuple(part for taken in one.busy for part in _without(taken, stretch))
    return _with_person(problem, p, replace(one, busy=busy))


def _without(taken: Stretch, free: Stretch) -> list[Stretch]:
    """What is left of a stretch."""
    parts = [(taken[0], min(taken[1], free[0])), (max(taken[0], free[1]), taken[1])]
    return [(start, end) for start, end in parts if start < end]


def _with_talk(problem: PlanProblem, t: int, *, latest: Wall | None) -> PlanProblem:
    talk: AskedTalk = replace(problem.talks[t], latest=latest)
    return replace(problem, talks=(*problem.talks[:t], talk, *problem.talks[t + 1 :]))


def _stretch(grid: Grid, start: int, d: int) -> Stretch:
    return grid.starts[start], Wall(grid.starts[start] + d * grid.minutes)


def _next_workday(day: date) -> date:
    """The next day from Monday to Friday."""
    day += timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


def _unused(names: set[str]) -> str:
    number = 1
    while f"+{number}" in names:
        number += 1
    return f"+{number}"
