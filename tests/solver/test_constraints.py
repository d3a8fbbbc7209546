"""Each hard rule: one problem that just fits, and the same with a little less, which cannot be."""

import pytest

from scheduler.core.plans.check import check
from scheduler.core.plans.placements import Plan, PlanStatus
from scheduler.core.plans.problems import Goal, PlanProblem, ProblemTalk, TalkPlace
from scheduler.solver.solve import solve
from tests.problems import a_person, a_problem, a_room, a_session, a_talk, at, hours

MORNING = ((8 * 60, 12 * 60),)
"""Four steps of an hour."""
TWO_STEPS = ((8 * 60, 10 * 60),)


def solved(problem: PlanProblem) -> Plan:
    """A plan that the checker has nothing against."""
    plan = solve(problem)
    assert check(problem, plan) == []
    return plan


def fits(problem: PlanProblem) -> bool:
    """Whether everything has a place; proven either way."""
    plan = solved(problem)
    assert plan.status is not PlanStatus.FEASIBLE
    return plan.status is PlanStatus.OPTIMAL


def starts(problem: PlanProblem) -> dict[str, str]:
    """When each talk starts, as a time of the first day."""
    return {
        one.talk: next(
            f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30) if at(f"{hour}:{minute}") == one.start
        )
        for one in solved(problem).placements
    }


def pairs(*names: str, **more: object) -> list[ProblemTalk]:
    """Talks of an hour, each of two people."""
    return [a_talk(f"t{n}", name, **more) for n, name in enumerate(names)]


@pytest.mark.parametrize(("steps", "does"), [(3, True), (2, False)])
def test_nobody_is_in_two_talks_at_once(steps: int, does: bool) -> None:
    talks = pairs("ab", "ac", "ad")

    assert fits(a_problem(*talks, rooms=[a_room(f"R{n}") for n in range(3)], blocks=((480, 480 + 60 * steps),))) is does


@pytest.mark.parametrize(("rooms", "does"), [(2, True), (1, False)])
def test_no_room_is_taken_twice_at_once(rooms: int, does: bool) -> None:
    talks = pairs("ab", "cd", "ef", "gh")

    assert fits(a_problem(*talks, rooms=[a_room(f"R{n}") for n in range(rooms)], blocks=TWO_STEPS)) is does


@pytest.mark.parametrize(("until", "does"), [("09:00", True), ("10:00", False)])
def test_rooms_that_are_taken_at_different_times_are_told_apart(until: str, does: bool) -> None:
    # Talks of two steps in three: R1 is free from 9 on, R2 until 10; both at 9–10, but nobody changes rooms.
    talks = pairs("ab", "cd", minutes=120)
    rooms = [a_room("R1", hours("08:00", until)), a_room("R2", hours("10:00", "11:00"))]

    assert fits(a_problem(*talks, rooms=rooms, blocks=((480, 660),))) is does


@pytest.mark.parametrize(("capacity", "does"), [(3, True), (2, False)])
def test_a_room_holds_everybody_who_comes(capacity: int, does: bool) -> None:
    talks = [a_talk("t1", "ab", any_of=(("c", "d"),)), a_talk("t2", "ef")]
    rooms = [a_room("R1", capacity=capacity), a_room("R2", capacity=2)]

    assert fits(a_problem(*talks, rooms=rooms, blocks=((480, 540),))) is does


def test_without_a_room_there_is_no_talk_that_needs_one() -> None:
    assert not fits(a_problem(a_talk(), rooms=()))
    assert fits(a_problem(a_talk(needs_room=False), rooms=()))


def test_talks_that_need_no_room_take_none() -> None:
    talks = [*pairs("ab", "cd", needs_room=False), a_talk("t9", "ef")]

    plan = solved(a_problem(*talks, blocks=((480, 540),)))

    assert [one.room for one in plan.placements] == [None, None, "R1"]


@pytest.mark.parametrize(("minutes", "does"), [(120, True), (150, False)])
def test_a_talk_does_not_cross_the_end_of_its_block(minutes: int, does: bool) -> None:
    # Two blocks of two hours that touch at ten.
    assert fits(a_problem(a_talk(minutes=minutes), blocks=((480, 600), (600, 720)), grid=30)) is does


