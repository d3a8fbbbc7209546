from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.check import check, values
from scheduler.core.plans.placements import Placement, Plan, PlanStatus
from scheduler.core.plans.problems import Goal, PlanProblem, ProblemTalk, TalkPlace
from tests.problems import (
    MONDAY,
    a_person,
    a_plan,
    a_problem,
    a_room,
    a_session,
    a_talk,
    at,
    hours,
    placed,
    sat,
)

T1, T2 = a_talk("t1", "ab"), a_talk("t2", "cd")


def found(problem: PlanProblem, plan: Plan) -> list[tuple[str, str]]:
    return [(finding.kind, finding.subject) for finding in check(problem, plan)]


def kinds(talk: ProblemTalk, placement: Placement, **around: object) -> list[str]:
    """What is found when one talk is placed alone."""
    return [finding.kind for finding in check(a_problem(talk, **around), a_plan(placement))]  # type: ignore[arg-type]


def test_sound_plan_gives_nothing() -> None:
    problem = a_problem(T1, T2, sessions=[a_session(people="ac", windows=["14:00"])], days=2)
    plan = a_plan(placed(T1, "09:00"), placed(T2, "09:00", day=1), sessions=[sat(problem.sessions[0], "14:00")])

    assert check(problem, plan) == []


def test_nothing_asked_and_nothing_planned_is_sound() -> None:
    assert check(a_problem(), a_plan()) == []


def test_finding_tells_what_the_sentence_needs() -> None:
    problem, plan = (
        a_problem(T1, a_talk("t2", "bc"), rooms=[a_room("R1"), a_room("R2")]),
        a_plan(placed(T1, "09:00"), placed(a_talk("t2", "bc"), "09:00", "R2")),
    )

    assert check(problem, plan) == [
        Finding("person_twice", "b", {"start": at("09:00"), "end": at("10:00"), "first": "t1", "second": "t2"})
    ]


# ── each talk and session once ───────────────────────────────────────────────────────────────────────────────────────


def test_talk_that_is_nowhere_is_missing() -> None:
    assert found(a_problem(T1, T2), a_plan(placed(T1, "09:00"))) == [("talk_missing", "t2")]


def test_talk_said_to_have_no_place_is_not_missing() -> None:
    assert found(a_problem(T1, T2), a_plan(placed(T1, "09:00"), unplaced=["t2"])) == []


def test_talk_that_stands_twice_is_told() -> None:
    assert found(a_problem(T1), a_plan(placed(T1, "09:00"), placed(T1, "10:00"))) == [("talk_twice", "t1")]
    assert found(a_problem(T1), a_plan(unplaced=["t1", "t1"])) == [("talk_twice", "t1")]
    assert found(a_problem(T1), a_plan(placed(T1, "09:00"), unplaced=["t1"])) == [("talk_placed_and_unplaced", "t1")]


def test_talk_that_nobody_asked_for_is_told() -> None:
    plan = a_plan(placed(T1, "09:00"), placed(a_talk("x"), "10:00"), unplaced=["y"])

    assert found(a_problem(T1), plan) == [("talk_unknown", "x"), ("talk_unknown", "y")]


def test_session_has_one_place_and_is_asked_for() -> None:
    session = a_session()
    problem = a_problem(sessions=[session])

    assert found(problem, a_plan()) == [("session_missing", "s1")]
    assert found(problem, a_plan(sessions=[sat(session, "08:00")] * 2)) == [("session_twice", "s1")]
    assert found(a_problem(), a_plan(sessions=[sat(session, "08:00")])) == [("session_unknown", "s1")]


def test_session_may_lack_a_place_where_not_everything_can_have_one() -> None:
    assert found(a_problem(sessions=[a_session()]), a_plan(status=PlanStatus.IMPOSSIBLE)) == []


# ── times ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        ("08:00", None),
        ("11:00", None),
        ("17:00", None),
        ("09:30", "off_grid"),
        ("11:30", "outside_blocks"),
        ("12:00", "outside_blocks"),
        ("13:00", "outside_blocks"),
        ("18:00", "outside_blocks"),
        ("2026-03-03T09:00", "outside_blocks"),
    ],
)
def test_talk_starts_on_the_grid_within_a_block(start: str, kind: str | None) -> None:
    assert kinds(T1, placed(T1, start)) == ([kind] if kind else [])


