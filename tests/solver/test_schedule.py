"""A schedule in the making."""

from random import Random

from scheduler.core.plans.grid import steps_of
from scheduler.core.plans.problems import ProblemTalk
from scheduler.solver.instance import compiled
from scheduler.solver.schedule import NOWHERE, Schedule
from tests.any_problem import any_problem
from tests.problems import a_person, a_problem, a_room, a_session, a_talk, hours

MORNING = ((8 * 60, 12 * 60),)
"""Steps 0 to 3."""
ROOMS = [a_room(f"R{n}") for n in range(4)]


def a_schedule(*talks: ProblemTalk, **more: object) -> Schedule:
    """An empty one, with enough rooms unless others are given."""
    return Schedule(compiled(a_problem(*talks, **{"rooms": ROOMS, "blocks": MORNING, **more})))  # type: ignore[arg-type]


def open_starts(schedule: Schedule, t: int) -> list[int]:
    return steps_of(schedule.open_starts(t, -1))


def test_a_talk_fits_where_its_people_are_in_no_other() -> None:
    schedule = a_schedule(a_talk("t1", "ab"), a_talk("t2", "bc", minutes=120), a_talk("t3", "cd"))

    schedule.place(0, 1)

    assert open_starts(schedule, 1) == [2]
    assert open_starts(schedule, 2) == [0, 1, 2, 3]
    schedule.remove(0)
    assert schedule.start == [NOWHERE] * 3
    assert open_starts(schedule, 1) == [0, 1, 2]


def test_a_talk_fits_where_there_is_a_room() -> None:
    schedule = a_schedule(a_talk("t1", "ab"), a_talk("t2", "cd"), a_talk("t3", "ef", needs_room=False), rooms=ROOMS[:1])

    schedule.place(0, 1)

    assert (open_starts(schedule, 1), open_starts(schedule, 2)) == ([0, 2, 3], [0, 1, 2, 3])


def test_a_talk_fits_after_those_before_it_and_before_those_after_it() -> None:
    schedule = a_schedule(a_talk("t1", "ab"), a_talk("t2", "cd", after=("t1",)), a_talk("t3", "ef", after=("t2",)))

    schedule.place(0, 0)
    schedule.place(2, 3)

    assert open_starts(schedule, 1) == [1, 2]
    assert sorted(schedule.in_the_way(1, 0, (), [1, 1, 1])) == [0]
    assert sorted(schedule.in_the_way(1, 3, (), [1, 1, 1])) == [2]


def test_whoever_has_talked_enough_on_a_day_talks_on_another() -> None:
    talks = [a_talk("t1", "ab"), a_talk("t2", "ac"), a_talk("t3", "ad")]
    schedule = a_schedule(*talks, people=[a_person("a", most=2)], days=2)

    schedule.place(0, 0)
    assert open_starts(schedule, 2) == [1, 2, 3, 4, 5, 6, 7]
    schedule.place(1, 1)
    assert open_starts(schedule, 2) == [4, 5, 6, 7]
    assert schedule.in_the_way(2, 3, (0,), [5, 3, 1]) == [1]
    assert schedule.in_the_way(2, 0, (0,), [5, 3, 1]) == [0]
    assert schedule.in_the_way(2, 0, (0,), [5, 3, 1], 5) is None
    schedule.remove(0)
    assert open_starts(schedule, 2) == [0, 2, 3, 4, 5, 6, 7]
    schedule.remove(1)
    assert open_starts(schedule, 2) == [0, 1, 2, 3, 4, 5, 6, 7]


def test_sessions_take_people_but_count_for_no_day() -> None:
    schedule = a_schedule(
        a_talk("t1", "ab"), people=[a_person("a", most=1)], sessions=[a_session("s1", "ac", windows=("09:00",))]
    )

    schedule.place(1, 1)

    assert open_starts(schedule, 0) == [0, 3]
    assert schedule.load == [0, 0, 0]
    schedule.remove(1)
    assert open_starts(schedule, 0) == [0, 1, 2, 3]


def test_somebody_of_each_pool_is_chosen_who_is_free_and_has_the_fewest_talks() -> None:
    talks = [a_talk("t1", "ab", any_of=(("c", "d", "e"), ("c",))), a_talk("t2", "df"), a_talk("t3", "cf")]
    schedule = a_schedule(*talks, people=[*map(a_person, "abcd"), a_person("e", hours("08:00", "09:00"))])

    schedule.place(1, 3)
    assert schedule.choose(0, 0) == (2, 3)  # e is busy at eight
    assert schedule.choose(0, 1) == (2, 4)  # d has a talk already
    schedule.place(2, 2)
    assert schedule.choose(0, 2) is None
    assert open_starts(schedule, 0) == [0, 1, 3]
    schedule.place(0, 1, (2, 4))
    assert schedule.members(0) == (0, 1, 2, 4)
    assert schedule.members(1) == (3, 5)
    assert not schedule.is_free(4, 0b10)
    schedule.remove(0)
    assert schedule.is_free(4, 0b10)
    assert schedule.chosen == {}


def test_what_leaves_anyhow_leaves_its_room() -> None:
    # One room; who talks from 8 to 10 needs t1 (its own person) and t2 (the room) to go; at 8 alone t1 leaves the room as well.
    schedule = a_schedule(a_talk("t1", "ab"), a_talk("t2", "cd"), a_talk("t3", "ae", minutes=120), rooms=ROOMS[:1])
    schedule.place(0, 0)
    schedule.place(1, 1)

    assert sorted(schedule.in_the_way(2, 0, (0, 4), [1, 1, 1])) == [0, 1]
    schedule.remove(1)
    assert schedule.in_the_way(2, 0, (0, 4), [1, 1, 1]) == [0]


def test_schedules_are_held_and_made_again() -> None:
    for seed in range(40):
        dice = Random(seed)
        instance = compiled(any_problem(dice))
        schedule = Schedule(instance)
        for t in reversed(range(instance.count)):
            starts = open_starts(schedule, t)
            start = dice.choice(starts) if starts else NOWHERE
            chosen = schedule.choose(t, start) if starts else None
            if chosen is not None:
                schedule.place(t, start, chosen)

        again = Schedule.of(instance, schedule.held())

        assert sorted(again.held()) == sorted(schedule.held())
        assert (again.taken, again.load, again.start) == (schedule.taken, schedule.load, schedule.start)
        for t, start in enumerate(schedule.start):
            if start != NOWHERE:
                again.remove(t)
        empty = Schedule(instance)
        assert (again.held(), again.taken, again.load) == ([], empty.taken, empty.load)
        assert [again.open_starts(t, -1) for t in range(instance.count)] == [
            empty.open_starts(t, -1) for t in range(instance.count)
        ]
