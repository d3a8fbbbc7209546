"""The rules about idle gaps: for each a question that has an answer, and one that has none."""

from itertools import product

import pytest
from ortools.sat.python import cp_model

from scheduler.core.plans.problems import PlanProblem
from scheduler.solver.idle_gap_counts import idle_gaps_by_person
from scheduler.solver.idle_gap_model import IdleGapModel, Limits, at_least, max_idle_gaps
from scheduler.solver.instance import compiled
from scheduler.solver.items import SlotChoice, SlotItem
from scheduler.solver.search import run
from scheduler.solver.watch import Watch
from tests.problems import a_person, a_problem, a_room, a_session, a_talk, hours

TWO_ROOMS = (a_room("R1"), a_room("R2"))


def answer(
    problem: PlanProblem, idle_gaps: int, cost: int | None = None, **costs: dict[int, int]
) -> dict[int, SlotChoice] | None:
    """Where everything goes with so many idle gaps at most; `t1={0: 1}` says what a talk's starts cost."""
    instance = compiled(problem)
    items = [SlotItem(t, instance.allowed[t], costs.get(instance.id_of(t), {})) for t in range(instance.count)]
    model = IdleGapModel(instance, items, Limits(idle_gaps, cost))
    solution = run(model.model, seed=1, watch=Watch()).solution
    if solution is None:
        return None
    choices = model.slots.choices(solution)
    assert sum(idle_gaps_by_person(instance, choices)) <= idle_gaps
    return choices


def starts(choices: dict[int, SlotChoice] | None) -> list[int] | None:
    """When each talk is."""
    return None if choices is None else [choices[t].start for t in sorted(choices)]


def test_idle_gap_that_cannot_be_helped_must_be_allowed() -> None:
    problem = a_problem(a_talk("t1", fixed="08:00"), a_talk("t2", fixed="10:00"))

    assert answer(problem, 1) is None
    assert starts(answer(problem, 2)) == [0, 2]


def test_lunch_and_the_night_are_no_idle_gaps() -> None:
    assert starts(answer(a_problem(a_talk("t1", fixed="11:00"), a_talk("t2", fixed="14:00")), 0)) == [3, 4]
    busy = a_person("a", hours("09:00", "18:00"), hours("08:00", "17:00", 1))
    assert starts(answer(a_problem(a_talk("t1"), a_talk("t2"), people=[busy], days=2), 0)) in ([0, 15], [15, 0])


def test_long_talks_fill_the_gap() -> None:
    talks = [a_talk("t1", fixed="08:00"), a_talk("t2", fixed="11:00")]

    assert starts(answer(a_problem(*talks, a_talk("t3", minutes=120)), 0)) == [0, 3, 1]
    assert answer(a_problem(*talks, a_talk("t3", minutes=60)), 1) is None


def test_session_in_between_is_no_talk() -> None:
    talks = [a_talk("t1", "ab", fixed="08:00"), a_talk("t2", "ac", fixed="10:00")]
    session = a_session(people="a", minutes=60, windows=("09:00",))

    assert answer(a_problem(*talks, sessions=[session]), 0) is None
    assert starts(answer(a_problem(*talks, sessions=[session]), 1)) == [0, 2, 1]


def test_somebody_is_chosen_who_has_no_idle_gap_then() -> None:
    talks = [a_talk("t1", "a", any_of=(("b", "c"),), fixed="08:00"), a_talk("t2", "b", fixed="10:00")]

    assert answer(a_problem(*talks), 0) == {0: SlotChoice(0, (2,)), 1: SlotChoice(2)}
    both = [*talks, a_talk("t3", "c", fixed="11:00")]
    assert answer(a_problem(*both), 0) is None


def test_talks_that_need_no_room_need_no_seats() -> None:
    talks = [a_talk("t1", "ab", fixed="08:00"), a_talk("t2", "cd", fixed="08:00", needs_room=False)]

    assert starts(answer(a_problem(*talks), 0)) == [0, 0]


def test_idle_gaps_of_two_people_lie_no_farther_apart_than_the_difference() -> None:
    """a talks at 8, 10 and 14, the others once or twice: a has two idle gaps, b has none."""
    talks = [a_talk("t1", "ab", fixed="08:00"), a_talk("t2", "ac", fixed="10:00"), a_talk("t3", "ad", fixed="14:00")]

    assert answer(a_problem(*talks, max_break_difference=1), 9) is None
    assert starts(answer(a_problem(*talks, max_break_difference=2), 9)) == [0, 2, 4]


def test_idle_gaps_of_all_may_rise_together() -> None:
    """a and b both have the one idle gap that c's talk leaves them, and nobody else is there to have none."""
    talks = [a_talk("t1", "ab", fixed="08:00"), a_talk("t2", "ab", fixed="10:00")]

    assert starts(answer(a_problem(*talks, max_break_difference=0), 2)) == [0, 2]
    assert answer(a_problem(*talks, a_talk("t3", "c"), max_break_difference=0, rooms=TWO_ROOMS), 2) is None


def test_starts_cost_no_more_than_they_may() -> None:
    talks = [a_talk("t1", fixed="08:00"), a_talk("t2")]
    moved = dict.fromkeys((1, 2, 3, 4, 6, 7), 1) | {99: 1}

    assert starts(answer(a_problem(*talks), 2, cost=0, t2=moved)) == [0, 5]
    assert answer(a_problem(*talks), 0, cost=0, t2=moved) is None
    assert starts(answer(a_problem(*talks), 0, cost=1, t2=moved)) == [0, 1]


def test_most_idle_gaps_are_one_fewer_than_talks() -> None:
    problem = a_problem(
        a_talk("t1", "ab"), a_talk("t2", "a", any_of=(("b", "c"),)), a_talk("t3", "a"), sessions=[a_session(people="d")]
    )
    instance = compiled(problem)

    assert max_idle_gaps(instance, [SlotItem(t, instance.allowed[t]) for t in range(instance.count)]) == [2, 1, 0, 0]


@pytest.mark.parametrize(("size", "most"), [(0, 3), (1, 3), (3, 3), (5, 3), (4, 9)])
def test_totalizer_counts_up_to_the_most(size: int, most: int) -> None:
    for held in product((0, 1), repeat=size):
        model = cp_model.CpModel()
        literals = [model.new_bool_var("") for _ in held]
        counted = at_least(model, literals, most)
        for literal, value in zip(literals, held, strict=True):
            model.add(literal == value)
        solution = run(model, seed=1, watch=Watch()).solution

        assert solution is not None
        assert [solution.value(one) for one in counted] == [int(sum(held) > place) for place in range(min(size, most))]
