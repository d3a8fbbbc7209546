"""What would give a talk a place."""

from dataclasses import replace

import pytest

from scheduler.core.plans.placements import Plan, Repair
from scheduler.core.plans.problems import PlanProblem, ProblemPerson
from scheduler.solver import remedies
from scheduler.solver.instance import compiled
from scheduler.solver.remedies import Remedies
from scheduler.solver.solve import solve
from scheduler.solver.watch import Watch
from tests.problems import MONDAY, a_person, a_problem, a_room, a_session, a_talk, at, hours
from tests.tuning import tune

ONE_STEP = ((8 * 60, 9 * 60),)


def unexplained(problem: PlanProblem) -> Plan:
    return solve(problem, explains=False)


def the_remedies(problem: PlanProblem, watch: Watch | None = None) -> Remedies:
    return Remedies(compiled(problem), unexplained(problem), 1, watch or Watch())


def repairs(problem: PlanProblem) -> list[tuple[str, dict[str, object]]]:
    """The kinds and details of what would help the first talk without a place."""
    found = the_remedies(problem).found_for(
        next(t for t, talk in enumerate(problem.talks) if talk.id == unexplained(problem).unplaced[0].talk)
    )
    assert all(one.is_verified for one in found)
    return [(one.kind, dict(one.details)) for one in found]


def test_somebody_makes_time_on_one_of_two_days_or_it_gets_later() -> None:
    # a is free in the mornings of five days, b in the afternoons.
    people = [
        a_person("a", *(hours("14:00", "18:00", day) for day in range(5))),
        a_person("b", *(hours("08:00", "12:00", day) for day in range(5))),
    ]

    assert repairs(a_problem(a_talk(minutes=120), people=people, days=5)) == [
        ("more_time", {"name": "a", "day": MONDAY, "start": at("14:00"), "minutes": 120}),
        ("more_time", {"name": "a", "day": MONDAY.replace(day=3), "start": at("14:00", 1), "minutes": 120}),
        ("later_day", {"day": MONDAY.replace(day=9)}),
    ]


def test_nobody_is_asked_for_time_that_others_or_rooms_do_not_have() -> None:
    # a could make time from nine on, but b has a talk at nine, and the only room is taken at ten; so at eleven.
    talks = [
        a_talk("t1", "ab", latest="12:00"),
        a_talk("t2", "bc", fixed="09:00"),
        a_talk("t3", "de", fixed="10:00"),
        a_talk("t4", "ac", fixed="08:00"),
    ]
    problem = a_problem(*talks, people=[a_person("a", hours("09:00", "18:00"))])

    assert repairs(problem)[0] == (
        "more_time",
        {"name": "a", "day": MONDAY, "start": at("11:00"), "minutes": 60},
    )


def test_a_day_maximum_is_lifted() -> None:
    talks = [a_talk("t1", "ab"), a_talk("t2", "ac")]

    assert repairs(a_problem(*talks, people=[a_person("a", most=1)])) == [
        ("lift_day_maximum", {"name": "a", "limit": 2}),
        ("later_day", {"day": MONDAY.replace(day=3)}),
    ]


def test_a_room_more_has_a_name_of_its_own() -> None:
    talks = [a_talk("t1", "ab"), a_talk("t2", "cd")]
    problem = a_problem(*talks, rooms=[a_room("+1")], blocks=ONE_STEP)

    assert repairs(problem) == [("more_rooms", {"count": 1}), ("later_day", {"day": MONDAY.replace(day=3)})]


def test_a_room_does_not_help_whoever_needs_none() -> None:
    talks = [a_talk("t1", "ab", needs_room=False), a_talk("t2", "ac", needs_room=False)]

    assert [kind for kind, _ in repairs(a_problem(*talks, blocks=ONE_STEP))] == ["later_day"]


def test_a_window_ends_on_the_next_day_that_is_there() -> None:
    # Of three days the window has the first.
    problem = a_problem(a_talk(minutes=240, latest="10:00"), days=3)

    assert repairs(problem) == [("later_day", {"day": MONDAY.replace(day=3)}), ("shorten", {"minutes": 120})]


