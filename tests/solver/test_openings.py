"""How a schedule begins."""

import pytest

from scheduler.core.plans.problems import TalkPlace
from scheduler.solver import openings
from scheduler.solver.instance import compiled
from scheduler.solver.openings import by_need, fixed, opened, pinned
from tests.problems import a_person, a_problem, a_room, a_session, a_talk, at, hours
from tests.tuning import tune

TALKS = (a_talk("t1", "ab", fixed="09:00"), a_talk("t2", "cd"))


def test_what_is_fixed_stands_and_sessions_take_their_latest_window() -> None:
    sessions = [
        a_session("s1", "ab", windows=("08:00", "10:00", "14:00")),
        a_session("s2", "bc", windows=("14:00", "10:00")),
    ]
    instance = compiled(a_problem(*TALKS, sessions=sessions))

    assert opened(instance).start == [1, -1, 4, 2]
    assert fixed(instance) == [0]
    assert pinned(instance) == {0, 2, 3}


def test_windows_that_are_given_are_taken_where_they_are_open() -> None:
    sessions = [
        a_session("s1", "ab", windows=("08:00", "14:00")),
        a_session("s2", "cd", windows=("08:00",)),
        a_session("s3", "ef"),
    ]
    instance = compiled(a_problem(*TALKS, sessions=sessions))

    assert opened(instance, [4, -1, 0]).start == [1, -1, 4, -1, 0]
    assert opened(instance, [0]).start == [1, -1, -1, -1, -1]  # the fixed talk is in the way


def test_sessions_make_way_for_each_other() -> None:
    # The latest window of s1 is the only one of s2; so s1 takes its first.
    sessions = [a_session("s1", "ab", windows=("08:00", "14:00")), a_session("s2", "bc", windows=("14:00",))]

    assert opened(compiled(a_problem(sessions=sessions))).start == [0, 4]


def test_as_many_sessions_as_can_be_are_seated() -> None:
    sessions = [a_session("s1", "ab"), a_session("s2", "bc"), a_session("s3", "de")]

    assert opened(compiled(a_problem(sessions=sessions))).start == [0, -1, 0]


def test_too_many_ways_to_seat_sessions_are_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tune(monkeypatch, openings, "counting", max_seatings=0)
    sessions = [a_session("s1", "ab", windows=("08:00", "14:00")), a_session("s2", "bc", windows=("14:00",))]

    assert opened(compiled(a_problem(sessions=sessions))).start == [4, -1]


def test_fixed_talks_that_cannot_be_are_left_out() -> None:
    talks = [a_talk("t1", "ab", fixed="09:00"), a_talk("t2", "bc", fixed="09:00")]
    nobody = a_talk("t3", "d", any_of=(("e", "f"), ("e", "f")), fixed=TalkPlace(at("10:00")))
    problem = a_problem(
        *talks, nobody, people=[a_person("f", hours("10:00", "11:00"))], rooms=[a_room("R1"), a_room("R2")]
    )

    assert opened(compiled(problem)).start == [1, -1, -1]


def test_long_talks_come_first_then_those_of_people_with_little_time() -> None:
    # a has two talks and half the time of the others; t4 is of nobody for certain.
    talks = [
        a_talk("t1", "bc"),
        a_talk("t2", "ab"),
        a_talk("t3", "de", minutes=120),
        a_talk("t4", "", any_of=(("f",), ("g",))),
    ]
    people = [a_person("a", hours("08:00", "16:00"))]

    assert by_need(compiled(a_problem(*talks, people=people)), range(4), 8) == [2, 1, 0, 3]