def test_talk_does_not_cross_the_end_of_a_block() -> None:
    long = a_talk(minutes=120)

    assert kinds(long, placed(long, "11:00")) == ["outside_blocks"]
    assert kinds(long, placed(long, "10:00")) == []


def test_minutes_between_two_steps_take_the_whole_step() -> None:
    long = a_talk(minutes=61)

    assert kinds(long, placed(long, "11:00")) == ["outside_blocks"]
    assert kinds(long, placed(long, "10:00"), people=[a_person("a", hours("11:30", "12:00"))]) == ["person_busy"]


def test_last_part_of_a_block_that_is_no_whole_step_is_not_used() -> None:
    blocks = ((8 * 60, 9 * 60 + 30),)

    assert kinds(T1, placed(T1, "08:30"), blocks=blocks) == ["off_grid"]
    assert kinds(T1, placed(T1, "09:00"), blocks=blocks) == ["outside_blocks"]
    assert kinds(a_talk(minutes=30), placed(T1, "09:00"), blocks=blocks) == ["outside_blocks"]


def test_grid_begins_anew_with_each_block() -> None:
    assert kinds(T1, placed(T1, "14:10"), blocks=((8 * 60, 12 * 60), (14 * 60 + 10, 18 * 60))) == []


def test_talk_lies_between_earliest_and_latest() -> None:
    early, late = a_talk(earliest="10:00"), a_talk(latest="10:00")

    assert kinds(early, placed(early, "09:00")) == ["too_early"]
    assert kinds(early, placed(early, "10:00")) == []
    assert kinds(late, placed(late, "10:00")) == ["too_late"]
    assert kinds(late, placed(late, "09:00")) == []


def test_talk_starts_when_those_before_it_are_over() -> None:
    second = a_talk("t2", "cd", after=("t1",))
    problem = a_problem(T1, second, rooms=[a_room("R1"), a_room("R2")])

    assert found(problem, a_plan(placed(T1, "09:00"), placed(second, "09:00", "R2"))) == [("out_of_order", "t2")]
    assert found(problem, a_plan(placed(T1, "09:00"), placed(second, "10:00", "R2"))) == []
    assert found(problem, a_plan(placed(second, "09:00", "R2"), unplaced=["t1"])) == []


def test_fixed_talk_keeps_its_start_and_room() -> None:
    here = a_talk(fixed=TalkPlace(at("09:00"), "R1"))
    anywhere = a_talk(fixed="09:00")
    rooms = [a_room("R1"), a_room("R2")]

    assert kinds(here, placed(here, "10:00"), rooms=rooms) == ["fixed_moved"]
    assert kinds(here, placed(here, "09:00", "R2"), rooms=rooms) == ["fixed_room_changed"]
    assert kinds(here, placed(here, "09:00"), rooms=rooms) == []
    assert kinds(anywhere, placed(anywhere, "09:00", "R2"), rooms=rooms) == []


def test_session_starts_at_one_of_its_windows_within_a_block() -> None:
    session = a_session(windows=["08:00", "14:00"])
    problem = a_problem(sessions=[session])

    assert found(problem, a_plan(sessions=[sat(session, "14:00")])) == []
    assert found(problem, a_plan(sessions=[sat(session, "09:00")])) == [("outside_windows", "s1")]
    assert found(a_problem(sessions=[a_session(windows=["11:00"])]), a_plan(sessions=[sat(session, "11:00")])) == [
        ("outside_blocks", "s1")
    ]


# ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_talk_is_of_its_own_people() -> None:
    everybody = [a_person("a"), a_person("b"), a_person("c")]

    assert kinds(T1, placed(T1, "09:00", people="ac"), people=everybody) == ["people_missing", "people_unasked"]
    assert kinds(T1, placed(T1, "09:00", people="a"), people=everybody) == ["people_missing"]
    assert kinds(T1, placed(T1, "09:00", people="abc"), people=everybody) == ["people_unasked"]
    assert kinds(T1, placed(T1, "09:00", people="ba"), people=everybody) == []
    assert kinds(T1, placed(T1, "09:00", people="abx"), people=everybody) == ["person_unknown", "people_unasked"]


