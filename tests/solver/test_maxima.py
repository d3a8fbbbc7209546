"""At most so many talks a half-day, a day and a week: the search keeps to it, bounds and reasons say it, repairs lift it."""

from dataclasses import replace
from typing import Any

import pytest

from scheduler.core.plans.check import check
from scheduler.core.plans.placements import Plan, PlanStatus
from scheduler.core.plans.problems import Goal, PlanProblem, ProblemPerson
from scheduler.solver.instance import compiled
from scheduler.solver.schedule import Schedule
from scheduler.solver.solve import solve
from scheduler.wording.plan_reasons import sentence
from tests.claims import Claims
from tests.problems import a_person, a_problem, a_room, a_talk, at

ROOMS = [a_room(f"R{n}") for n in range(3)]
TALKS = [a_talk(f"t{n}", pair) for n, pair in enumerate(("ab", "ac", "ad"))]


def limited(*stands: str, **maxima: Any) -> ProblemPerson:
    return replace(a_person("a"), stands=tuple(map(at, stands)), **maxima)


def of(person: ProblemPerson, days: int = 10) -> PlanProblem:
    """Three talks of one person, who has time for all of them in the first three hours."""
    return a_problem(*TALKS, people=[person], rooms=ROOMS, days=days)


def times(problem: PlanProblem) -> list[tuple[int, int]]:
    """The days and hours of the talks."""
    plan = solve(problem)
    assert (check(problem, plan), plan.status) == ([], PlanStatus.OPTIMAL)
    monday = at("00:00")
    return sorted(((one.start - monday) // 1440, one.start % 1440 // 60) for one in plan.placements)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (limited(), [(0, 8), (0, 9), (0, 10)]),
        (limited(max_talks_per_half_day=1), [(0, 8), (0, 14), (1, 8)]),
        (limited(max_talks_per_half_day=2), [(0, 8), (0, 9), (0, 14)]),
        (limited(max_talks_per_day=2), [(0, 8), (0, 9), (1, 8)]),
        (limited(max_talks_per_week=2), [(0, 8), (0, 9), (7, 8)]),
        (limited(max_talks_per_week=2, max_talks_per_day=1), [(0, 8), (1, 8), (7, 8)]),
        (limited("2026-03-04T20:00", max_talks_per_week=2), [(0, 8), (7, 8), (7, 9)]),
        (limited("11:00", max_talks_per_half_day=1), [(0, 14), (1, 8), (1, 14)]),
    ],
)
def test_what_is_asked_changes_the_plan(person: ProblemPerson, expected: list[tuple[int, int]]) -> None:
    assert times(of(person)) == expected


@pytest.mark.parametrize(
    ("person", "days", "kind", "text"),
    [
        (limited(max_talks_per_half_day=1), 1, "half_day_maximum", "每半天最多 1 次"),
        (limited(max_talks_per_week=2), 5, "week_maximum", "每周最多 2 次"),
        (limited("2026-03-05T09:00", max_talks_per_week=3), 3, "week_maximum", "每周最多 2 次"),
    ],
)
def test_why_not_is_said_by_name(person: ProblemPerson, days: int, kind: str, text: str) -> None:
    problem = of(person, days)

    plan = solve(problem)

    assert (plan.status, plan.values[Goal.UNPLACED], check(problem, plan)) == (PlanStatus.IMPOSSIBLE, 1, [])
    assert plan.binding is not None
    assert (plan.binding.kind, plan.binding.subject) == (kind, "a")
    assert text in sentence(plan.binding)
    assert Claims(problem).hold(plan.binding, plan)
    assert f"lift_{kind}" in repairs(plan)


def repairs(plan: Plan) -> list[str]:
    return [repair.kind for unplaced in plan.unplaced for repair in unplaced.repairs if repair.is_verified]


def test_where_as_many_stand_as_may_be_no_talk_is_placed_and_that_is_why() -> None:
    problem = a_problem(TALKS[0], people=[limited("08:00", max_talks_per_day=1)])

    plan = solve(problem)

    (unplaced,) = plan.unplaced
    assert {reason.kind for reason in unplaced.reasons} == {"enough_stand"}
    assert all(Claims(problem).hold(reason, plan) for reason in unplaced.reasons)
    assert "lift_day_maximum" in repairs(plan)


def test_nobody_is_chosen_of_whom_as_many_talks_stand_as_may_be() -> None:
    talk = a_talk("t1", "ab", any_of=(("c", "d"),))
    problem = a_problem(talk, people=[replace(limited("08:00", max_talks_per_half_day=1), id="c")])

    (placement,) = solve(problem).placements

    assert placement.people == ("a", "b", "d")


def test_a_part_that_is_opened_again_leaves_those_shut_that_are_full() -> None:
    instance = compiled(of(limited(max_talks_per_half_day=1, max_talks_per_day=2, max_talks_per_week=2)))
    schedule = Schedule(instance)
    schedule.place(0, 0)
    schedule.place(1, 4)
    assert schedule.open_starts(2, -1) == instance.allowed[2] & ~((1 << 56) - 1), "the week is full"

    schedule.remove(1)

    assert schedule.open_starts(2, 0b11111111) == 0b11110000, "the morning is"
    assert schedule.is_full(0, 0)
    assert not schedule.is_full(0, 4)


def test_a_problem_without_any_day_has_no_parts_either() -> None:
    assert compiled(replace(of(limited(max_talks_per_week=1)), days=())).maxima == ((),) * 4
