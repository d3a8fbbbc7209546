"""Construction and ejection."""

import pytest

from scheduler.core.plans.grid import steps_of
from scheduler.core.plans.problems import ProblemTalk
from scheduler.solver import ejection as ejecting
from scheduler.solver.ejection import Ejection, construct, steps_worth
from scheduler.solver.instance import compiled
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.schedule import NOWHERE, Schedule
from scheduler.solver.watch import Watch
from tests.problems import a_person, a_problem, a_room, a_talk, hours
from tests.tuning import tune

MORNING = ((8 * 60, 12 * 60),)
ROOMS = [a_room("R1"), a_room("R2")]


def a_schedule(*talks: ProblemTalk, **more: object) -> Schedule:
    return Schedule(compiled(a_problem(*talks, **{"rooms": ROOMS, "blocks": MORNING, **more})))  # type: ignore[arg-type]


def test_construction_takes_the_first_start_and_returns_what_found_none() -> None:
    schedule = a_schedule(a_talk("t1", "ab"), a_talk("t2", "ac"), a_talk("t3", "ad"))

    left = construct(schedule, [2, 0, 1], 2)

    assert (schedule.start, left) == ([1, NOWHERE, 0], [1])


def test_construction_looks_on_for_a_start_where_pools_have_somebody_for_each() -> None:
    # At eight only c is there for both pools.
    talk = a_talk("t1", "ab", any_of=(("c", "d"), ("c", "d")))
    schedule = a_schedule(talk, people=[*map(a_person, "abc"), a_person("d", hours("08:00", "09:00"))])

    assert construct(schedule, [0], 4) == []
    assert schedule.start == [1]
    assert sorted(schedule.chosen[0]) == [2, 3]


def test_a_talk_throws_out_another_that_finds_another_place() -> None:
    # t2 can be at eight only, where t1 is.
    schedule = a_schedule(a_talk("t1", "ab"), a_talk("t2", "ac", latest="09:00"))
    schedule.place(0, 0)
    ejection = Ejection(schedule, 1)

    assert ejection.run([1], 4, 100, Watch()) == []
    assert schedule.start[1] == 0
    assert schedule.start[0] > 0
    assert ejection.steps == 2
    assert ejection.weight == [2, 1]


def test_a_pool_sends_whoever_has_the_lightest_talk_then() -> None:
    # Both c and d have a talk at eight; that of d is lighter.
    talks = [a_talk("t1", "ab", any_of=(("c", "d"),), latest="09:00"), a_talk("t2", "ce"), a_talk("t3", "df")]
    schedule = a_schedule(*talks, rooms=[*ROOMS, a_room("R3")])
    schedule.place(1, 0)
    schedule.place(2, 0)
    ejection = Ejection(schedule, 1)
    ejection.weight[1] = 7

    assert ejection.run([0], 4, 100, Watch()) == []
    assert (schedule.start[0], schedule.start[1], schedule.chosen) == (0, 0, {0: (3,)})


def test_what_is_pinned_stays_and_what_has_no_start_is_left() -> None:
    schedule = a_schedule(a_talk("t1", "ab"), a_talk("t2", "ac", latest="09:00"))
    schedule.place(0, 0)

    assert Ejection(schedule, 1, frozenset({0})).run([1], 4, 100, Watch()) == [1]
    assert schedule.start == [0, NOWHERE]


def test_a_pool_of_nobody_leaves_the_talk_without_a_place() -> None:
    schedule = a_schedule(a_talk("t1", "ab", any_of=(("c",),)), people=[a_person("c", hours("08:00", "12:00"))])

    assert Ejection(schedule, 1).run([0], 4, 100, Watch()) == [0]


@pytest.mark.parametrize("pinned", [frozenset(), frozenset({0})])
def test_the_best_on_the_way_is_kept(pinned: frozenset[int]) -> None:
    # Three talks of a in two steps: one is always left, and the heaviest must not be it.
    talks = [
        a_talk(f"t{n}", "a" + other, priority=weight)
        for n, (other, weight) in enumerate((("b", 2), ("c", 2), ("d", 9)))
    ]
    ejection = Ejection(a_schedule(*talks), 3, pinned)

    left = ejection.run([0, 1, 2], 2, 50, Watch(), keeps_best=True)

    assert len(left) == 1
    assert left[0] in (0, 1)
    assert [t for t, start in enumerate(ejection.schedule.start) if start == NOWHERE] == left


def test_it_ends_when_the_watch_says_so() -> None:
    talks = [a_talk(f"t{n}", "a" + other) for n, other in enumerate("bcd")]
    ejection = Ejection(a_schedule(*talks), 1)

    left = ejection.run([0, 1, 2], 2, 10_000, Watch(0))

    assert len(left) == 1
    assert ejection.steps == PARAMETERS.ejection.look_every


def test_a_fixed_talk_is_not_thrown_out_for_a_room_either() -> None:
    # Rooms differ. t3 needs R1 and wants it from 8 to 10; its own person leaves t2, but R1 has the pinned t1 as well.
    rooms = [a_room("R1", hours("10:00", "12:00")), a_room("R2", capacity=1)]
    talks = [a_talk("t1", "ab"), a_talk("t2", "cd"), a_talk("t3", "ce", minutes=120)]
    schedule = a_schedule(*talks, rooms=rooms)
    schedule.place(0, 0)
    schedule.place(1, 1)

    assert Ejection(schedule, 1, frozenset({0})).run([2], 4, 100, Watch()) == [2]
    assert schedule.start == [0, 1, NOWHERE]


def test_steps_are_spent_where_there_is_much_to_choose() -> None:
    instance = compiled(a_problem(*(a_talk(f"t{n}") for n in range(100)), days=10))

    assert steps_worth(instance, 8) == PARAMETERS.ejection.few_steps == 2_000
    assert len(steps_of(instance.allowed[0])) == 80
    assert steps_worth(instance, 80) == PARAMETERS.ejection.steps + 200
    assert steps_worth(instance, 80, is_thorough=False) == 2_050


def test_construction_ends_when_it_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    tune(monkeypatch, ejecting, "counting", look_every=2)
    schedule = a_schedule(*(a_talk(f"t{n}", "ab") for n in range(4)))

    assert construct(schedule, [3, 1, 0, 2], 4, lambda: True) == [1, 0, 2]
    assert schedule.start == [NOWHERE, NOWHERE, NOWHERE, 0]
