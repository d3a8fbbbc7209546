"""Why talks found no place."""

import pytest

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.placements import TOGETHER, Plan
from scheduler.core.plans.problems import PlanProblem, ProblemTalk
from scheduler.solver import explanations
from scheduler.solver.explanations import explained
from scheduler.solver.instance import compiled
from scheduler.solver.solve import solve
from scheduler.solver.watch import Watch
from tests.problems import a_person, a_problem, a_room, a_talk, hours
from tests.tuning import tune

ONE_STEP = ((8 * 60, 9 * 60),)
ROOMS = [a_room(f"R{n}") for n in range(4)]


def told(problem: PlanProblem, watch: Watch | None = None) -> Plan:
    return explained(compiled(problem), solve(problem, explains=False), 1, watch or Watch())


def reasons(problem: PlanProblem) -> list[tuple[str, str]]:
    """The kinds of reasons, and whom each is about, of the first talk without a place."""
    return [(one.kind, one.subject) for one in told(problem).unplaced[0].reasons]


def of_a(*others: str, **more: object) -> list[ProblemTalk]:
    return [a_talk(f"t{n}", "a" + other, **more) for n, other in enumerate(others)]


def test_a_talk_that_could_never_be_is_told_so_alone() -> None:
    problem = a_problem(a_talk("long", minutes=600), *of_a("c", "d"), rooms=ROOMS, blocks=ONE_STEP)

    assert reasons(problem) == [("longer_than_blocks", "long")]


def test_each_of_its_people_and_the_rooms_may_be_the_reason() -> None:
    # a and b talk twice in one step, and there are three talks for the one room.
    talks = [a_talk("t1", "ab"), a_talk("t2", "ab"), a_talk("t3", "cd")]

    assert reasons(a_problem(*talks, blocks=ONE_STEP)) == [
        ("person_overfull", "a"),
        ("person_overfull", "b"),
        ("rooms_full", ""),
    ]


def test_rooms_are_no_reason_for_whoever_needs_none() -> None:
    talks = [*of_a("b", "c", needs_room=False), a_talk("t3", "de"), a_talk("t4", "fg")]
    found = told(a_problem(*talks, blocks=ONE_STEP))

    assert [[reason.kind for reason in one.reasons] for one in found.unplaced] == [["person_overfull"], ["rooms_full"]]


def test_starts_that_others_have_are_counted_by_what_takes_them() -> None:
    # a, b and c talk with each other in two steps: whoever has no place finds one person taken in each.
    talks = [a_talk("t1", "ab"), a_talk("t2", "bc"), a_talk("t3", "ac")]
    problem = a_problem(*talks, rooms=ROOMS, blocks=((480, 600),))

    (left,) = told(problem).unplaced

    (reason,) = left.reasons
    assert (reason.kind, reason.details["starts"], reason.details["by_people"]) == ("starts_taken", 2, 2)
    assert reason.details["talk"] == left.talk


def test_how_a_plan_stands_does_not_bind_it() -> None:
    talks = [a_talk("t1", "ab"), a_talk("t2", "bc"), a_talk("t3", "ac")]
    problem = a_problem(*talks, rooms=ROOMS, blocks=((480, 600),))

    assert [plan.binding and plan.binding.kind for plan in (solve(problem, explains=False), told(problem))] == [
        "all_ways_tried",
        "all_ways_tried",
    ]


def test_what_is_known_to_bind_stays() -> None:
    found = told(a_problem(*of_a("b", "c"), blocks=ONE_STEP))

    assert isinstance(found.binding, Finding)
    assert found.binding.kind == "rooms_full"


def test_only_the_first_talks_get_repairs(monkeypatch: pytest.MonkeyPatch) -> None:
    tune(monkeypatch, explanations, "remedies", max_explained=1)

    found = told(a_problem(*of_a("b", "c", "d"), rooms=ROOMS, blocks=ONE_STEP))

    assert [len(one.repairs) > 1 for one in found.unplaced] == [True, False]
    assert all(one.repairs[-1].kind == TOGETHER for one in found.unplaced)
    assert all(one.reasons for one in found.unplaced)


def test_without_time_people_are_not_packed_but_every_talk_has_a_reason() -> None:
    problem = a_problem(*of_a("b", "c"), people=[a_person("a", hours("09:00", "18:00"))], rooms=ROOMS)

    (left,) = told(problem, Watch(0)).unplaced

    assert ([one.kind for one in left.reasons], left.repairs) == (["starts_taken"], ())


def test_of_very_many_talks_only_some_get_reasons_when_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = a_problem(*of_a("b", "c", "d"), rooms=ROOMS, blocks=ONE_STEP)
    tune(monkeypatch, explanations, "remedies", max_hurried_reasons=1)

    assert [bool(talk.reasons) for talk in told(problem, Watch(0)).unplaced] == [True, False]
    assert [bool(talk.reasons) for talk in told(problem).unplaced] == [True, True]
    tune(monkeypatch, explanations, "placing", max_hurried=2)
    assert [bool(talk.reasons) for talk in told(problem, Watch(0)).unplaced] == [False, False]