def test_person_named_twice_is_too_many() -> None:
    assert "people_unasked" in kinds(T1, placed(T1, "09:00", people="abb"))


@pytest.mark.parametrize(
    ("people", "kind"),
    [
        ("axy", None),
        ("ayz", None),
        ("axz", None),
        ("ax", "any_of_unmet"),
        ("a", "any_of_unmet"),
        ("az", "any_of_unmet"),
        ("axyz", "any_of_unmet"),
        ("axq", "people_unasked"),
    ],
)
def test_lists_are_met_by_different_people(people: str, kind: str | None) -> None:
    talk = a_talk(people="a", any_of=(("x", "y"), ("y", "z")))

    assert kinds(talk, placed(talk, "09:00", people=people), people=[a_person("q")]) == ([kind] if kind else [])


def test_lists_are_met_though_the_first_choice_is_in_the_way() -> None:
    talk = a_talk(people="a", any_of=(("x", "y"), ("x",), ("y", "z")))

    assert kinds(talk, placed(talk, "09:00", people="axyz")) == []


def test_nobody_is_in_two_talks_or_in_a_talk_and_a_session() -> None:
    second, rooms = a_talk("t2", "bc", minutes=120), [a_room("R1"), a_room("R2")]
    session = a_session(people="a", windows=["08:00"])

    assert found(a_problem(T1, second, rooms=rooms), a_plan(placed(T1, "09:00"), placed(second, "08:00", "R2"))) == [
        ("person_twice", "b")
    ]
    assert found(a_problem(T1, second, rooms=rooms), a_plan(placed(T1, "10:00"), placed(second, "08:00", "R2"))) == []
    assert found(a_problem(T1, sessions=[session]), a_plan(placed(T1, "09:00"), sessions=[sat(session, "08:00")])) == [
        ("person_twice", "a")
    ]
    assert found(a_problem(T1, sessions=[session]), a_plan(placed(T1, "10:00"), sessions=[sat(session, "08:00")])) == []


def test_every_talk_within_a_long_one_is_told() -> None:
    long, first, second = a_talk("l", "ab", 240), a_talk("m", "ac"), a_talk("n", "ad")
    plan = a_plan(placed(long, "08:00", "R1"), placed(first, "08:00", "R2"), placed(second, "10:00", "R2"))

    assert check(a_problem(long, first, second, rooms=[a_room("R1"), a_room("R2")]), plan) == [
        Finding("person_twice", "a", {"start": at("08:00"), "end": at("09:00"), "first": "m", "second": "l"}),
        Finding("person_twice", "a", {"start": at("10:00"), "end": at("11:00"), "first": "l", "second": "n"}),
    ]


@pytest.mark.parametrize(
    ("start", "end", "is_busy"),
    [
        ("08:00", "09:00", False),
        ("10:00", "11:00", False),
        ("08:00", "18:00", True),
        ("09:15", "09:30", True),
        ("08:00", "09:01", True),
        ("09:59", "11:00", True),
    ],
)
def test_nobody_is_called_while_busy(start: str, end: str, is_busy: bool) -> None:
    busy = [a_person("a", hours("15:00", "16:00"), hours(start, end), hours("15:30", "17:00"))]

    assert kinds(T1, placed(T1, "09:00"), people=busy) == (["person_busy"] if is_busy else [])


def test_nobody_is_called_to_a_session_while_busy() -> None:
    session = a_session()
    problem = a_problem(sessions=[session], people=[a_person("b", hours("09:00", "10:00"))])

    assert found(problem, a_plan(sessions=[sat(session, "08:00")])) == [("person_busy", "b")]


