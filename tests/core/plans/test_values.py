import pytest

from scheduler.core.plans.placements import Plan
from scheduler.core.plans.problems import Goal, PlanProblem
from scheduler.core.plans.values import values
from tests.problems import a_plan, a_problem, a_room, a_talk, placed


def value(goal: Goal, problem: PlanProblem, plan: Plan) -> int:
    return values(problem, plan)[goal]


def test_unplaced_talks_weigh_their_priority() -> None:
    talks = [a_talk("t1"), a_talk("t2", priority=5), a_talk("t3", priority=2)]

    assert value(Goal.UNPLACED, a_problem(*talks), a_plan(placed(talks[1], "09:00"))) == 3


def test_moved_are_those_that_start_at_another_time_than_today() -> None:
    talks = [a_talk("t1", current="09:00"), a_talk("t2", current="10:00"), a_talk("t3"), a_talk("t4", current="08:00")]
    plan = a_plan(placed(talks[0], "09:00", "R2"), placed(talks[1], "11:00"), placed(talks[2], "14:00"))

    assert value(Goal.MOVED, a_problem(*talks, rooms=[a_room("R1"), a_room("R2")]), plan) == 1


@pytest.mark.parametrize(
    ("start", "day", "minutes", "steps"),
    [("08:00", 0, 60, 1), ("09:00", 0, 60, 2), ("14:00", 0, 60, 5), ("08:00", 1, 60, 9), ("08:00", 0, 61, 2)],
)
def test_makespan_counts_working_steps_to_the_end_of_the_last_talk(
    start: str, day: int, minutes: int, steps: int
) -> None:
    talk = a_talk(minutes=minutes)

    assert value(Goal.MAKESPAN, a_problem(talk, days=2), a_plan(placed(talk, start, day=day))) == steps


def test_nothing_placed_takes_no_time() -> None:
    assert values(a_problem(a_talk()), a_plan()) == {
        Goal.UNPLACED: 1,
        Goal.MOVED: 0,
        Goal.MAKESPAN: 0,
        Goal.BREAKS: 0,
    }


@pytest.mark.parametrize(
    ("first", "second", "day", "breaks"),
    [
        ("08:00", "09:00", 0, 0),
        ("08:00", "10:00", 0, 1),
        ("08:00", "11:00", 0, 1),
        ("11:00", "14:00", 0, 0),
        ("10:00", "14:00", 0, 1),
        ("11:00", "15:00", 0, 1),
        ("17:00", "08:00", 1, 0),
        ("08:00", "11:00", 1, 0),
    ],
)
def test_break_is_a_gap_of_a_day_that_holds_a_working_step(first: str, second: str, day: int, breaks: int) -> None:
    talks = [a_talk("t1", "ab"), a_talk("t2", "ac")]
    plan = a_plan(placed(talks[1], second, day=day), placed(talks[0], first))

    assert value(Goal.BREAKS, a_problem(*talks, days=2), plan) == breaks


def test_talk_that_the_problem_does_not_know_counts_nothing() -> None:
    assert value(Goal.MAKESPAN, a_problem(), a_plan(placed(a_talk(), "09:00"))) == 0
