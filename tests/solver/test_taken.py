"""What takes the starts of a talk, and the windows of a session."""

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.problems import PlanProblem
from scheduler.solver import taken
from scheduler.solver.instance import compiled
from scheduler.solver.schedule import Schedule
from tests.problems import a_person, a_problem, a_room, a_session, a_talk, hours

MORNING = ((480, 720),)


def of(problem: PlanProblem, *held: tuple[int, int]) -> Finding:
    """What takes the starts of the first talk while others have theirs."""
    return taken.starts_taken(Schedule.of(compiled(problem), [(t, start, (), None) for t, start in held]), 0)


def test_each_start_counts_once_for_the_first_thing_that_takes_it() -> None:
    # At 8 a talks elsewhere; at 9 the room is taken; 10 and 11 are before t3, which waits for t1.
    talks = (
        a_talk("t1", "ab"),
        a_talk("t2", "ac"),
        a_talk("t3", "de"),
        a_talk("t4", "fg", after=("t1",), needs_room=False),
    )

    found = of(a_problem(*talks, blocks=MORNING), (1, 0), (2, 1), (3, 2))

    assert found.kind == "starts_taken"
    assert {key: found.details[key] for key in ("starts", "by_people", "by_rooms", "by_order")} == {
        "starts": 4,
        "by_people": 1,
        "by_rooms": 1,
        "by_order": 2,
    }


def test_a_day_that_is_full_for_somebody_takes_all_its_starts() -> None:
    talks = (a_talk("t1", "ab"), a_talk("t2", "ac"))

    found = of(a_problem(*talks, people=[a_person("a", most=1)], blocks=MORNING), (1, 0))

    assert (found.details["by_people"], found.details["by_maximum"]) == (1, 3)


def test_nobody_of_a_pool_is_there() -> None:
    talks = (a_talk("t1", "a", any_of=(("b",),)), a_talk("t2", "bc", 240))
    two = (a_talk("t1", "a", any_of=(("b", "c"), ("b", "c"))), a_talk("t2", "bx", 240))

    for one in (talks, two):
        found = of(a_problem(*one, blocks=MORNING, rooms=[a_room("R1"), a_room("R2")]), (1, 0))
        assert (found.kind, found.details["by_pools"]) == ("starts_taken", found.details["starts"])


def test_a_start_that_is_left_is_said_to_be() -> None:
    found = of(a_problem(a_talk("t1", "ab"), a_talk("t2", "ac"), blocks=MORNING), (1, 0))

    assert (found.kind, found.details["starts"]) == ("not_found", 4)


def window(problem: PlanProblem, *held: tuple[int, int]) -> tuple[Finding, ...]:
    """What keeps the last session from its windows."""
    instance = compiled(problem)
    schedule = Schedule.of(instance, [(t, start, (), None) for t, start in held])
    return taken.in_the_way_of_session(schedule, instance.count - 1)


def test_of_two_sessions_that_collide_one_names_the_other() -> None:
    sessions = [a_session("s1", "abc"), a_session("s2", "bcd")]

    (found,) = window(a_problem(sessions=sessions), (0, 0))

    assert (found.kind, found.subject) == ("session_in_the_way", "s2")
    assert (found.details["people"], found.details["session"]) == (("b", "c"), "s1")


def test_a_session_that_never_has_all_its_people() -> None:
    away = a_person("a", hours("08:00", "10:00"))

    assert window(a_problem(people=[away], sessions=[a_session()]))[0].kind == "session_never"


def test_a_session_that_no_room_holds() -> None:
    sessions = [a_session(needs_room=True)]

    assert window(a_problem(rooms=[a_room("R1", capacity=1)], sessions=sessions))[0].kind == "no_room_large_enough"


def test_a_session_that_merely_was_not_placed() -> None:
    assert window(a_problem(sessions=[a_session()]))[0].kind == "not_found"
