"""As many talks as can be."""

from dataclasses import replace

import pytest

from scheduler.core.plans.problems import PlanProblem
from scheduler.solver import placing
from scheduler.solver.instance import compiled
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.placing import Placed, placed, reduced
from scheduler.solver.watch import Watch
from tests.problems import a_person, a_problem, a_room, a_session, a_talk, hours
from tests.tuning import tune

ONE_STEP = ((8 * 60, 9 * 60),)
NO_MODELS = replace(PARAMETERS.placing, max_starts=0, max_fair_starts=0)
ROOMS = [a_room("R1"), a_room("R2")]


def part(problem: PlanProblem, watch: Watch | None = None) -> Placed:
    return placed(compiled(problem), 1, watch or Watch())


def test_all_are_placed_where_that_can_be() -> None:
    found = part(a_problem(a_talk("t1", "ab"), a_talk("t2", "ac")))

    assert (found.is_complete, found.has_all_sessions, found.bound, found.why) == (True, True, 0, None)


def test_the_least_weight_is_left_and_it_is_said_why() -> None:
    talks = [a_talk("t1", "ab", priority=3), a_talk("t2", "ac", priority=2)]

    found = part(a_problem(*talks, rooms=ROOMS, blocks=ONE_STEP))

    assert (found.schedule.start, found.bound, found.is_complete) == ([0, -1], 2, False)
    assert found.why is not None
    assert found.why.kind == "person_overfull"


def test_where_no_count_says_why_all_ways_were_tried() -> None:
    # Each of three people has two steps for two talks, but no two of the three talks can be at once.
    talks = [a_talk("t1", "ab"), a_talk("t2", "bc"), a_talk("t3", "ac")]

    found = part(a_problem(*talks, rooms=[*ROOMS, a_room("R3")], blocks=((480, 600),)))

    assert (found.bound, found.why and found.why.kind) == (1, "all_ways_tried")


@pytest.mark.parametrize(("watch", "bound"), [(Watch(), 9), (Watch(0), 9)])
def test_a_session_is_worth_more_than_all_talks(watch: Watch, bound: int) -> None:
    session = a_session("s1", "ac", minutes=60)

    found = part(a_problem(a_talk("t1", "ab", priority=9), sessions=[session], blocks=ONE_STEP), watch)

    assert (found.schedule.start, found.has_all_sessions, found.bound) == ([-1, 0], True, bound)


def test_of_sessions_that_cannot_all_be_the_talks_are_weighed_apart() -> None:
    sessions = [a_session("s1", "ab", minutes=60), a_session("s2", "bc", minutes=60)]
    talks = [a_talk("t1", "de", priority=4), a_talk("t2", "df", priority=5)]

    found = part(a_problem(*talks, rooms=ROOMS, sessions=sessions, blocks=ONE_STEP))

    assert (found.has_all_sessions, found.bound) == (False, 4)
    assert found.schedule.start[:2] == [-1, 0]


@pytest.mark.parametrize(("limit", "value"), [("max_starts", 0), ("effort", 0.0)])
def test_without_an_exact_answer_the_counts_are_the_bound(
    limit: str, value: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    tune(monkeypatch, placing, "placing", **{limit: value})
    talks = [a_talk("t1", "ab", priority=3), a_talk("t2", "ac", priority=2)]

    found = part(a_problem(*talks, rooms=ROOMS, blocks=ONE_STEP))

    assert (found.schedule.start, found.bound) == ([0, -1], 2)


def test_a_large_model_is_not_made_where_idle_gaps_count(monkeypatch: pytest.MonkeyPatch) -> None:
    # a has an idle gap between talks at eight and ten, so one of them is all that is left.
    tune(monkeypatch, placing, "placing", max_fair_starts=0)
    people = [a_person("b", hours("09:00", "18:00")), a_person("c", hours("08:00", "10:00"), hours("11:00", "18:00"))]

    found = part(a_problem(a_talk("t1", "ab"), a_talk("t2", "ac"), people=people, max_break_difference=0))

    assert (found.schedule.start, found.bound, found.why) == ([0, -1], 0, None)


def test_where_a_model_would_be_too_large_ejection_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    # One room; t1 and t2 are a's, t2 and t3 b's: whoever takes the only step of another has to make way.
    people = [a_person("c", hours("09:00", "18:00")), a_person("d", hours("08:00", "09:00"), hours("10:00", "18:00"))]
    problem = a_problem(a_talk("t1", "ab", current="08:00"), a_talk("t2", "ac"), a_talk("t3", "bd"), people=people)
    fewer = replace(PARAMETERS.ejection, few_steps=0)
    monkeypatch.setattr(placing, "PARAMETERS", replace(PARAMETERS, ejection=fewer, placing=NO_MODELS))

    assert part(problem).is_complete


def test_the_least_weight_proves_that_not_all_can_be_placed(monkeypatch: pytest.MonkeyPatch) -> None:
    tune(monkeypatch, placing, "placing", max_fair_starts=0)
    talks = [a_talk("t1", "ab"), a_talk("t2", "bc"), a_talk("t3", "ac")]

    found = part(a_problem(*talks, rooms=[*ROOMS, a_room("R3")], blocks=((480, 600),)))

    assert (found.bound, found.why and found.why.kind) == (1, "all_ways_tried")


def test_of_many_talks_it_is_not_said_why_when_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    tune(monkeypatch, placing, "placing", max_hurried=1)
    problem = a_problem(a_talk("t1", "ab"), a_talk("t2", "ac"), rooms=ROOMS, blocks=ONE_STEP)

    assert (part(problem, Watch(0)).why, part(problem, Watch(0)).bound) == (None, 0)


def test_a_reduced_problem_has_some_talks_that_wait_for_each_other() -> None:
    talks = [a_talk("t1"), a_talk("t2", after=("t1",)), a_talk("t3", after=("t1", "t2"))]
    problem = a_problem(*talks, sessions=[a_session()])

    assert reduced(problem, {"t1", "t3"}) == replace(problem, talks=(talks[0], replace(talks[2], after=("t1",))))
