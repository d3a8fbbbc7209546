"""Whatever small problem is drawn: every reason is a claim that holds, looked up from its definition by trying and counting."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.core.plans.check import check
from scheduler.core.plans.problems import Goal
from scheduler.solver import bounds, explanations
from scheduler.solver.instance import compiled
from scheduler.solver.solve import solve
from tests.any_problem import any_problem
from tests.claims import Claims
from tests.trying_all import best_of
from tests.tuning import tune

dice = st.randoms(use_true_random=False)


@settings(max_examples=250)
@given(dice)
def test_no_bound_lies_above_what_is_found_by_trying_all(dice: Random) -> None:
    problem = replace(any_problem(dice, 5), goals=(Goal.UNPLACED, Goal.MAKESPAN), max_break_difference=None)

    bound = bounds.lowest(compiled(problem))

    best = best_of(problem)
    assert bound.horizon <= (best.values[0] if best.is_complete else len(Claims(problem).steps) + 1)


@settings(max_examples=250)
@given(dice)
def test_every_reason_holds(dice: Random) -> None:
    problem = any_problem(dice, 6)
    with pytest.MonkeyPatch.context() as patch:
        tune(patch, explanations, "remedies", max_explained=0)
        plan = solve(problem)

    claims = Claims(problem)
    assert check(problem, plan) == []
    assert {one.talk for one in plan.sessions_left} == {one.id for one in problem.sessions} - {
        one.session for one in plan.sessions
    }
    for left in (*plan.unplaced, *plan.sessions_left):
        assert left.reasons
        for reason in left.reasons:
            assert claims.hold(reason, plan), reason
    assert plan.binding is None or claims.hold(plan.binding, plan), plan.binding
