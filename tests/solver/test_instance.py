"""A problem by number."""

import pytest

from scheduler.core.plans.grid import steps_of
from scheduler.core.plans.problems import ProblemTalk, TalkPlace
from scheduler.solver.instance import UNLIMITED, Instance, compiled
from tests.problems import a_person, a_problem, a_room, a_session, a_talk, at, hours

MORNING = ((8 * 60, 12 * 60),)
"""Steps 0 to 3, from 8, 9, 10 and 11 o'clock."""


def starts_of(talk: ProblemTalk, **more: object) -> list[int]:
    """The starts a talk may have in a morning."""
    return steps_of(compiled(a_problem(talk, blocks=MORNING, **more)).allowed[0])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("talk", "starts"),
    [
        (a_talk(), [0, 1, 2, 3]),
        (a_talk(minutes=61), [0, 1, 2]),
        (a_talk(minutes=300), []),
        (a_talk(earliest="09:00"), [1, 2, 3]),
        (a_talk(earliest="09:01"), [2, 3]),
        (a_talk(latest="10:00"), [0, 1]),
        (a_talk(latest="09:59"), [0]),
        (a_talk(latest="08:30"), []),
        (a_talk(fixed="10:00"), [2]),
        (a_talk(fixed="10:15"), []),
        (a_talk(fixed="10:00", earliest="11:00"), []),
    ],
)
def test_a_talk_starts_within_its_block_and_window(talk: ProblemTalk, starts: list[int]) -> None:
    assert starts_of(talk) == starts


def test_a_talk_starts_where_its_people_and_a_room_are_free() -> None:
    people = [a_person("a", hours("08:00", "08:10")), a_person("b", hours("11:59", "12:30"))]
    rooms = [a_room("R1", hours("09:00", "12:00")), a_room("R2", hours("08:00", "10:00"))]

    assert starts_of(a_talk(), people=people) == [1, 2]
    assert starts_of(a_talk(), people=people, rooms=rooms) == [2]
    assert starts_of(a_talk(minutes=120), rooms=[a_room("R1", hours("10:00", "11:00"))]) == [0]
    assert starts_of(a_talk(needs_room=False), rooms=()) == [0, 1, 2, 3]


def test_rooms_that_hold_a_talk_are_its_rooms() -> None:
    rooms = [a_room("R1", capacity=2), a_room("R2", capacity=3), a_room("R3")]
    talks = [
        a_talk("t1", "ab"),
        a_talk("t2", "ab", any_of=(("c",),)),
        a_talk("t3", needs_room=False),
        a_talk("t4", fixed=TalkPlace(at("08:00"), "R3")),
        a_talk("t5", fixed=TalkPlace(at("08:00"))),
    ]

    instance = compiled(
        a_problem(*talks, rooms=rooms, sessions=[a_session("s1", "abcd", needs_room=True), a_session("s2")])
    )

    assert instance.rooms_for == ((0, 1, 2), (1, 2), None, (2,), (0, 1, 2), (2,), None)
    assert not instance.are_rooms_alike


def are_alike(*busy: tuple[str, str], **more: object) -> bool:
    rooms = [a_room("R1", *(hours(*stretch) for stretch in busy)), a_room("R2", **more)]  # type: ignore[arg-type]
    return compiled(a_problem(a_talk(), rooms=rooms)).are_rooms_alike


def test_rooms_are_alike_if_they_hold_all_and_are_busy_for_whole_blocks() -> None:
    assert are_alike()
    assert are_alike(("08:00", "12:00"))
    assert are_alike(capacity=2)
    assert not are_alike(("08:00", "09:00"))
    assert not are_alike(capacity=1)


def an_instance() -> Instance:
    talks = [
        a_talk("t1", "ab", current="09:00", priority=3),
        a_talk("t2", "ac", minutes=120, after=("t1",), any_of=(("a", "b"), ("c", "d"))),
        a_talk("t3", "bc", current="09:10"),
    ]
    people = [a_person("a", most=2)]
    return compiled(a_problem(*talks, people=people, sessions=[a_session("s1", "ad", windows=("08:00", "14:00"))]))


def test_talks_people_and_sessions_are_numbered() -> None:
    instance = an_instance()

    assert (instance.count, instance.talk_count, instance.sessions) == (4, 3, range(3, 4))
    assert [instance.id_of(t) for t in range(4)] == ["t1", "t2", "t3", "s1"]
    assert instance.length == (1, 2, 1, 2)
    assert instance.people == ((0, 1), (0, 2), (1, 2), (0, 3))
    assert instance.pools == ((), ((1,), (3,)), (), ())
    assert instance.talks_of == ((0, 1), (0, 2), (1, 2), ())
    assert instance.day_limit == (2, UNLIMITED, UNLIMITED, UNLIMITED)
    assert instance.current == (1, None, -1, None)
    assert instance.weight == (3, 1, 1, 1)
    assert (instance.before, instance.following) == (((), (0,), (), ()), ((1,), (), (), ()))
    assert instance.is_ordered


def test_starts_end_by_the_horizon_but_those_of_sessions() -> None:
    instance = an_instance()

    assert [steps_of(instance.starts(t, 2)) for t in range(4)] == [[0, 1], [0], [0, 1], [0, 4]]
    assert instance.starts(1, 1) == 0
    assert instance.choices(2) == 7


def test_where_rooms_differ_a_model_has_a_boolean_for_each() -> None:
    talks = [a_talk("t1"), a_talk("t2", needs_room=False)]
    alike, other = [a_room("R1"), a_room("R2")], [a_room("R1"), a_room("R2", hours("08:00", "09:00"))]

    assert [compiled(a_problem(*talks, rooms=rooms)).size(4) for rooms in (alike, other)] == [8, 4 * 3 + 4]
