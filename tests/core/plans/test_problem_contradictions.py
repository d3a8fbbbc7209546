import pytest

from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.findings import Finding
from scheduler.core.plans.problem_contradictions import contradictions, refuse_contradictions
from scheduler.core.plans.problems import PlanProblem, ProblemTalk, TalkPlace
from tests.problems import a_person, a_problem, a_room, a_session, a_talk, at, hours

ROOMS = [a_room("R1"), a_room("R2")]


def found(problem: PlanProblem) -> list[str]:
    return [finding.kind for finding in contradictions(problem)]


def place(problem: PlanProblem) -> str:
    with pytest.raises(Malformed) as caught:
        refuse_contradictions(problem)
    return caught.value.field


def fixed(name: str, people: str, start: str, room: str | None = None, **more: object) -> ProblemTalk:
    return a_talk(name, people, fixed=TalkPlace(at(start), room), **more)


def test_fixed_talks_that_leave_each_other_alone_contradict_nothing() -> None:
    problem = a_problem(
        fixed("t1", "ab", "09:00", "R1"), fixed("t2", "ac", "10:00", "R1"), fixed("t3", "cd", "09:00"), rooms=ROOMS
    )

    assert contradictions(problem) == []
    refuse_contradictions(problem)


def test_nobody_and_no_room_is_fixed_twice_at_once() -> None:
    one_person = a_problem(fixed("t1", "ab", "09:00", "R1"), fixed("t2", "bc", "09:00", "R2"), rooms=ROOMS)
    one_room = a_problem(fixed("t1", "ab", "09:00", "R1"), fixed("t2", "cd", "09:00", "R1"), rooms=ROOMS)

    assert found(one_person) == ["person_twice"]
    assert found(one_room) == ["room_twice"]
    assert place(one_person) == place(one_room) == "talks[1].fixed"


@pytest.mark.parametrize(
    ("talk", "kind"),
    [
        (fixed("t1", "ab", "09:30"), "off_grid"),
        (fixed("t1", "ab", "13:00"), "outside_blocks"),
        (fixed("t1", "ab", "11:00", minutes=120), "outside_blocks"),
        (fixed("t1", "ab", "09:00", earliest="10:00"), "too_early"),
        (fixed("t1", "ab", "09:00", latest="09:30"), "too_late"),
        (fixed("t1", "ab", "16:00"), "person_busy"),
        (fixed("t1", "ab", "10:00", "R1"), "room_busy"),
    ],
)
def test_talk_is_not_fixed_where_it_cannot_be(talk: ProblemTalk, kind: str) -> None:
    problem = a_problem(
        a_talk("t0", "cd"),
        talk,
        people=[a_person("a", hours("16:00", "17:00"))],
        rooms=[a_room("R1", hours("10:00", "11:00")), a_room("R2")],
    )

    assert found(problem) == [kind]
    assert place(problem) == "talks[1].fixed"


def test_fixed_talks_stand_in_their_order() -> None:
    problem = a_problem(fixed("t1", "ab", "09:00", after=("t2",)), fixed("t2", "cd", "10:00"))

    assert found(problem) == ["out_of_order"]
    assert place(problem) == "talks[0].fixed"


def test_no_more_talks_are_fixed_on_a_day_than_somebody_may_have() -> None:
    problem = a_problem(
        fixed("t1", "ab", "09:00"), fixed("t2", "ac", "10:00"), people=[a_person("x"), a_person("a", most=1)]
    )

    assert found(problem) == ["day_too_full"]
    assert place(problem) == "people[1].max_talks_per_day"


def test_talks_that_wait_for_each_other_are_named() -> None:
    problem = a_problem(a_talk("t1"), a_talk("t2", after=("t3",)), a_talk("t3", after=("t2",)))

    [finding] = contradictions(problem)

    assert finding.kind == "in_circles"
    assert {*finding.details["talks"]} == {"t2", "t3"}  # type: ignore[misc]
    assert place(problem) in ("talks[1].after", "talks[2].after")
    assert found(a_problem(a_talk("t1", after=("t1",)))) == ["in_circles"]


def test_window_of_a_session_is_on_the_grid_and_holds_it() -> None:
    problem = a_problem(sessions=[a_session(), a_session("s2", windows=["10:00", "11:00", "08:30"])])

    assert contradictions(problem) == [
        Finding("window_unusable", "s2", {"start": at("11:00"), "minutes": 120, "place": 1}),
        Finding("window_unusable", "s2", {"start": at("08:30"), "minutes": 120, "place": 2}),
    ]
    assert place(problem) == "sessions[1].windows[1]"
