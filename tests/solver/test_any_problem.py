"""Whatever small problem is drawn: the plan is sound, what it says of itself is true, and nothing better is found by trying all."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.core.plans.check import check
from scheduler.core.plans.placements import Plan, PlanStatus
from scheduler.core.plans.problems import Goal, PlanProblem
from scheduler.solver.solve import solve
from scheduler.solver.watch import Progress, Watch
from tests.any_problem import any_problem
from tests.trying_all import Best, best_of

dice = st.randoms(use_true_random=False)


def reached(problem: PlanProblem, plan: Plan) -> Best:
    """What a plan reaches, in the words of whoever tried everything."""
    is_complete = not plan.unplaced and len(plan.sessions) == len(problem.sessions)
    return Best(
        len(problem.sessions) - len(plan.sessions),
        len(plan.unplaced),
        plan.values[Goal.UNPLACED],
        tuple(plan.values[goal] for goal in problem.goals if goal is not Goal.UNPLACED) if is_complete else (),
    )


@settings(max_examples=150)
@given(dice)
def test_nothing_better_is_found_by_trying_all(dice: Random) -> None:
    problem = any_problem(dice)

    plan = solve(problem, explains=False)

    best = best_of(problem)
    assert check(problem, plan) == []
    assert reached(problem, plan) == best
    assert plan.status is (PlanStatus.OPTIMAL if best.is_complete else PlanStatus.IMPOSSIBLE)
    assert plan.bounds[Goal.UNPLACED] == best.unplaced
    if best.is_complete:
        assert plan.bounds == {Goal.UNPLACED: 0} | {goal: plan.values[goal] for goal in problem.goals}


@settings(max_examples=60)
@given(dice)
def test_what_is_told_on_the_way_is_sound_and_the_end_is_no_worse(dice: Random) -> None:
    problem = any_problem(dice, 6)
    news: list[Progress] = []

    plan = solve(problem, tell=news.append)

    plans = [one.plan for one in news if one.plan is not None]
    assert [check(problem, one) for one in plans] == [[]] * len(plans)
    assert check(problem, plan) == []
    if plan.status is PlanStatus.OPTIMAL:
        assert all(plan.values[problem.goals[-1]] <= one.values[problem.goals[-1]] for one in plans[-1:])


@settings(max_examples=20)
@given(dice, st.integers(0, 100))
def test_same_seed_gives_the_same_plan(dice: Random, seed: int) -> None:
    problem = any_problem(dice, 6)

    one, other = (replace(solve(problem, seed=seed), seconds=0.0) for _ in range(2))

    assert one == other
    assert (one.values, one.bounds) == (other.values, other.bounds)


@settings(max_examples=60)
@given(dice)
def test_plan_is_sound_although_there_is_no_time_at_all(dice: Random) -> None:
    problem = replace(any_problem(dice, 8), sessions=())

    plan = solve(problem, watch=Watch(0))

    assert check(problem, plan) == []
