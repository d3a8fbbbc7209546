from datetime import date

from scheduler.core.arranging.room_keeping import with_rooms_kept
from scheduler.core.plans.placements import Placement, Plan, PlanStatus
from scheduler.core.plans.problems import PlanProblem, ProblemPerson, ProblemRoom, ProblemTalk, TalkPlace, wall

DAY = date(2014, 7, 1)
NINE, TEN = wall(DAY, 540), wall(DAY, 600)
BUSY = (NINE, TEN)


def a_problem(
    *talks: ProblemTalk, rooms: tuple[ProblemRoom, ...] = (ProblemRoom("R1"), ProblemRoom("R2"))
) -> PlanProblem:
    people = tuple(ProblemPerson(f"p{n}") for n in range(8))
    return PlanProblem(60, (DAY,), ((540, 720),), people, rooms, talks)


def a_talk(number: int, current: TalkPlace | None = None) -> ProblemTalk:
    return ProblemTalk(f"t{number}", (f"p{2 * number}", f"p{2 * number + 1}"), 60, current=current)


def rooms_after(problem: PlanProblem, *places: TalkPlace) -> list[str | None]:
    placements = tuple(
        Placement(talk.id, place.start, place.room, talk.people)
        for talk, place in zip(problem.talks, places, strict=True)
    )
    plan = with_rooms_kept(problem, Plan(PlanStatus.FEASIBLE, placements))
    return [placement.room for placement in plan.placements]


def test_a_talk_that_stays_keeps_its_room_and_the_other_takes_the_one_it_had() -> None:
    problem = a_problem(a_talk(0, TalkPlace(NINE, "R1")), a_talk(1))

    assert rooms_after(problem, TalkPlace(NINE, "R2"), TalkPlace(NINE, "R1")) == ["R1", "R2"]


def test_a_talk_that_moves_or_stands_in_its_room_is_left_alone() -> None:
    problem = a_problem(a_talk(0, TalkPlace(NINE, "R1")), a_talk(1, TalkPlace(NINE, "R1")), a_talk(2))

    assert rooms_after(problem, TalkPlace(TEN, "R2"), TalkPlace(NINE, "R1"), TalkPlace(NINE, "R2")) == [
        "R2",
        "R1",
        "R2",
    ]


def test_nothing_changes_where_nobody_stands_in_a_room() -> None:
    problem = a_problem(a_talk(0, TalkPlace(NINE)), a_talk(1))

    assert rooms_after(problem, TalkPlace(NINE, "R2"), TalkPlace(NINE, "R1")) == ["R2", "R1"]


def test_two_that_stand_in_one_room_do_not_push_each_other_out() -> None:
    problem = a_problem(a_talk(0, TalkPlace(NINE, "R1")), a_talk(1, TalkPlace(NINE, "R1")))

    assert rooms_after(problem, TalkPlace(NINE, "R2"), TalkPlace(NINE, "R1")) == ["R2", "R1"]


def test_a_room_that_is_busy_or_too_small_by_now_is_not_gone_back_to() -> None:
    for room in (ProblemRoom("R1", busy=(BUSY,)), ProblemRoom("R1", capacity=1)):
        problem = a_problem(a_talk(0, TalkPlace(NINE, "R1")), rooms=(room, ProblemRoom("R2")))

        assert rooms_after(problem, TalkPlace(NINE, "R2")) == ["R2"]


def test_where_those_in_the_way_find_no_room_the_plan_stays() -> None:
    rooms = (ProblemRoom("R1", capacity=4), ProblemRoom("R2", busy=((TEN, wall(DAY, 660)),)))
    problem = a_problem(
        ProblemTalk("t0", ("p0", "p1"), 60, current=TalkPlace(NINE, "R1")),
        ProblemTalk("t1", ("p2", "p3"), 120),
        rooms=rooms,
    )

    assert rooms_after(problem, TalkPlace(NINE, "R2"), TalkPlace(NINE, "R1")) == ["R2", "R1"]
