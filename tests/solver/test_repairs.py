"""Fewest moved: what stands is kept where it can be, and it is proven that fewer moves would not do."""

import pytest

from scheduler.core.plans.problems import Goal, PlanProblem
from scheduler.solver import repairs
from scheduler.solver.instance import compiled
from scheduler.solver.repairs import Repaired, fewest_moved
from scheduler.solver.watch import Watch
from tests.problems import a_person, a_problem, a_room, a_session, a_talk, hours
from tests.tuning import tune

GOALS = (Goal.UNPLACED, Goal.MOVED)


def repaired(problem: PlanProblem, watch: Watch | None = None) -> Repaired:
    instance = compiled(problem)
    return fewest_moved(instance, instance.grid.count, 1, watch or Watch())


def one_must_make_way() -> PlanProblem:
    """At nine a is away, and the only other time that a and b have is where b talks with c, who has all day."""
    a = a_person("a", hours("09:00", "18:00"))
    return a_problem(a_talk("t1", "ab", current="09:00"), a_talk("t2", "bc", current="08:00"), people=[a], goals=GOALS)


def test_who_stands_in_the_way_makes_way() -> None:
    found = repaired(one_must_make_way())

    assert (found.moved, found.unplaced, found.moved_bound, found.is_proven) == (2, 0, 2, True)


def test_a_model_that_would_be_too_large_is_not_built(monkeypatch: pytest.MonkeyPatch) -> None:
    tune(monkeypatch, repairs, "moves", max_starts=0)

    found = repaired(one_must_make_way())

    assert (found.moved, found.moved_bound, found.is_proven) == (2, 1, False)


def test_a_watch_that_is_over_leaves_what_construction_keeps() -> None:
    watch = Watch()
    watch.stop()

    found = repaired(one_must_make_way(), watch)

    assert not found.is_proven


def test_a_talk_that_a_session_might_meet_may_make_way() -> None:
    session = a_session("s1", "cd", 60, ["10:00", "11:00"])
    talks = [a_talk("t1", "ab", current="09:00"), a_talk("t2", "ce", current="10:00")]
    away = a_person("a", hours("09:00", "10:00"))
    problem = a_problem(*talks, people=[away], rooms=[a_room("R1"), a_room("R2")], sessions=[session], goals=GOALS)

    found = repaired(problem)

    assert (found.moved, found.unplaced, found.is_proven) == (1, 0, True)


def test_talks_that_share_nobody_with_what_moves_only_take_rooms() -> None:
    away = a_person("a", hours("08:00", "10:00"))
    talks = [a_talk("t1", "ab", current="08:00"), *(a_talk(f"o{n}", "cd", current=f"{n}:00") for n in (10, 11, 14))]
    session = a_session("s1", "xy", 60, ["16:00"])
    problem = a_problem(*talks, people=[away], sessions=[session], goals=GOALS)

    found = repaired(problem)

    assert (found.moved, found.moved_bound, found.is_proven) == (1, 1, True)


def test_a_talk_makes_way_for_a_session_of_its_people_that_has_no_other_window() -> None:
    away = a_person("a", hours("08:00", "09:00"))
    session = a_session("s1", "xy", 60, ["10:00", "11:00"])
    talks = [
        a_talk("t1", "ab", current="08:00"),
        a_talk("t2", "xz", current="10:00"),
        a_talk("t3", "yw", current="11:00"),
    ]
    rooms = [a_room("R1"), a_room("R2"), a_room("R3")]

    found = repaired(a_problem(*talks, people=[away], rooms=rooms, sessions=[session], goals=GOALS))

    assert (found.moved, found.unplaced, found.is_proven) == (2, 0, True)


def test_who_makes_way_does_not_touch_those_who_share_nobody_with_them() -> None:
    problem = one_must_make_way()
    bystander = a_talk("t3", "uv", current="10:00")
    wider = a_problem(
        *problem.talks, bystander, people=problem.people, sessions=[a_session("s1", "xy", 60, ["16:00"])], goals=GOALS
    )

    found = repaired(wider)

    assert (found.moved, found.moved_bound, found.is_proven) == (2, 2, True)


def test_a_model_that_is_given_no_time_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    tune(monkeypatch, repairs, "moves", effort=0.0)

    found = repaired(one_must_make_way())

    assert (found.moved, found.moved_bound, found.is_proven) == (2, 1, False)