def test_blocks_may_differ_and_leave_gaps() -> None:
    # Two hours, half an hour, and ten minutes that are no step: only the first block holds an hour, the second only the short talk.
    talks = [a_talk("t1", minutes=120), a_talk("t2", minutes=20)]

    found = starts(a_problem(*talks, blocks=((480, 600), (630, 660), (700, 710)), grid=30))

    assert found == {"t1": "08:00", "t2": "10:30"}


def test_one_step_in_each_block_is_enough_for_talks_of_one() -> None:
    assert fits(a_problem(*pairs("ab", "ac"), blocks=((480, 540), (600, 660))))
    assert not fits(a_problem(a_talk(minutes=90), blocks=((480, 540), (600, 660))))


@pytest.mark.parametrize(("until", "does"), [("11:00", True), ("11:15", False)])
def test_nobody_is_called_while_busy(until: str, does: bool) -> None:
    people = [a_person("a", hours("08:00", until)), a_person("b", hours("12:00", "18:00"))]

    assert fits(a_problem(a_talk(), people=people)) is does


@pytest.mark.parametrize(("days", "does"), [(2, True), (1, False)])
def test_nobody_talks_more_often_a_day_than_the_maximum(days: int, does: bool) -> None:
    talks = pairs("ab", "ac", "ad")

    assert fits(a_problem(*talks, people=[a_person("a", most=2)], days=days)) is does


def test_sessions_do_not_count_for_the_day_maximum() -> None:
    assert fits(a_problem(a_talk(), people=[a_person("a", most=1)], sessions=[a_session()]))


@pytest.mark.parametrize(("earliest", "does"), [("11:00", True), ("11:01", False)])
def test_a_talk_starts_not_before_its_earliest(earliest: str, does: bool) -> None:
    assert fits(a_problem(a_talk(earliest=earliest), blocks=MORNING)) is does


@pytest.mark.parametrize(("latest", "does"), [("10:00", True), ("09:59", False)])
def test_a_talk_is_over_by_its_latest(latest: str, does: bool) -> None:
    people = [a_person("a", hours("08:00", "09:00"))]

    assert fits(a_problem(a_talk(latest=latest), people=people)) is does


def test_a_window_may_begin_before_all_days_and_end_after_them() -> None:
    talk = a_talk(earliest=at("08:00", -3), latest=at("08:00", 9))

    assert fits(a_problem(talk))


@pytest.mark.parametrize(("steps", "does"), [(3, True), (2, False)])
def test_a_talk_starts_when_those_before_it_are_over(steps: int, does: bool) -> None:
    talks = [a_talk("t1", "ab", after=("t2", "t3")), a_talk("t2", "cd", after=("t3",)), a_talk("t3", "ef")]

    assert fits(a_problem(*talks, rooms=[a_room(f"R{n}") for n in range(3)], blocks=((480, 480 + 60 * steps),))) is does


def test_what_is_fixed_stays_and_others_go_round_it() -> None:
    talks = [a_talk("t1", "ab"), a_talk("t2", "ac", fixed=TalkPlace(at("08:00"), "R2"))]
    problem = a_problem(*talks, rooms=[a_room("R1"), a_room("R2")], blocks=TWO_STEPS)

    assert starts(problem) == {"t1": "09:00", "t2": "08:00"}
    assert [one.room for one in solved(problem).placements] == ["R1", "R2"]


def test_fixed_talks_that_are_in_each_others_way_cannot_both_be() -> None:
    assert not fits(a_problem(a_talk("t1", fixed="08:00"), a_talk("t2", fixed="08:00")))


@pytest.mark.parametrize(("fixed", "does"), [("10:00", True), ("09:00", False)])
def test_a_fixed_talk_that_waits_for_another_lets_it_go_first(fixed: str, does: bool) -> None:
    # The other takes two hours, and its people are free for nothing else before ten.
    talks = [a_talk("t1", "ab", fixed=fixed, after=("t2",)), a_talk("t2", "cd", minutes=120)]

    assert fits(a_problem(*talks, blocks=MORNING)) is does


@pytest.mark.parametrize(("pool", "does"), [("ce", True), ("c", False)])
def test_somebody_of_a_pool_comes_who_is_not_busy(pool: str, does: bool) -> None:
    people = [a_person("c", hours("08:00", "18:00")), a_person("d", hours("08:00", "18:00"))]

    assert fits(a_problem(a_talk(any_of=((*pool, "d"),)), people=people)) is does


