"""The cheapest changes that would give a talk a place: more time of somebody, one talk more a day, one room more, a later day.

Every repair that is offered was made, and the problem with it solved: all that was placed before, and the talk, have a place then.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from typing import Any

from scheduler.core.ground.intervals import Interval
from scheduler.core.plans.grid import Grid, runs, steps_of
from scheduler.core.plans.placements import LATER_DAY, Plan, Repair
from scheduler.core.plans.problems import PlanProblem, ProblemPerson, ProblemRoom, Stretch, Wall, wall
from scheduler.solver import answers, fairness, maxima, placing
from scheduler.solver.ejection import Ejection
from scheduler.solver.instance import Instance, compiled
from scheduler.solver.items import SlotItem
from scheduler.solver.openings import pinned
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.watch import Watch

SATURDAY = 5
MORE_TIME = "more_time"


@dataclass(frozen=True, slots=True)
class _Try:
    """A repair, and the problem with the repair made."""

    repair: Repair
    problem: PlanProblem


class Remedies:
    """Looks for what would give the talks of a plan a place that have none, until enough work is done."""

    def __init__(self, instance: Instance, plan: Plan, seed: int, watch: Watch) -> None:
        self.instance, self.problem, self.plan = instance, instance.problem, plan
        self.seed, self.watch = seed, watch
        self.placed = {placement.talk for placement in plan.placements}
        self.schedule = answers.schedule(instance, plan)
        self.work = PARAMETERS.remedies.work

    def found_for(self, t: int) -> tuple[Repair, ...]:
        """The first few repairs, cheapest first, that are shown to work."""
        repairs: list[Repair] = []
        for attempt in chain(
            self._more_time(t),
            self._lifted_maximum(t),
            self._more_rooms(t),
            self._later(t),
            self._without_order(t),
            self._shortened(t),
        ):
            if len(repairs) == PARAMETERS.remedies.max_repairs or self.work <= 0 or self.watch.is_over():
                break
            if attempt.repair.kind == MORE_TIME and len(repairs) == PARAMETERS.remedies.max_times:
                continue
            if attempt.repair.kind == LATER_DAY and any(repair.kind == LATER_DAY for repair in repairs):
                continue
            if self._works(t, attempt.problem):
                repairs.append(replace(attempt.repair, is_verified=True))
        return tuple(repairs)

    def _more_time(self, t: int) -> Iterator[_Try]:
        """One of its people makes time on a day, or one of those it may choose from: where the others are free and a room is."""
        for p in self.instance.people[t]:
            yield from self._time_of(t, p, PARAMETERS.remedies.max_days)
        for p in self._choosable(t):
            yield from self._time_of(t, p, 1)

    def _time_of(self, t: int, p: int, max_days: int) -> Iterator[_Try]:
        """Somebody makes time on one of the first days on which that alone is wanting."""
        instance, schedule, d = self.instance, self.schedule, self.instance.length[t]
        taken = schedule.taken[p]
        for other in instance.people[t]:
            taken |= schedule.taken[other]
        for _ in range(d - 1):
            taken |= taken >> 1
        days: set[int] = set()
        wanting = self._starts_if_free(t, p) & ~runs(instance.free[p], d)
        for start in steps_of(wanting & ~taken & ~schedule.rooms.shut(t)):
            day = instance.grid.day_of[start]
            if day not in days and len(days) < max_days:
                days.add(day)
                yield self._freed(p, start, d)

    def _choosable(self, t: int) -> list[int]:
        """A few of those that the talk may choose from, whoever has the fewest talks first."""
        members = dict.fromkeys(chain.from_iterable(self.instance.pools[t]))
        return sorted(members, key=self.schedule.load.__getitem__)[: PARAMETERS.remedies.max_members]

    def _starts_if_free(self, t: int, p: int) -> int:
        """The starts that a talk alone could have if one of its people were never busy."""
        freed = _with_person(self.problem, p, replace(self.problem.people[p], busy=()))
        talk = replace(self.problem.talks[t], after=())
        there = {*talk.people, *(name for pool in talk.any_of for name in pool)}
        people = tuple(person for person in freed.people if person.id in there)
        return compiled(replace(freed, people=people, talks=(talk,), sessions=())).allowed[0]

    def _freed(self, p: int, start: int, d: int) -> _Try:
        """Somebody makes time for so many steps."""
        person, stretch = self.problem.people[p], _stretch(self.instance.grid, start, d)
        busy = tuple(
            (part.start, part.end) for taken in person.busy for part in Interval(*taken).without([Interval(*stretch)])
        )
        details = {
            "name": person.id,
            "day": self.problem.days[self.instance.grid.day_of[start]],
            "start": stretch[0],
            "minutes": d * self.instance.grid.minutes,
        }
        return _Try(Repair(MORE_TIME, details), _with_person(self.problem, p, replace(person, busy=busy)))

    def _lifted_maximum(self, t: int) -> Iterator[_Try]:
        """One of its people, or of those it may choose from, talks once more a half-day, a day or a week."""
        for p in (*self.instance.people[t], *self._choosable(t)):
            person = self.problem.people[p]
            for kind, repair in maxima.REPAIRS.items():
                most: int | None = getattr(person, kind)
                if most is not None:
                    changed: dict[str, Any] = {kind: most + 1}
                    lifted = _with_person(self.problem, p, replace(person, **changed))
                    yield _Try(Repair(repair, {"name": person.id, "limit": most + 1}), lifted)

    def _more_rooms(self, t: int) -> Iterator[_Try]:
        """One more room; where none is large enough, one that is."""
        if self.problem.talks[t].needs_room:
            room = ProblemRoom(unused({room.id for room in self.problem.rooms}))
            repair = Repair("more_rooms", {"count": 1})
            if self.instance.rooms_for[t] == ():
                repair = Repair("larger_room", {"size": self.problem.talks[t].size})
            yield _Try(repair, replace(self.problem, rooms=(*self.problem.rooms, room)))

    def _without_order(self, t: int) -> Iterator[_Try]:
        """The talk waits for no other."""
        talk = self.problem.talks[t]
        if talk.after:
            talks = (*self.problem.talks[:t], replace(talk, after=()), *self.problem.talks[t + 1 :])
            yield _Try(Repair("drop_order", {"after": talk.after}), replace(self.problem, talks=talks))

    def _shortened(self, t: int) -> Iterator[_Try]:
        """Where a talk has no start at all, the greatest length with which it has one."""
        if self.instance.starts_alone(t):
            return
        talk, minutes = self.problem.talks[t], self.problem.grid_minutes
        for steps in range(self.instance.length[t] - 1, 0, -1):
            shorter = replace(talk, minutes=steps * minutes)
            problem = replace(self.problem, talks=(*self.problem.talks[:t], shorter, *self.problem.talks[t + 1 :]))
            self.work -= self.instance.count
            if compiled(problem).starts_alone(t):
                yield _Try(Repair("shorten", {"minutes": steps * minutes}), problem)
                return

    def _later(self, t: int) -> Iterator[_Try]:
        """One of the first working days after the talk's window, or after all."""
        problem, talk = self.problem, self.problem.talks[t]
        inside = [day for day in problem.days if talk.latest is not None and wall(day, 0) >= talk.latest]
        after = list(problem.later_days) or next_workdays(problem.days[-1], PARAMETERS.remedies.max_later_days)
        for day in [*inside, *after][: PARAMETERS.remedies.max_later_days]:
            if talk.latest is not None:
                talk = replace(talk, latest=wall(day, max(end for _, end in problem.blocks)))
            talks = (*problem.talks[:t], talk, *problem.talks[t + 1 :])
            days = (*problem.days, *(other for other in after if problem.days[-1] < other <= day))
            yield _Try(Repair(LATER_DAY, {"day": day}), replace(problem, days=days, talks=talks))

    def _works(self, t: int, problem: PlanProblem) -> bool:
        """Whether everything that was placed and the talk have a place in a problem: by ejection, else exactly."""
        instance = compiled(placing.reduced(problem, {*self.placed, self.problem.talks[t].id}))
        schedule = answers.schedule(instance, self.plan)
        self.work -= instance.count
        ejection = Ejection(schedule, self.seed, pinned(instance))
        left = [n for n, start in enumerate(schedule.start) if start < 0]
        ejection.run(left, instance.grid.count, PARAMETERS.remedies.steps, self.watch)
        self.work -= ejection.steps
        return fairness.is_whole(schedule) or self._is_possible(instance)

    def _is_possible(self, instance: Instance) -> bool:
        """What CP-SAT says within a moment."""
        starts = [instance.starts(n, instance.grid.count) for n in range(instance.count)]
        literals = sum(instance.literals(n, mask) for n, mask in enumerate(starts))
        if literals > PARAMETERS.remedies.max_starts or not all(starts):
            return False
        from scheduler.solver import decisions

        self.work -= PARAMETERS.remedies.exact_work + literals
        items = [SlotItem(n, mask) for n, mask in enumerate(starts)]
        patience = decisions.Patience(self.seed, PARAMETERS.remedies.effort, self.watch)
        return decisions.answer(instance, items, patience, is_fair=True).choices is not None


def _with_person(problem: PlanProblem, p: int, person: ProblemPerson) -> PlanProblem:
    return replace(problem, people=(*problem.people[:p], person, *problem.people[p + 1 :]))


def _stretch(grid: Grid, start: int, d: int) -> Stretch:
    return grid.starts[start], Wall(grid.starts[start] + d * grid.minutes)


def next_workdays(day: date, count: int) -> list[date]:
    """The next days from Monday to Friday, for a problem that does not say which days are workdays."""
    days: list[date] = []
    while len(days) < count:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            days.append(day)
    return days


def unused(names: set[str]) -> str:
    """A name that no room has."""
    number = 1
    while f"+{number}" in names:
        number += 1
    return f"+{number}"