def test_nobody_has_more_talks_on_a_day_than_they_may() -> None:
    second = a_talk("t2", "ac")
    session = a_session(people="a", windows=["14:00"])
    problem = a_problem(T1, second, people=[a_person("a", most=1)], sessions=[session], days=2)
    sitting = [sat(session, "14:00")]

    assert check(problem, a_plan(placed(T1, "09:00"), placed(second, "10:00"), sessions=sitting)) == [
        Finding("day_too_full", "a", {"day": date(2026, 3, 2), "count": 2, "most": 1})
    ]
    assert check(problem, a_plan(placed(T1, "09:00"), placed(second, "10:00", day=1), sessions=sitting)) == []


def test_only_the_day_that_is_too_full_is_told() -> None:
    talks = [a_talk(f"t{i}", "ab") for i in range(3)]
    problem = a_problem(*talks, people=[a_person("a", most=1)], days=2)
    plan = a_plan(placed(talks[0], "09:00"), placed(talks[1], "09:00", day=1), placed(talks[2], "10:00", day=1))

    assert [finding.details["day"] for finding in check(problem, plan)] == [date(2026, 3, 3)]


# ── rooms ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_talk_has_a_room_that_is_there_and_large_enough_if_it_needs_one() -> None:
    outside = a_talk(needs_room=False)

    assert kinds(T1, placed(T1, "09:00", None)) == ["room_missing"]
    assert kinds(T1, placed(T1, "09:00", "R9")) == ["no_such_room"]
    assert kinds(T1, placed(T1, "09:00"), rooms=[a_room(capacity=1)]) == ["room_small"]
    assert kinds(T1, placed(T1, "09:00"), rooms=[a_room(capacity=2)]) == []
    assert kinds(outside, placed(outside, "09:00", None)) == []


def test_session_that_needs_a_room_has_one_for_all_its_people() -> None:
    session = a_session(needs_room=True)
    problem = a_problem(T1, sessions=[session], rooms=[a_room("R1", capacity=2), a_room("R2", capacity=1)])

    def said(room: str | None, start: str = "10:00") -> list[tuple[str, str]]:
        return found(problem, a_plan(placed(T1, start), sessions=[sat(session, "08:00", room)]))

    assert said(None) == [("room_missing", "s1")]
    assert said("R2") == [("room_small", "s1")]
    assert said("R1") == []


def test_no_room_is_taken_twice_or_while_it_is_busy() -> None:
    problem = a_problem(T1, T2, rooms=[a_room("R1", hours("10:00", "11:00"))])
    session = a_session(people="e", needs_room=True)

    assert found(problem, a_plan(placed(T1, "09:00"), placed(T2, "09:00"))) == [("room_twice", "R1")]
    assert found(problem, a_plan(placed(T1, "09:00"), placed(T2, "10:00"))) == [("room_busy", "R1")]
    assert found(problem, a_plan(placed(T1, "09:00"), placed(T2, "11:00"))) == []
    assert found(
        a_problem(T1, sessions=[session]), a_plan(placed(T1, "09:00"), sessions=[sat(session, "08:00", "R1")])
    ) == [("room_twice", "R1")]


# ── breaks, values, status ───────────────────────────────────────────────────────────────────────────────────────────


def test_breaks_of_two_people_lie_no_further_apart_than_they_may() -> None:
    talks = [a_talk("t1", "ab"), a_talk("t2", "ac"), a_talk("t3", "ad")]
    plan = a_plan(placed(talks[0], "08:00"), placed(talks[1], "10:00"), placed(talks[2], "14:00"))

    assert check(a_problem(*talks, max_break_difference=1), plan) == [
        Finding("breaks_apart", "a", {"count": 2, "other": "b", "other_count": 0, "most": 1})
    ]
    assert check(a_problem(*talks, max_break_difference=2), plan) == []


def test_nobody_has_breaks_that_differ_when_nobody_is_there() -> None:
    assert check(a_problem(max_break_difference=0), a_plan()) == []


def test_optimal_plan_leaves_nothing_out_and_an_impossible_one_does() -> None:
    everything = (placed(T1, "09:00"),)

    assert found(a_problem(T1), a_plan(*everything, status=PlanStatus.OPTIMAL)) == []
    assert found(a_problem(T1), a_plan(unplaced=["t1"], status=PlanStatus.OPTIMAL)) == [("not_optimal", "")]
    assert found(a_problem(T1), a_plan(*everything, status=PlanStatus.IMPOSSIBLE)) == [("not_impossible", "")]
    assert found(a_problem(T1), a_plan(unplaced=["t1"], status=PlanStatus.IMPOSSIBLE)) == []