@pytest.mark.parametrize(("pool", "does"), [("cd", True), ("c", False)])
def test_each_pool_sends_somebody_else(pool: str, does: bool) -> None:
    assert fits(a_problem(a_talk(any_of=(("c",), tuple(pool))))) is does


@pytest.mark.parametrize(("steps", "does"), [(2, True), (1, False)])
def test_whoever_is_chosen_is_in_no_other_talk_then(steps: int, does: bool) -> None:
    # c is wanted in both; only c is there.
    talks = [a_talk("t1", "ab", any_of=(("c",),)), a_talk("t2", "de", any_of=(("c", "a"),))]

    rooms = [a_room("R1"), a_room("R2")]
    assert fits(a_problem(*talks, rooms=rooms, blocks=((480, 480 + 60 * steps),))) is does


@pytest.mark.parametrize(("most", "does"), [(2, True), (1, False)])
def test_talks_for_which_somebody_is_chosen_count_for_the_day_maximum(most: int, does: bool) -> None:
    talks = [a_talk("t1", "ab", any_of=(("c",),)), a_talk("t2", "de", any_of=(("c",),))]

    assert fits(a_problem(*talks, people=[a_person("c", most=most)])) is does


@pytest.mark.parametrize(("windows", "does"), [(("08:00", "14:00"), True), (("08:00",), False)])
def test_a_session_takes_one_of_its_windows_and_all_its_people(windows: tuple[str, ...], does: bool) -> None:
    # a and b talk with c at eight, for c is busy afterwards.
    problem = a_problem(
        a_talk("t1", "ac"),
        people=[a_person("c", hours("09:00", "18:00"))],
        sessions=[a_session("s1", "ab", windows=windows)],
    )

    assert fits(problem) is does


@pytest.mark.parametrize(("later", "does"), [("16:00", True), ("09:00", False)])
def test_sessions_of_the_same_people_do_not_overlap(later: str, does: bool) -> None:
    sessions = [a_session("s1", windows=("08:00",)), a_session("s2", windows=("08:00", later))]

    assert fits(a_problem(sessions=sessions)) is does


@pytest.mark.parametrize(("rooms", "does"), [(2, True), (1, False)])
def test_a_session_may_need_a_room_that_holds_it(rooms: int, does: bool) -> None:
    # The fixed talk has R1 all morning; R0 is too small for three.
    sessions = [a_session("s1", "cde", windows=("08:00",), needs_room=True)]
    talk = a_talk("t1", minutes=240, fixed=TalkPlace(at("08:00"), "R1"))
    there = [a_room("R0", capacity=2), a_room("R1"), a_room("R2")][: rooms + 1]

    assert fits(a_problem(talk, rooms=there, sessions=sessions, blocks=MORNING)) is does


@pytest.mark.parametrize(("most", "does"), [(1, True), (0, False)])
def test_idle_gaps_of_two_people_differ_no_more_than_they_may(most: int, does: bool) -> None:
    # a talks at 8 and at 10, with b and with c, who are busy otherwise: a has one idle gap, and they have none.
    people = [a_person("b", hours("09:00", "18:00")), a_person("c", hours("08:00", "10:00"), hours("11:00", "18:00"))]
    problem = a_problem(*pairs("ab", "ac"), people=people, max_break_difference=most)

    assert fits(problem) is does
    assert len(solved(problem).placements) == (2 if does else 1)


@pytest.mark.parametrize("goals", [(Goal.UNPLACED, Goal.MAKESPAN), (Goal.UNPLACED, Goal.MOVED), (Goal.UNPLACED,)])
def test_idle_gaps_are_kept_alike_whatever_else_is_asked(goals: tuple[Goal, ...]) -> None:
    # a and c meet at 8 and b and c at 10, where they stand; c then has an idle gap, so one of the talks makes way.
    talks = [a_talk("t1", "ac", current="08:00"), a_talk("t2", "bc", current="10:00")]
    problem = a_problem(*talks, blocks=MORNING, goals=goals, max_break_difference=0)

    plan = solved(problem)

    assert plan.status is PlanStatus.OPTIMAL
    assert plan.values.get(Goal.MOVED, 1) == 1
    assert plan.values.get(Goal.MAKESPAN, 2) == 2


def test_problems_without_anything_are_solved() -> None:
    assert solved(a_problem(rooms=())).status is PlanStatus.OPTIMAL
    assert solved(a_problem(rooms=(), goals=tuple(Goal))).values == dict.fromkeys(Goal, 0)
