"""A schedule as a plan, and a plan as a schedule."""

from scheduler.core.plans.placements import Placement, PlanStatus, SessionPlacement
from scheduler.core.plans.problems import Goal, PlanProblem
from scheduler.solver import answers
from scheduler.solver.instance import compiled
from scheduler.solver.schedule import NOWHERE, Schedule
from tests.problems import a_person, a_plan, a_problem, a_room, a_session, a_talk, at, hours, placed, sat

GOALS = (Goal.MAKESPAN, Goal.MOVED)


def the_problem(**more: object) -> PlanProblem:
    """Three talks, one with a pool, one that stands, one that needs no room; and a session."""
    talks = (
        a_talk("t1", "ab", any_of=(("c", "d"),), current="09:00"),
        a_talk("t2", "cd", current="14:00", minutes=120),
        a_talk("t3", "ef", needs_room=False),
    )
    return a_problem(*talks, sessions=[a_session("s1", "ab", windows=("14:00",))], goals=GOALS, **more)  # type: ignore[arg-type]


def the_schedule(problem: PlanProblem) -> Schedule:
    schedule = Schedule(compiled(problem))
    schedule.place(3, 4)
    schedule.place(0, 0, (3,))
    schedule.place(1, 4)
    return schedule


def test_a_schedule_is_a_plan_with_its_values() -> None:
    problem = the_problem()

    plan = answers.plan(compiled(problem), the_schedule(problem), PlanStatus.FEASIBLE)

    assert plan.placements == (
        Placement("t1", at("08:00"), "R1", ("a", "b", "d")),
        Placement("t2", at("14:00"), "R1", ("c", "d")),
    )
    assert plan.sessions == (SessionPlacement("s1", at("14:00"), None),)
    assert plan.values == {Goal.UNPLACED: 1, Goal.MAKESPAN: 6, Goal.MOVED: 1}


def test_values_of_a_schedule_are_those_of_its_plan() -> None:
    schedule = the_schedule(the_problem())

    assert (answers.makespan(schedule.instance, schedule), answers.moved(schedule.instance, schedule)) == (6, 1)
    empty = Schedule(schedule.instance)
    assert (answers.makespan(empty.instance, empty), answers.moved(empty.instance, empty)) == (0, 0)


def test_a_plan_is_the_schedule_that_it_was() -> None:
    for rooms in ([a_room("R1"), a_room("R2")], [a_room("R1"), a_room("R2", hours("09:00", "10:00"))]):
        problem = the_problem(rooms=rooms)
        schedule = the_schedule(problem)

        again = answers.schedule(schedule.instance, answers.plan(schedule.instance, schedule, PlanStatus.FEASIBLE))

        assert sorted(again.held()) == sorted(schedule.held())


def test_what_of_a_plan_does_not_fit_is_left_out() -> None:
    # d is busy when chosen, t2 is where its room is not, and t3 stands where it could be.
    problem = the_problem(
        people=[*map(a_person, "abc"), a_person("d", hours("08:00", "09:00"))],
        rooms=[a_room("R1", hours("14:00", "18:00"))],
    )
    first, second, third = problem.talks
    plan = a_plan(
        placed(first, "08:00", people="abd"),
        placed(second, "14:00"),
        placed(third, "10:00", None),
        sessions=[sat(problem.sessions[0], "14:00")],
    )

    assert answers.schedule(compiled(problem), plan).start == [NOWHERE, NOWHERE, 2, 4]


def test_the_last_but_so_many_that_stand_are_over_at_the_soonest() -> None:
    talks = [a_talk("t1", current="09:00"), a_talk("t2", current="11:00"), a_talk("t3", current="08:20"), a_talk("t4")]
    instance = compiled(a_problem(*talks))

    assert [answers.soonest_by_existing(instance, most) for most in range(3)] == [4, 2, 0]
