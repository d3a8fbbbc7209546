"""Idle gaps as a rule and as a goal."""

import pytest

from scheduler.core.plans.problems import Goal, PlanProblem
from scheduler.solver import fairness
from scheduler.solver.instance import compiled
from scheduler.solver.schedule import NOWHERE, Schedule
from scheduler.solver.watch import Watch
from tests.problems import a_problem, a_session, a_talk

MORNING = ((8 * 60, 12 * 60),)
TALKS = (a_talk("t1", "ab", current="08:00"), a_talk("t2", "ac", current="10:00"))


def a_pair(most: int | None = 0, **more: object) -> PlanProblem:
    """a talks with b and with c."""
    return a_problem(*TALKS, blocks=MORNING, max_break_difference=most, **more)  # type: ignore[arg-type]


def scheduled(problem: PlanProblem, *starts: int) -> Schedule:
    schedule = Schedule(compiled(problem))
    for t, start in enumerate(starts):
        if start != NOWHERE:
            schedule.place(t, start)
    return schedule


@pytest.mark.parametrize(
    ("most", "starts", "is_spread", "is_whole"),
    [
        (None, (0, 2), True, True),
        (1, (0, 2), True, True),
        (0, (0, 2), False, False),
        (0, (0, 1), True, True),
        (0, (0,), True, False),
    ],
)
def test_idle_gaps_are_spread_as_evenly_as_is_asked(
    most: int | None, starts: tuple[int, ...], is_spread: bool, is_whole: bool
) -> None:
    schedule = scheduled(a_pair(most), *starts)

    assert (fairness.spread(schedule), fairness.is_whole(schedule)) == (is_spread, is_whole)


def test_all_idle_gaps_are_counted() -> None:
    assert fairness.idle_gaps(scheduled(a_pair(), 0, 2)) == 1


def test_who_has_too_many_idle_gaps_talks_less() -> None:
    problem = a_pair(sessions=[a_session("s1", "ab", windows=("10:00",))])
    schedule = scheduled(problem, 0, 2)
    schedule.remove(1)
    schedule.place(1, 3)

    assert fairness.thinned(schedule).start == [0, NOWHERE, NOWHERE]
    assert fairness.thinned(scheduled(problem, 0, 1)).start == [0, 1, NOWHERE]


def test_fewest_idle_gaps_within_few_moves() -> None:
    problem = a_pair(1, goals=(Goal.MOVED, Goal.BREAKS))
    instance, known, told = compiled(problem), scheduled(problem, 0, 2), []

    stays = fairness.fewest_idle_gaps(instance, 4, 0, known, 1, Watch())
    moves = fairness.fewest_idle_gaps(instance, 4, 1, known, 1, Watch(), told.append)

    assert (stays.idle_gaps, stays.bound, stays.is_impossible) == (1, 1, False)
    assert (moves.idle_gaps, moves.bound, moves.is_impossible) == (0, 0, False)
    assert [fairness.idle_gaps(schedule) for schedule in told] == [1, 0]
    assert stays.schedule is not None
    assert stays.schedule.start == [0, 2]


def test_what_cannot_be_is_proven() -> None:
    found = fairness.fewest_idle_gaps(compiled(a_pair()), 1, None, None, 1, Watch())

    assert (found.schedule, found.is_impossible) == (None, True)