def test_sessions_and_fair_idle_gaps_hold_in_what_is_offered() -> None:
    # A session takes a all morning, and b is busy in the afternoon; a room more does not help.
    session = a_session("s1", "ac", minutes=240)
    problem = a_problem(a_talk(), people=[a_person("b", hours("14:00", "18:00"))], sessions=[session])

    assert repairs(problem) == [
        ("more_time", {"name": "b", "day": MONDAY, "start": at("14:00"), "minutes": 60}),
        ("later_day", {"day": MONDAY.replace(day=3)}),
    ]


TIGHT = a_problem(*(a_talk(f"t{n}", pair) for n, pair in enumerate(("ab", "cd", "ef"))), blocks=ONE_STEP)
"""Three talks for one room in one step: two have no place."""


def found_for_all(watch: Watch | None = None) -> list[tuple[Repair, ...]]:
    looking = the_remedies(TIGHT, watch)
    return [looking.found_for(t) for t in (1, 2)]


def test_enough_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    tune(monkeypatch, remedies, "remedies", work=1)

    assert [len(found) for found in found_for_all()] == [1, 0]


def test_when_the_time_is_over_nothing_is_looked_for() -> None:
    assert found_for_all(Watch(0)) == [(), ()]


def test_what_ejection_does_not_find_is_asked_of_an_exact_model_that_is_not_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tune(monkeypatch, remedies, "remedies", steps=0)
    assert [kind for kind, _ in repairs(TIGHT)] == ["more_rooms", "later_day"]

    tune(monkeypatch, remedies, "remedies", steps=0, max_starts=0)
    assert repairs(TIGHT) == []


def of_a_pool(*members: ProblemPerson, **more: object) -> PlanProblem:
    """a talks with one of b, c, d and e in the only hour there is."""
    talk = a_talk("t1", "a", any_of=(("b", "c", "d", "e"),), **more)
    return a_problem(talk, people=members, blocks=ONE_STEP)


def test_somebody_of_a_pool_makes_time_where_all_of_it_are_busy() -> None:
    busy = [a_person(name, hours("08:00", "09:00")) for name in "bcde"]

    assert repairs(of_a_pool(*busy)) == [
        *(("more_time", {"name": name, "day": MONDAY, "start": at("08:00"), "minutes": 60}) for name in "bc"),
        ("later_day", {"day": MONDAY.replace(day=3)}),
    ]


def test_those_of_a_pool_with_the_fewest_talks_are_asked_first() -> None:
    # b has a talk elsewhere already at ten; all are busy at eight, when a alone can.
    members = [a_person(name, hours("08:00", "09:00")) for name in "bc"]
    talks = [a_talk("t1", "a", any_of=(("b", "c"),), latest="09:00"), a_talk("t2", "bx", fixed="10:00")]

    assert [found["name"] for kind, found in repairs(a_problem(*talks, people=members)) if kind == "more_time"] == [
        "c",
        "b",
    ]


def test_the_day_maximum_of_somebody_of_a_pool_is_lifted() -> None:
    talks = [a_talk("t1", "a", any_of=(("b",),)), a_talk("t2", "bc", fixed="10:00")]

    assert repairs(a_problem(*talks, people=[a_person("b", most=1)])) == [
        ("lift_day_maximum", {"name": "b", "limit": 2}),
        ("later_day", {"day": MONDAY.replace(day=3)}),
    ]


def test_a_later_day_is_one_of_those_that_are_known_and_free() -> None:
    # The next working days are Wednesday and Friday; a is away on Wednesday, and that is known.
    wednesday, friday = MONDAY.replace(day=4), MONDAY.replace(day=6)
    away = a_person("a", hours("08:00", "18:00"), hours("08:00", "18:00", 2))
    problem = replace(a_problem(a_talk(), people=[away]), later_days=(wednesday, friday))

    assert ("later_day", {"day": friday}) in repairs(problem)


def test_without_any_free_day_nearby_none_is_proposed() -> None:
    away = a_person("a", *(hours("08:00", "18:00", day) for day in range(5)))

    assert [kind for kind, _ in repairs(a_problem(a_talk(), people=[away]))] == ["more_time"]
