"""Counting idle gaps."""

import pytest

from scheduler.solver.idle_gap_counts import idle_gaps_by_day, idle_gaps_by_person, is_fair
from scheduler.solver.instance import compiled
from scheduler.solver.items import SlotChoice
from tests.problems import a_problem, a_session, a_talk


@pytest.mark.parametrize(
    ("first", "second", "idle_gaps"),
    [(0, 1, 0), (0, 2, 1), (3, 4, 0), (3, 5, 1), (2, 4, 1), (7, 8, 0), (0, 8, 0)],
)
def test_idle_gap_is_a_gap_of_a_day_that_holds_a_working_step(first: int, second: int, idle_gaps: int) -> None:
    instance = compiled(a_problem(a_talk("t1", "ab"), a_talk("t2", "ac"), days=2))

    assert idle_gaps_by_person(instance, {0: SlotChoice(first), 1: SlotChoice(second)}) == [idle_gaps, 0, 0]


def test_whoever_was_chosen_has_idle_gaps_and_sessions_count_for_none() -> None:
    problem = a_problem(
        a_talk("t1", "a", any_of=(("b", "c"),)), a_talk("t2", "b"), sessions=[a_session(people="ac", minutes=60)]
    )
    instance = compiled(problem)

    assert idle_gaps_by_person(instance, {0: SlotChoice(2, (1,)), 1: SlotChoice(5), 2: SlotChoice(0)}) == [0, 1, 0]


def test_idle_gaps_are_counted_day_by_day_too() -> None:
    instance = compiled(a_problem(*(a_talk(f"t{n}") for n in range(4)), days=2))

    assert idle_gaps_by_day(instance, {0: SlotChoice(0), 1: SlotChoice(2), 2: SlotChoice(8), 3: SlotChoice(9)}) == [
        2,
        0,
    ]


def test_idle_gaps_are_fair_within_the_difference() -> None:
    assert is_fair(compiled(a_problem(max_break_difference=2)), [0, 2])
    assert not is_fair(compiled(a_problem(max_break_difference=1)), [0, 2])
    assert is_fair(compiled(a_problem(max_break_difference=0)), [])
    assert is_fair(compiled(a_problem()), [0, 9])
