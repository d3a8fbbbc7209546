"""Rooms while talks come and go."""

from random import Random

import pytest

from scheduler.core.plans.grid import steps_of
from scheduler.core.plans.problems import ProblemTalk, TalkPlace
from scheduler.solver.instance import compiled
from scheduler.solver.rooms import MAX_CHANGES, CountedRooms, NamedRooms, Rooms, rooms_of
from tests.problems import a_problem, a_room, a_talk, at, hours

MORNING = ((8 * 60, 12 * 60),)
"""Steps 0 to 3."""
ALIKE = [a_room("R1"), a_room("R2")]
PARTLY_BUSY = [a_room("R1", hours("11:00", "12:00")), a_room("R2", hours("08:00", "09:00"))]


def the_rooms(*talks: ProblemTalk, **more: object) -> Rooms:
    return rooms_of(compiled(a_problem(*talks, **{"rooms": ALIKE, "blocks": MORNING, **more})))  # type: ignore[arg-type]


def some_talks(*minutes: int, **more: object) -> list[ProblemTalk]:
    return [a_talk(f"t{n}", "ab", length, **more) for n, length in enumerate(minutes)]


def test_rooms_are_counted_where_they_are_alike() -> None:
    assert isinstance(the_rooms(a_talk()), CountedRooms)
    assert isinstance(the_rooms(a_talk(), rooms=PARTLY_BUSY), NamedRooms)


@pytest.mark.parametrize("kind", [CountedRooms, NamedRooms])
def test_a_step_is_shut_while_all_rooms_are_taken(kind: type) -> None:
    rooms = kind(compiled(a_problem(*some_talks(120, 60, 60, 120), rooms=ALIKE, blocks=MORNING)))

    rooms.take(0, 1)
    rooms.take(1, 2)

    assert (steps_of(rooms.shut(2) & 0b1111), steps_of(rooms.shut(3) & 0b111)) == ([2], [1, 2])
    assert rooms.in_the_way(2, 0, (), [1, 1, 1, 1]) == []
    assert rooms.in_the_way(2, 2, (), [2, 1, 1, 1]) == [1]
    assert rooms.in_the_way(2, 2, {0}, [2, 1, 1, 1]) == []
    rooms.give_back(1, 2)
    assert rooms.shut(2) & 0b1111 == 0


@pytest.mark.parametrize("kind", [CountedRooms, NamedRooms])
def test_talks_that_need_no_room_are_nobody_s_concern(kind: type) -> None:
    rooms = kind(compiled(a_problem(a_talk(needs_room=False), rooms=(), blocks=MORNING)))

    rooms.take(0, 1)

    assert (rooms.shut(0), rooms.in_the_way(0, 1, (), [1]), rooms.room_of(), dict(rooms.named())) == (0, [], {}, {})
    rooms.give_back(0, 1)


def test_steps_without_a_room_are_shut_from_the_beginning() -> None:
    rooms = the_rooms(a_talk(), rooms=(), blocks=MORNING)

    assert steps_of(rooms.shut(0)) == [0, 1, 2, 3]


def test_the_lightest_talk_of_each_full_step_is_in_the_way_and_its_weight_is_looked_up_again() -> None:
    rooms = the_rooms(*some_talks(60, 60, 60, 60, 120))
    for t, start in enumerate((0, 0, 1, 1)):
        rooms.take(t, start)

    assert rooms.in_the_way(4, 0, (), [1, 2, 5, 3, 1]) == [0, 3]
    assert rooms.in_the_way(4, 0, (), [1, 2, 5, 3, 1]) == [0, 3]
    rooms.give_back(0, 0)
    rooms.take(0, 0)
    assert rooms.in_the_way(4, 0, (), [3, 2, 5, 3, 1]) == [1, 3]


def test_one_long_talk_is_in_the_way_of_all_its_steps() -> None:
    rooms = the_rooms(*some_talks(120, 120), rooms=ALIKE[:1])
    rooms.take(0, 0)

    assert rooms.in_the_way(1, 0, (), [1, 1]) == [0]


