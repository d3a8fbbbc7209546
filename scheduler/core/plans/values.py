"""How good a plan is: each goal counted from its definition, without the solver and without `grid`."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

from scheduler.core.plans.placements import Placement, Plan
from scheduler.core.plans.problems import MINUTES_A_DAY, Goal, PlanProblem, ProblemTalk, Stretch, Wall

Row = tuple[ProblemTalk, Placement, Stretch]
"""A placed talk: what was asked, where it is, and from when to when; its last step is taken whole."""


def values(problem: PlanProblem, plan: Plan, goals: Collection[Goal] = tuple(Goal)) -> dict[Goal, int]:
    """What a plan reaches in goals, each once; in every goal there is if none are named."""
    rows = rows_of(problem, plan)
    talks = talks_by_person(rows) if Goal.BREAKS in goals else {}
    return {goal: value_of(goal, problem, rows, talks) for goal in dict.fromkeys(goals)}


def value_of(goal: Goal, problem: PlanProblem, rows: list[Row], talks: Mapping[str, list[Stretch]]) -> int:
    """What placed talks reach in a goal."""
    if goal is Goal.UNPLACED:
        return sum([talk.priority for talk in problem.talks]) - sum([talk.priority for talk, _, _ in rows])
    if goal is Goal.MOVED:
        return len([1 for talk, where, _ in rows if talk.current and where.start != talk.current.start])
    if goal is Goal.MAKESPAN:
        return _makespan(problem, rows)
    return sum(breaks_by_person(problem, talks).values())


def rows_of(problem: PlanProblem, plan: Plan) -> list[Row]:
    """The talks of a problem that have a place, each once; what the problem does not know is left out."""
    talks = {talk.id: talk for talk in problem.talks}
    grid = problem.grid_minutes
    rows: list[Row] = []
    for placement in plan.placements:
        talk = talks.pop(placement.talk, None)
        if talk is not None:
            start = placement.start
            rows.append((talk, placement, (start, Wall(start + -(-talk.minutes // grid) * grid))))
    return rows


def talks_by_person(rows: Iterable[Row]) -> dict[str, list[Stretch]]:
    """When each person who has any talks has them, ascending."""
    talks: defaultdict[str, list[Stretch]] = defaultdict(list)
    for _, placement, stretch in rows:
        for person in placement.people:
            talks[person].append(stretch)
    for stretches in talks.values():
        stretches.sort()
    return dict(talks)


def breaks_by_person(problem: PlanProblem, talks: Mapping[str, list[Stretch]]) -> dict[str, int]:
    """For each person, the gaps between two consecutive talks of a day that hold a working grid step."""
    starts = step_starts(problem)
    return {person.id: _breaks(talks.get(person.id, []), starts) for person in problem.people}


def _breaks(stretches: list[Stretch], starts: list[Wall]) -> int:
    """How many of the gaps between these talks of one person are breaks."""
    count = 0
    for (start, end), (then, _) in pairwise(stretches):
        if end < then and start // MINUTES_A_DAY == then // MINUTES_A_DAY:
            count += bisect_left(starts, end) < bisect_left(starts, then)
    return count


def step_starts(problem: PlanProblem) -> list[Wall]:
    """When each working grid step starts, ascending."""
    grid = problem.grid_minutes
    return [Wall(start + step * grid) for start, count in problem.block_starts() for step in range(count)]


def _makespan(problem: PlanProblem, rows: list[Row]) -> int:
    """The steps of working time up to the end of the last talk."""
    last = max([end for _, _, (_, end) in rows], default=None)
    return 0 if last is None else bisect_left(step_starts(problem), last)