def test_value_that_a_plan_states_is_the_one_it_has() -> None:
    problem = a_problem(T1)

    assert check(problem, a_plan(placed(T1, "09:00"), values={Goal.MAKESPAN: 2, Goal.UNPLACED: 0})) == []
    assert check(problem, a_plan(placed(T1, "09:00"), values={Goal.MAKESPAN: 1})) == [
        Finding("value_untrue", "makespan", {"stated": 1, "value": 2})
    ]


def test_bound_does_not_lie_above_the_value() -> None:
    whole, part = a_plan(placed(T1, "09:00")), a_plan(unplaced=["t1"])

    def bounded(plan: Plan, goal: Goal, bound: int) -> list[tuple[str, str]]:
        return found(a_problem(T1), Plan(plan.status, plan.placements, (), plan.unplaced, {}, {goal: bound}))

    assert bounded(whole, Goal.MAKESPAN, 2) == []
    assert bounded(whole, Goal.MAKESPAN, 3) == [("bound_untrue", "makespan")]
    assert bounded(part, Goal.MAKESPAN, 3) == []
    assert bounded(part, Goal.UNPLACED, 2) == [("bound_untrue", "unplaced")]


# ── all at once, against a second and slower reading of the definitions ──────────────────────────────────────────────


def is_sound(problem: PlanProblem, placements: list[Placement]) -> bool:
    """Whether placed talks keep every rule about times, people and rooms, minute by minute."""
    talks = {talk.id: talk for talk in problem.talks}
    people = {person.id: set(minutes(person.busy)) for person in problem.people}
    rooms = {room.id: set(minutes(room.busy)) for room in problem.rooms}
    for placement in placements:
        talk = talks[placement.talk]
        length = problem.steps(talk.minutes) * problem.grid_minutes
        span = set(range(placement.start, placement.start + length))
        open_blocks = [
            set(range(start, start + count * problem.grid_minutes)) for start, count in problem.block_starts()
        ]
        starts = {start + i * problem.grid_minutes for start, count in problem.block_starts() for i in range(count)}
        if placement.start not in starts or not any(span <= block for block in open_blocks):
            return False
        for taken in [people[person] for person in placement.people] + [rooms[placement.room or ""]]:
            if taken & span:
                return False
            taken.update(span)
    return True


def minutes(stretches: tuple[tuple[int, int], ...]) -> list[int]:
    return [minute for start, end in stretches for minute in range(start, end)]


TIMES = st.sampled_from(["08:00", "08:30", "09:00", "10:00", "10:30", "11:00", "11:30", "13:00", "14:00", "15:00"])
BUSY = st.lists(st.sampled_from([hours("08:00", "08:45"), hours("10:00", "12:00"), hours("10:30", "11:00")]))


@given(
    st.lists(st.tuples(st.sampled_from(["ab", "ac", "bc", "cd"]), st.sampled_from([30, 45, 60]), TIMES), max_size=4),
    st.lists(BUSY, min_size=5, max_size=5),
)
def test_finds_the_same_plans_sound_as_a_look_at_every_minute(asked: list[tuple[str, int, str]], busy: list) -> None:  # type: ignore[type-arg]
    talks = [a_talk(f"t{number}", people, length) for number, (people, length, _) in enumerate(asked)]
    placements = [
        placed(talk, start, f"R{number % 2}")
        for number, (talk, (_, _, start)) in enumerate(zip(talks, asked, strict=True))
    ]
    people = [a_person(name, *times) for name, times in zip("abcd", busy, strict=False)]
    problem = a_problem(*talks, people=people, rooms=[a_room("R0", *busy[4]), a_room("R1")], grid=30)

    assert (check(problem, a_plan(*placements)) == []) == is_sound(problem, placements)


def test_values_are_to_be_had_here_too() -> None:
    assert values(a_problem(T1), a_plan(placed(T1, "08:00")))[Goal.MAKESPAN] == 1
    assert MONDAY.isoweekday() == 1