def test_whoever_takes_the_room_in_which_least_has_to_go() -> None:
    # From 9 to 11 both rooms are there: R1 has t0 and t1, R2 has t2.
    rooms = the_rooms(*some_talks(60, 60, 120, 120), rooms=PARTLY_BUSY)
    rooms.take(0, 1)
    rooms.take(1, 2)
    rooms.take(2, 1)

    assert dict(rooms.named()) == rooms.room_of() == {0: 0, 1: 0, 2: 1}
    assert rooms.in_the_way(3, 1, (), [1, 1, 3, 1]) == [0, 1]
    assert rooms.in_the_way(3, 1, (), [2, 2, 3, 1]) == [2]
    assert rooms.in_the_way(3, 1, {1}, [2, 2, 3, 1]) == [0]
    assert rooms.in_the_way(3, 0, (), [9, 9, 1, 1]) == [0]  # R2 is busy at eight


def test_whoever_weighs_too_much_is_not_asked_to_go() -> None:
    rooms = the_rooms(*some_talks(60, 60, 120, 120), rooms=PARTLY_BUSY)
    rooms.take(0, 1)
    rooms.take(1, 2)
    rooms.take(2, 1)

    assert rooms.in_the_way(3, 1, (), [1, 1, 3, 1], 3) == [0, 1]
    assert rooms.in_the_way(3, 1, (), [1, 1, 3, 1], 2) is None


def test_a_room_is_the_one_that_is_named_else_that_of_today_else_the_first() -> None:
    talks = [a_talk(f"t{n}", current=TalkPlace(at("08:00"), room)) for n, room in enumerate(("R2", "R2", "gone"))]
    rooms = the_rooms(*talks, rooms=[*PARTLY_BUSY, a_room("R3")])

    rooms.take(0, 1)
    rooms.take(1, 2, 2)
    rooms.take(2, 1)

    assert rooms.room_of() == {0: 1, 1: 2, 2: 0}


def test_talks_that_stay_keep_their_rooms_where_that_leaves_others_one() -> None:
    talks = [a_talk("t0", current=TalkPlace(at("08:00"), "R2")), a_talk("t1")]
    rooms = the_rooms(*talks)
    rooms.take(1, 0)
    rooms.take(0, 0)

    assert rooms.room_of() == {0: 1, 1: 0}


def test_talks_that_stay_change_rooms_where_a_long_one_would_have_none() -> None:
    # t0 at eight in R1 and t1 at nine in R2 leave no room for t2, which is there from 8 to 10.
    talks = [
        a_talk("t0", current=TalkPlace(at("08:00"), "R1")),
        a_talk("t1", current=TalkPlace(at("09:00"), "R2")),
        a_talk("t2", minutes=120),
    ]
    rooms = the_rooms(*talks)
    for t, start in enumerate((0, 1, 0)):
        rooms.take(t, start)

    found = rooms.room_of()

    assert found[0] == found[1] != found[2]


def test_what_is_open_stays_right_through_many_changes() -> None:
    talks = some_talks(*(60, 120) * 30)
    rooms = the_rooms(*talks, rooms=PARTLY_BUSY)
    rng = Random(1)
    placed: dict[int, int] = {}

    for _ in range(400):
        t = rng.randrange(len(talks))
        if t in placed:
            rooms.give_back(t, placed.pop(t))
        elif starts := steps_of(~rooms.shut(t) & ((1 << 5 - talks[t].minutes // 60) - 1)):
            placed[t] = rng.choice(starts)
            rooms.take(t, placed[t])
        if rng.random() < 0.2:  # else changes add up between two looks
            anew = NamedRooms(compiled(a_problem(*talks, rooms=PARTLY_BUSY, blocks=MORNING)))
            for other, room in rooms.named().items():
                anew.take(other, placed[other], room)
            assert [rooms.shut(n) & 15 for n in (0, 1)] == [anew.shut(n) & 15 for n in (0, 1)]


def test_all_starts_are_looked_at_anew_after_very_many_changes() -> None:
    rooms = the_rooms(*some_talks(60, 60), rooms=PARTLY_BUSY)
    rooms.take(0, 0)
    before = rooms.shut(1) & 15

    for _ in range(MAX_CHANGES):
        rooms.take(1, 1)
        rooms.give_back(1, 1)

    assert rooms.shut(1) & 15 == before
