"""A later goal never costs anything of an earlier one, however little may be done: limits are counted in looks at the watch."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from scheduler.core.plans.check import check
from scheduler.core.plans.placements import PlanStatus
from scheduler.core.plans.problems import Goal, PlanProblem
from scheduler.documents import problems
from scheduler.solver import search
from scheduler.solver.solve import solve
from tests.any_problem import any_problem
from tests.counted_watch import CountedWatch
from tests.tuning import tune
from tests.waiting import LAST_RESORT

UNPLACED, MOVED, MAKESPAN, BREAKS = Goal
FILES = Path(__file__).parents[1] / "data" / "planner"


def problem_in(name: str) -> PlanProblem:
    """A problem file of the tests."""
    return problems.read(json.loads((FILES / name).read_text()))


def test_all_are_placed_before_any_of_it_is_to_be_over_sooner() -> None:
    # 200 talks in rooms that have bookings of their own: construction and ejection place all of them at once.
    problem = problem_in("mix30.json")

    for looks in (0, 10):
        plan = solve(problem, watch=CountedWatch(looks), explains=False)

        assert problem.goals == (UNPLACED, MAKESPAN)
        assert plan.values[UNPLACED] == 0
        assert check(problem, plan) == []


@settings(max_examples=60)
@given(
    dice=some.randoms(use_true_random=False),
    looks=some.sampled_from((0, 1, 2, 4, 8, 1_000)),
    goals=some.permutations((MOVED, MAKESPAN, BREAKS)),
)
def test_a_goal_more_never_costs_an_earlier_one(dice: Random, looks: int, goals: list[Goal]) -> None:
    problem, reached = replace(any_problem(dice, 6), sessions=()), []
    for count in range(len(goals) + 1):
        asked = replace(problem, goals=(UNPLACED, *goals[:count]))
        with pytest.MonkeyPatch.context() as patch:
            tune(patch, search, "clock", watch_every=LAST_RESORT)  # a look by the clock would be none that counts
            plan = solve(asked, watch=CountedWatch(looks), explains=False)
        assert check(asked, plan) == []
        values = [plan.values[goal] for goal in asked.goals]
        assert values[: len(reached)] <= reached
        reached = values


def test_a_bound_that_only_linear_programs_prove_is_proven() -> None:
    # Nine leaders and eighteen heads in two rooms: 44 steps by counting, 47 in truth.
    plan = solve(problem_in("L9-47.json"))

    assert (plan.status, plan.values[MAKESPAN], plan.bounds[MAKESPAN]) == (PlanStatus.OPTIMAL, 47, 47)
