"""Bounds that a person can check by hand."""

import pytest

from scheduler.core.plans.problems import PlanProblem
from scheduler.solver import bounds
from scheduler.solver.instance import compiled
from scheduler.solver.watch import Watch
from tests.counted_watch import CountedWatch
from tests.problems import a_person, a_problem, a_room, a_session, a_talk, hours
from tests.tuning import tune

MORNING = ((8 * 60, 12 * 60),)


def bound(problem: PlanProblem) -> tuple[int, str | None, str | None]:
    """The horizon, and the kind and the subject of what speaks against one less."""
    found = bounds.lowest(compiled(problem))
    return found.horizon, found.why and found.why.kind, found.why and found.why.subject


def test_nothing_speaks_against_nothing() -> None:
    assert bound(a_problem()) == (0, None, None)


def test_a_talk_is_over_after_its_first_start() -> None:
    people = [a_person("a", hours("08:00", "10:00"))]

    assert bound(a_problem(a_talk("t1", minutes=120), people=people)) == (4, "never_free_together", "t1")


def test_a_talk_waits_for_somebody_of_each_pool() -> None:
    people = [a_person("c", hours("08:00", "11:00")), a_person("d", hours("08:00", "10:00"))]

    assert bound(a_problem(a_talk("t1", any_of=(("c", "d"),)), people=people)) == (3, "never_free_together", "t1")


def test_rooms_need_so_many_steps() -> None:
    talks = [a_talk(f"t{n}", pair) for n, pair in enumerate(("ab", "cd", "ef"))]

    assert bound(a_problem(*talks)) == (3, "rooms_full", "")
    assert bound(a_problem(*talks, rooms=[a_room("R1"), a_room("R2")])) == (2, "rooms_full", "")


def test_rooms_are_empty_while_a_session_has_everybody() -> None:
    # One room; a, b and c sit together for two steps, and only d is left: the room is empty then.
    talks = [a_talk("t1", "ab"), a_talk("t2", "cd")]

    problem = a_problem(*talks, sessions=[a_session("s1", "abc", windows=("08:00",))])

    assert bound(problem)[0] == 4


def test_whoever_talks_alone_uses_a_room_while_a_session_has_all_others() -> None:
    # d may talk alone at eight and at nine, so for all that is counted the room need not be empty then.
    talks = [a_talk("t1", "ab"), a_talk("t2", "d")]

    problem = a_problem(*talks, sessions=[a_session("s1", "abc", windows=("08:00",))])

    assert bound(problem)[0] == 2


def test_people_need_so_many_steps() -> None:
    talks = [a_talk(f"t{n}", pair) for n, pair in enumerate(("ab", "ac", "ad"))]
    rooms = [a_room(f"R{n}") for n in range(3)]

    assert bound(a_problem(*talks, rooms=rooms)) == (3, "person_overfull", "a")


def test_a_day_maximum_makes_it_last_for_days() -> None:
    talks = [a_talk(f"t{n}", pair) for n, pair in enumerate(("ab", "ac", "ad"))]
    problem = a_problem(*talks, rooms=[a_room(f"R{n}") for n in range(3)], people=[a_person("a", most=1)], days=4)

    assert bound(problem) == (17, "day_maximum", "a")


def test_talks_that_do_not_pack_take_longer_than_their_steps() -> None:
    # t1 is in the midst of the morning, so t2 is in the afternoon, though a has four steps for both before.
    talks = [a_talk("t1", "ab", minutes=120, earliest="09:00", latest="11:00"), a_talk("t2", "ac", minutes=120)]

    assert bound(a_problem(*talks, rooms=[a_room("R1"), a_room("R2")])) == (6, "person_does_not_fit", "a")


def test_what_cannot_be_at_all_needs_one_step_more_than_there_are() -> None:
    assert bound(a_problem(a_talk("t1", minutes=300), blocks=MORNING)) == (5, "longer_than_blocks", "t1")
    assert bound(a_problem(a_talk("t1"), a_talk("t2"), blocks=((480, 540),))) == (2, "rooms_full", "")


@pytest.mark.parametrize(
    ("problem", "kinds"),
    [
        (a_problem(a_talk(), rooms=[a_room("R1", capacity=1)]), ["no_room_large_enough"]),
        (a_problem(a_talk(), rooms=()), ["no_room_large_enough"]),
        (
            a_problem(a_talk(), rooms=[a_room("R1", hours("08:00", "18:00"))]),
            ["no_room_free", "rooms_full"],
        ),
        (
            a_problem(a_talk(needs_room=False), people=[a_person("a", hours("08:00", "18:00"))]),
            ["never_free_together"],
        ),
        (a_problem(a_talk("t1"), a_talk("t2", "ac"), blocks=((480, 540),)), ["rooms_full", "person_overfull"]),
        (a_problem(a_talk()), []),
    ],
)
def test_everything_that_speaks_against_is_told(problem: PlanProblem, kinds: list[str]) -> None:
    instance = compiled(problem)

    found = list(bounds.against(instance, instance.grid.count))

    assert list(dict.fromkeys(one.kind for one in found)) == kinds


