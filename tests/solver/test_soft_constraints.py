"""Talks that come first in the problem come first in time, where that costs nothing."""

import pytest

from scheduler.core.plans.check import check
from scheduler.core.plans.problems import Goal, PlanProblem
from scheduler.solver import soft_constraints
from scheduler.solver.instance import compiled
from scheduler.solver.schedule import Schedule
from scheduler.solver.soft_constraints import improved
from scheduler.solver.solve import solve
from scheduler.solver.watch import Watch
from tests.problems import a_person, a_problem, a_room, a_talk, at, hours
from tests.tuning import tune


def scheduled(problem: PlanProblem, *starts: int) -> Schedule:
    schedule = Schedule(compiled(problem))
    for t, start in enumerate(starts):
        chosen = schedule.choose(t, start)
        assert chosen is not None
        schedule.place(t, start, chosen)
    return schedule


def test_a_talk_starts_as_soon_as_it_can_among_the_others() -> None:
    problem = a_problem(a_talk("t1", "ab"), a_talk("t2", "cd"), rooms=[a_room("R1"), a_room("R2")])

    schedule = improved(scheduled(problem, 3, 5))

    assert schedule.start == [0, 0]


def test_the_first_of_two_talks_comes_first() -> None:
    problem = a_problem(a_talk("t1", "ab"), a_talk("t2", "cd"))

    schedule = improved(scheduled(problem, 1, 0))

    assert schedule.start == [0, 1]


def test_two_talks_stay_where_one_of_them_would_not_fit() -> None:
    late = a_person("c", hours("09:00", "18:00"))
    problem = a_problem(a_talk("t1", "ab"), a_talk("t2", "cd"), people=[late])

    schedule = improved(scheduled(problem, 1, 0))

    assert schedule.start == [1, 0]


def test_two_talks_stay_where_the_first_would_not_fit() -> None:
    early = a_person("a", hours("08:00", "09:00"))
    problem = a_problem(a_talk("t1", "ab"), a_talk("t2", "cd"), people=[early])

    schedule = improved(scheduled(problem, 1, 0))

    assert schedule.start == [1, 0]


def test_talks_of_different_length_do_not_change_places() -> None:
    problem = a_problem(a_talk("t1", "ab"), a_talk("t2", "cd", 120))

    schedule = improved(scheduled(problem, 2, 0))

    assert schedule.start == [2, 0]


def test_a_talk_with_a_pool_is_drawn_forward_to_when_somebody_is_free() -> None:
    busy = a_person("x", hours("08:00", "10:00"))
    problem = a_problem(a_talk("t1", "a", any_of=(("x",),)), people=[busy])

    schedule = improved(scheduled(problem, 5))

    assert schedule.start == [2]


def test_a_pool_that_sends_nobody_earlier_leaves_the_talk_where_it_is() -> None:
    busy_x, busy_y = a_person("x", hours("08:00", "09:00")), a_person("y", hours("08:00", "09:00"))
    problem = a_problem(
        a_talk("t1", "a", any_of=(("x", "y"), ("x",))),
        a_talk("t2", "y", any_of=(("b",),)),
        people=[busy_x, busy_y],
        rooms=[a_room("R1"), a_room("R2")],
    )

    schedule = improved(scheduled(problem, 2, 1))

    assert schedule.start == [2, 1]


def test_what_stands_today_and_what_is_fixed_stays() -> None:
    problem = a_problem(a_talk("t1", "ab", current="10:00"), a_talk("t2", "cd", fixed="09:00"))

    schedule = improved(scheduled(problem, 2, 1))

    assert schedule.start == [2, 1]


def test_where_idle_gaps_have_to_be_spread_nothing_is_touched() -> None:
    problem = a_problem(a_talk("t1", "ab"), goals=(Goal.UNPLACED, Goal.BREAKS), max_break_difference=1)

    assert improved(scheduled(problem, 4)).start == [4]


def test_many_talks_are_drawn_forward_but_do_not_change_places() -> None:
    talks = [a_talk(f"t{number}", "ab", 60) for number in range(301)]
    problem = a_problem(*talks, days=40)
    count = compiled(problem).count

    schedule = improved(scheduled(problem, 1, 0, *range(2, count)))

    assert schedule.start[:3] == [1, 0, 2]


def test_solving_grants_the_wish() -> None:
    problem = a_problem(a_talk("t1", "ab"), a_talk("t2", "cd"), a_talk("t3", "ef"))

    plan = solve(problem)

    assert [placement.start for placement in plan.placements] == [at("08:00"), at("09:00"), at("10:00")]
    assert check(problem, plan) == []


def test_of_very_many_talks_only_as_many_are_drawn_forward_as_there_is_time_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tune(monkeypatch, soft_constraints, "placing", max_hurried=2)
    tune(monkeypatch, soft_constraints, "counting", look_every=1)
    problem = a_problem(a_talk("t1", "ab"), a_talk("t2", "cd"), a_talk("t3", "ef"), rooms=[a_room()])

    starts = [improved(scheduled(problem, 1, 3, 5), watch).start for watch in (Watch(), Watch(0))]

    assert starts == [[0, 1, 2], [0, 3, 5]]
