"""Whether a reason is true, looked up from its definition: by counting what it counts, or by trying all without the solver."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.check import check
from scheduler.core.plans.placements import Placement, Plan, PlanStatus
from scheduler.core.plans.problems import (
    MINUTES_A_DAY,
    Goal,
    PlanProblem,
    ProblemSession,
    ProblemTalk,
    Stretch,
    Wall,
    moment_of,
)
from scheduler.core.plans.values import step_starts
from tests.trying_all import best_of, stretches_alone

Details = Mapping[str, Any]


class Claims:
    """What can be said about a problem, and whether it holds: a method for each kind of reason."""

    def __init__(self, problem: PlanProblem) -> None:
        self.problem = problem
        self.talks = {talk.id: talk for talk in problem.talks}
        self.sessions = {session.id: session for session in problem.sessions}
        self.people = {person.id: person for person in problem.people}
        self.steps = step_starts(problem)
        self.grid = problem.grid_minutes

    def hold(self, reason: Finding, plan: Plan) -> bool:
        """Whether a reason that stands in a plan is true."""
        return bool(getattr(self, reason.kind)(reason.details, plan))

    # of one talk
    def no_room_large_enough(self, said: Details, _: Plan) -> bool:
        return all(room.capacity is not None and room.capacity < said["size"] for room in self.problem.rooms)

    def longer_than_blocks(self, said: Details, _: Plan) -> bool:
        longest = max((end - start) // self.grid * self.grid for start, end in self.problem.blocks)
        needed = self.problem.steps(self.talks[said["talk"]].minutes) * self.grid
        return (said["longest"], said["minutes"]) == (longest, needed) and needed > longest

    def window_too_short(self, said: Details, _: Plan) -> bool:
        talk = self.talks[said["talk"]]
        opens = max(talk.earliest or self.steps[0], self.steps[0])
        return talk.latest is not None and max(0, talk.latest - opens) == said["span"] < said["minutes"] == talk.minutes

    def not_by_then(self, said: Details, _: Plan) -> bool:
        return not self._times(said, self._never_busy(people=True, rooms=True))

    def enough_stand(self, said: Details, _: Plan) -> bool:
        people = tuple(replace(one, stands=()) for one in self.problem.people)
        return not self._times(said, self.problem) and bool(self._times(said, replace(self.problem, people=people)))

    def never_free_together(self, said: Details, _: Plan) -> bool:
        everybody = self.talks[said["talk"]]
        roomless = replace(everybody, needs_room=False)
        is_busy = not self._times(said, self.problem, roomless)
        return is_busy and bool(self._times(said, self._never_busy(people=True, rooms=False), roomless))

    never_free_alone = never_free_together

    def no_room_free(self, said: Details, _: Plan) -> bool:
        without = bool(self._times(said, self._never_busy(people=False, rooms=True)))
        return without and not self._times(said, self.problem)

    def order_too_late(self, said: Details, _: Plan) -> bool:
        first_end = moment_of(said["first_end"])
        before = self._with_those_before(said["after"])
        best = best_of(replace(before, goals=(Goal.UNPLACED, Goal.MAKESPAN), max_break_difference=None))
        is_late = not best.is_complete or self._end(best.values[0]) >= first_end
        return is_late and all(start < first_end for start, _ in self._times(said, self.problem))

    def order_too_early(self, said: Details, _: Plan) -> bool:
        # Those that follow cannot all begin later and be over, so the whole of them has no plan.
        names = {said["talk"], *said["before"]}
        problem = self._with_those_before(names)
        late = tuple(
            replace(talk, latest=self._earlier(talk.latest, moment_of(said["until"]))) for talk in problem.talks
        )
        return not best_of(replace(problem, talks=late, max_break_difference=None)).is_complete

    # of rooms
    def rooms_full(self, said: Details, _: Plan) -> bool:
        return self._needed(said) == said["needed"] > said["free"] == self._room_steps(said)

    def rooms_chopped(self, said: Details, _: Plan) -> bool:
        is_counted = self._needed(said) == said["needed"] > said["usable"]
        talk = ProblemTalk("shortest", (), said["shortest"])
        bare = replace(self.problem, people=(), sessions=())
        usable = {
            (room.id, step)
            for room in self._rooms(said)
            for start, end in stretches_alone(replace(bare, rooms=(replace(room, capacity=None),)), talk)
            for step in self._steps_in(said)
            if start <= step < end <= moment_of(said["until"])
        }
        return is_counted and len(usable) == said["usable"]

    def rooms_idle(self, said: Details, _: Plan) -> bool:
        is_counted = self._needed(said) == said["needed"] > said["free"] - said["idle"]
        session = self.sessions[said["session"]]
        return is_counted and said["free"] == self._room_steps(said) and said["idle"] <= self._most_idle(session, said)

    # of a person
    def person_overfull(self, said: Details, _: Plan) -> bool:
        inside = self._of(said)
        is_counted = len(inside) >= said["talks"] and said["free"] == len(self._free_steps(said))
        return is_counted and said["needed"] > said["free"]

    def day_maximum(self, said: Details, _: Plan) -> bool:
        days = [start // MINUTES_A_DAY for start in self._free_steps(said)]
        most = sum(min(said["limit"], days.count(day)) for day in set(days))
        is_counted = said["most"] <= most and said["talks"] > said["most"]
        return is_counted and len(self._of(said)) >= said["talks"] and not self._fits(said)

    def half_day_maximum(self, said: Details, _: Plan) -> bool:
        limit = self.people[said["name"]].max_talks_per_half_day
        return said["talks"] > said["most"] and said["limit"] <= (limit or 0) and not self._fits(said)

    def week_maximum(self, said: Details, _: Plan) -> bool:
        limit = self.people[said["name"]].max_talks_per_week
        return said["talks"] > said["most"] and said["limit"] <= (limit or 0) and not self._fits(said)

    def day_maximum_in_the_way(self, said: Details, _: Plan) -> bool:
        return self.people[said["name"]].max_talks_per_day == said["limit"] and not self._fits(said)

    def person_does_not_fit(self, said: Details, _: Plan) -> bool:
        return said["needed"] <= said["free"] == len(self._free_steps(said)) and not self._fits(said)

    def all_ways_tried(self, said: Details, plan: Plan) -> bool:
        best = best_of(replace(self.problem, goals=(Goal.UNPLACED, Goal.MAKESPAN)))
        if plan.status is PlanStatus.IMPOSSIBLE:
            return not best.is_complete
        return self._end(best.values[0]) > moment_of(said["until"])

    # of a plan
    def starts_taken(self, said: Details, plan: Plan) -> bool:
        talk = self.talks[said["talk"]]
        times = stretches_alone(self.problem, talk)
        causes = sum(
            said.get(cause, 0) for cause in ("by_people", "by_maximum", "by_rooms", "by_order", "by_pools", "by_breaks")
        )
        is_any_open = any(self._is_open(talk, start, plan) for start, _ in times)
        return len(times) == said["starts"] == causes and is_any_open == bool(said.get("by_breaks"))

    def not_found(self, said: Details, plan: Plan) -> bool:
        return any(
            self._is_open(self.talks[said["talk"]], start, plan)
            for start, _ in stretches_alone(self.problem, self.talks[said["talk"]])
        )

    def session_never(self, said: Details, _: Plan) -> bool:
        return not stretches_alone(self.problem, self.sessions[said["session"]])

    def session_in_the_way(self, said: Details, plan: Plan) -> bool:
        other = {one.session: self.sessions[one.session].people for one in plan.sessions}
        other |= {one.talk: one.people for one in plan.placements}
        return set(said["people"]) <= set(other[said["session"]])

    # what they count
    def _times(self, said: Details, problem: PlanProblem, talk: ProblemTalk | None = None) -> list[Stretch]:
        times = stretches_alone(problem, talk or self.talks[said["talk"]])
        return [(start, end) for start, end in times if end <= moment_of(said["until"])]

    def _never_busy(self, *, people: bool, rooms: bool) -> PlanProblem:
        """The problem in which nobody, or no room, is ever busy."""
        return replace(
            self.problem,
            people=tuple(replace(one, busy=() if people else one.busy) for one in self.problem.people),
            rooms=tuple(replace(one, busy=() if rooms else one.busy) for one in self.problem.rooms),
        )

    def _with_those_before(self, names: object) -> PlanProblem:
        wanted = set(names)  # type: ignore[call-overload]
        for talk in reversed(self.problem.talks):
            wanted |= set(talk.after) if talk.id in wanted else set()
        return replace(self.problem, talks=tuple(one for one in self.problem.talks if one.id in wanted), sessions=())

    def _end(self, steps: int) -> Wall:
        return Wall(self.steps[steps - 1] + self.grid) if steps else self.steps[0]

    @staticmethod
    def _earlier(one: Wall | None, other: Wall) -> Wall:
        return other if one is None else min(one, other)

    def _rooms(self, said: Details) -> list[Any]:
        return [room for room in self.problem.rooms if room.id in said.get("rooms", [room.id])]

    def _needed(self, said: Details) -> int:
        inside = {room.id for room in self._rooms(said)}
        needed = 0
        for talk in self.problem.talks:
            holding = {room.id for room in self.problem.rooms if room.capacity is None or room.capacity >= talk.size}
            if talk.fixed and talk.fixed.room:
                holding = {talk.fixed.room}
            if talk.needs_room and holding and holding <= inside:
                needed += self.problem.steps(talk.minutes)
        return needed

    def _room_steps(self, said: Details) -> int:
        return sum(self._is_free(room.busy, start) for room in self._rooms(said) for start in self._steps_in(said))

    def _steps_in(self, said: Details) -> list[Wall]:
        opens = moment_of(said["since"]) if "since" in said else self.steps[0]
        return [start for start in self.steps if opens <= start < moment_of(said["until"])]

    def _is_free(self, busy: tuple[Stretch, ...], start: Wall) -> bool:
        return not any(begin < start + self.grid and start < end for begin, end in busy)

    def _free_steps(self, said: Details) -> list[Wall]:
        busy = self.people[said["name"]].busy
        return [start for start in self._steps_in(said) if self._is_free(busy, start)]

    def _most_idle(self, session: ProblemSession, said: Details) -> int:
        """How many room steps nobody can use at the best of its windows."""
        others = [one for one in self.problem.people if one.id not in session.people]
        size = min(max(1, talk.size) for talk in self.problem.talks)
        idle = []
        for start, end in stretches_alone(self.problem, session):
            steps = [step for step in self._steps_in(said) if start <= step < end]
            there = [sum(self._is_free(room.busy, step) for room in self.problem.rooms) for step in steps]
            free = [sum(self._is_free(one.busy, step) for one in others) for step in steps]
            idle.append(sum(max(0, rooms - people // size) for rooms, people in zip(there, free, strict=True)))
        return min(idle)

    def _of(self, said: Details) -> list[ProblemTalk]:
        """The talks of a person that lie within what is said, as far as their own window and order is known."""
        return [
            talk
            for talk in self.problem.talks
            if said["name"] in talk.people
            and any(end <= moment_of(said["until"]) for _, end in stretches_alone(self.problem, talk))
        ]

    def _fits(self, said: Details) -> bool:
        """Whether the talks of a person have a plan until then, if only that person holds them one after the other."""
        until = moment_of(said["until"])
        mine = [replace(talk, latest=self._earlier(talk.latest, until)) for talk in self._of(said)]
        wanted = {talk.id for talk in mine}
        mine = [replace(talk, after=tuple(other for other in talk.after if other in wanted)) for talk in mine]
        problem = replace(self.problem, talks=tuple(mine), sessions=(), max_break_difference=None)
        best = best_of(replace(problem, goals=(Goal.UNPLACED,)))
        return best.is_complete

    def _is_open(self, talk: ProblemTalk, start: Wall, plan: Plan) -> bool:
        """Whether a plan stays sound with one talk more at a start."""
        bare = replace(plan, status=PlanStatus.FEASIBLE, values={}, bounds={}, unplaced=())
        problem = replace(
            self.problem,
            talks=tuple(
                one for one in self.problem.talks if one is talk or one.id in {p.talk for p in plan.placements}
            ),
            sessions=tuple(one for one in self.problem.sessions if one.id in {p.session for p in plan.sessions}),
            max_break_difference=None,
        )
        rooms = [room.id for room in problem.rooms] if talk.needs_room else [None]
        pools = self._people(talk)
        return any(
            not check(problem, replace(bare, placements=(*plan.placements, Placement(talk.id, start, room, people))))
            for room in rooms
            for people in pools
        )

    def _people(self, talk: ProblemTalk) -> list[tuple[str, ...]]:
        groups = [talk.people]
        for pool in talk.any_of:
            groups = [(*group, one) for group in groups for one in pool if one not in group]
        return groups