def test_numbers_of_a_person_are_those_one_can_count() -> None:
    # b may only talk from 9 to 11, so nothing before or after counts; a is busy at ten.
    talks = [a_talk("t1", "ab", earliest="09:00", latest="11:00"), a_talk("t2", "ab", earliest="09:00", latest="11:00")]
    problem = a_problem(*talks, people=[a_person("a", hours("10:00", "11:00"))])

    details = bounds.person_details(compiled(problem), 0, 8)

    assert details == {
        "name": "a",
        "talks": 2,
        "needed": 2,
        "free": 1,
        "minutes": 60,
        "since": "2026-03-02T09:00",
        "until": "2026-03-02T10:00",
    }


def told(problem: PlanProblem) -> list[tuple[str, dict[str, object]]]:
    """What speaks against a problem, with its numbers."""
    instance = compiled(problem)
    return [(one.kind, dict(one.details)) for one in bounds.against(instance, instance.grid.count)]


def test_larger_talks_are_counted_against_the_rooms_that_hold_them() -> None:
    # Eight steps in each room, but only R2 holds three: nine talks of three do not go into it.
    talks = [a_talk(f"t{n}", "abc") for n in range(9)]
    rooms = [a_room("R1", capacity=2), a_room("R2", capacity=3)]

    kinds = [
        (kind, said.get("rooms"), said["needed"], said["free"]) for kind, said in told(a_problem(*talks, rooms=rooms))
    ]

    assert kinds[0] == ("rooms_full", ("R2",), 9, 8)


def test_gaps_that_are_too_short_for_any_talk_do_not_count() -> None:
    # Three free hours in the morning, of which one stands alone, against a talk of two hours and another.
    talks = [a_talk("t1", "ab", 120), a_talk("t2", "cd", 120)]
    taken = a_room("R1", hours("09:00", "10:00"))

    ((kind, said), *_) = told(a_problem(*talks, rooms=[taken], blocks=((480, 780),)))

    assert (kind, said["needed"], said["free"], said["usable"], said["shortest"]) == ("rooms_chopped", 4, 4, 3, 120)


def test_talks_that_have_to_be_within_an_hour_are_counted_there() -> None:
    # a is free for eight steps and has three talks; but two of them have to be over by nine.
    talks = [a_talk("t1", "ab", latest="09:00"), a_talk("t2", "ac", latest="09:00"), a_talk("t3", "ad")]

    (reason,) = told(a_problem(*talks, rooms=[a_room("R1"), a_room("R2")]))

    assert reason[0] == "person_overfull"
    assert [reason[1][key] for key in ("talks", "needed", "free", "until")] == [2, 2, 1, "2026-03-02T09:00"]


def test_a_day_maximum_is_named_where_it_alone_is_in_the_way() -> None:
    # t1 and t2 fit into the first day, but for the maximum of one; t3 may be on any day, so days are enough for three.
    talks = [a_talk("t1", "ab", latest="12:00"), a_talk("t2", "ac", latest="12:00"), a_talk("t3", "ad")]

    (reason,) = told(a_problem(*talks, people=[a_person("a", most=1)], rooms=[a_room("R1"), a_room("R2")], days=3))

    assert (reason[0], reason[1]["limit"]) == ("day_maximum_in_the_way", 1)


def test_a_bound_before_the_first_step_is_told_by_when_it_begins() -> None:
    found = bounds.lowest(compiled(a_problem(a_talk("t1"))))

    assert found.why
    assert (found.horizon, found.why.details["until"]) == (1, "2026-03-02T08:00")


def test_when_the_time_is_over_people_are_not_counted() -> None:
    talks = [a_talk(f"t{n}", pair) for n, pair in enumerate(("ab", "ac", "ad"))]
    instance = compiled(a_problem(*talks, rooms=[a_room(f"R{n}") for n in range(3)]))

    assert [bounds.lowest(instance, watch).horizon for watch in (Watch(), Watch(0))] == [3, 1]


def test_of_very_many_talks_nothing_more_is_counted_when_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    tune(monkeypatch, bounds, "placing", max_hurried=3)
    tune(monkeypatch, bounds, "counting", look_every=1)
    talks = [a_talk(f"t{n}", pair) for n, pair in enumerate(("ab", "ac", "ad", "ae"))]
    instance = compiled(a_problem(*talks, rooms=[a_room(f"R{n}") for n in range(4)]))

    horizons = [bounds.lowest(instance, CountedWatch(looks)).horizon for looks in range(12)]

    assert (horizons, bounds.lowest(instance).horizon) == (sorted(horizons), 4)
    assert (horizons[0], horizons[-1]) == (1, 4)
    assert {1, 2} <= set(horizons)


def test_when_the_time_is_over_nothing_more_is_said_against_a_horizon() -> None:
    talks = [a_talk(f"t{n}", pair) for n, pair in enumerate(("ab", "ac", "ad", "ae"))]
    instance = compiled(a_problem(*talks, rooms=[a_room()]))

    def kinds(watch: Watch) -> list[str]:
        return [reason.kind for reason in bounds.against(instance, 2, watch)]

    assert (kinds(Watch()), kinds(Watch(0)), kinds(CountedWatch(1))) == (
        ["rooms_full", "person_overfull"],
        [],
        ["rooms_full", "person_overfull"],
    )
