"""A planner as simple as can be: each talk in turn takes the first place it fits in. For tests that need some sound plan."""

from scheduler.core.plans.grid import Grid, steps_of
from scheduler.core.plans.maxima import PARTS
from scheduler.core.plans.placements import Placement, Plan, PlanStatus, Unplaced
from scheduler.core.plans.problems import Goal, PlanProblem, ProblemTalk, Wall


def plan(problem: PlanProblem) -> Plan:
    """A sound plan, in no way the best."""
    return _Planner(problem).plan()


class _Planner:
    def __init__(self, problem: PlanProblem) -> None:
        self.problem, self.grid = problem, Grid.of(problem)
        free = {one.id: self.grid.all & ~self.grid.touched(one.busy) for one in problem.people}
        self.free = free | {f"r:{room.id}": self.grid.all & ~self.grid.touched(room.busy) for room in problem.rooms}
        self.people = {one.id: one for one in problem.people}
        self.starts = {one.id: list(one.stands) for one in problem.people}

    def plan(self) -> Plan:
        fixed_first = sorted(self.problem.talks, key=lambda talk: talk.fixed is None)
        places = {talk.id: self.place(talk) for talk in fixed_first}
        found = [(talk, places[talk.id]) for talk in self.problem.talks]
        placements = tuple(place for _, place in found if place)
        unplaced = tuple(Unplaced(talk.id) for talk, place in found if not place)
        return Plan(PlanStatus.FEASIBLE, placements, (), unplaced, {Goal.UNPLACED: len(unplaced)})

    def place(self, talk: ProblemTalk) -> Placement | None:
        length = self.problem.steps(talk.minutes)
        for step in steps_of(self.grid.startable(length)):
            start = self.grid.starts[step]
            if talk.fixed and start != talk.fixed.start:
                continue
            if talk.earliest and start < talk.earliest:
                continue
            if talk.latest and start + length * self.grid.minutes > talk.latest:
                continue
            if placed := self.at(talk, step, ((1 << length) - 1) << step):
                return placed
        return None

    def at(self, talk: ProblemTalk, step: int, bits: int) -> Placement | None:
        start = self.grid.starts[step]
        people = list(talk.people)
        for pool in talk.any_of:
            people += [one for one in pool if one not in people and self.is_free(one, bits, start)][:1]
        if len(people) < talk.size or not all(self.is_free(one, bits, start) for one in people):
            return None
        rooms = [
            r.id
            for r in self.problem.rooms
            if (r.capacity or 99) >= talk.size
            and (not talk.fixed or talk.fixed.room in (None, r.id))
            and self.free[f"r:{r.id}"] & bits == bits
        ]
        if talk.needs_room and not rooms:
            return None
        room = rooms[0] if talk.needs_room else None
        for name in [*people, *([f"r:{room}"] if room else [])]:
            self.free[name] &= ~bits
        for one in people:
            self.starts[one].append(start)
        return Placement(talk.id, self.grid.starts[step], room, tuple(people))

    def is_free(self, person: str, bits: int, start: Wall) -> bool:
        had = self.starts[person]
        return self.free[person] & bits == bits and all(
            (most := getattr(self.people[person], kind)) is None
            or sum(part_of(other) == part_of(start) for other in had) < most
            for kind, part_of in PARTS.items()
        )
